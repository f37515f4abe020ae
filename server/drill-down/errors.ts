import { TiebreakError } from "../contract/errors.ts";

export class SystemNotFound extends TiebreakError {
  constructor(name: string, existing: readonly string[]) {
    super("SystemNotFound", 404, `No system is called “${name}”. There is ${existing.join(", ")}.`);
  }
}

/** A kept report holds figures, and no texts or judgments. */
export class SnapshotHoldsNoJudgments extends TiebreakError {
  constructor() {
    const what =
      "These results were kept as they were on one day; the judgments behind them are not part of them.";
    super("SnapshotHoldsNoJudgments", 409, `${what} Ask for a link to the live results.`);
  }
}
