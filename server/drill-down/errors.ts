import { TiebreakError } from "../contract/errors.ts";

export class SystemNotFound extends TiebreakError {
  constructor(name: string, existing: readonly string[]) {
    super("SystemNotFound", 404, `There is no system “${name}”. Existing systems: ${existing.join(", ")}.`);
  }
}

/** A kept report holds figures, and no texts or judgments. */
export class SnapshotHoldsNoJudgments extends TiebreakError {
  constructor() {
    const what = "These results are a snapshot, which does not include the judgments behind them.";
    super("SnapshotHoldsNoJudgments", 409, `${what} Ask for a link to the live results.`);
  }
}

/** What people flagged, skipped and noted is for those who are signed in. */
export class MarkForMembers extends TiebreakError {
  constructor() {
    super("MarkForMembers", 403, "Flags, skips and notes are for members of the study who are signed in.");
  }
}

export class ComparisonNotFound extends TiebreakError {
  constructor(id: number) {
    super("ComparisonNotFound", 404, `The study has no comparison ${id}.`);
  }
}

/** The names fit no comparison, or several. */
export class ComparisonUnclear extends TiebreakError {
  constructor(prompt: string, isSeveral: boolean) {
    super(
      "ComparisonUnclear",
      isSeveral ? 409 : 404,
      isSeveral
        ? `The prompt “${prompt}” has several comparisons: name both systems, and the turn.`
        : `The prompt “${prompt}” has no such comparison.`,
    );
  }
}

export class NoteNotFound extends TiebreakError {
  constructor(id: number) {
    super("NoteNotFound", 404, `The study has no note ${id}.`);
  }
}

export class NoteOfAnother extends TiebreakError {
  constructor() {
    super("NoteOfAnother", 403, "Only its author, or an owner of the study, changes or deletes a note.");
  }
}

export class SystemNotCompared extends TiebreakError {
  constructor(name: string) {
    super("SystemNotCompared", 400, `“${name}” is not one of the two systems of this comparison.`);
  }
}

export class NotAdjudicated extends TiebreakError {
  constructor() {
    super("NotAdjudicated", 404, "This comparison has no adjudicated answer.");
  }
}
