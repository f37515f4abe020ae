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
