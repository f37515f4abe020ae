import { TiebreakError } from "../contract/errors.ts";

/** What was asked for cannot be exported so; the message says what can. */
export class ExportWrong extends TiebreakError {
  constructor(message: string) {
    super("ExportWrong", 400, message);
  }
}

/** Nobody waits for the reply any more, so nobody reads this. */
export class AskerGone extends TiebreakError {
  constructor() {
    super("AskerGone", 499, "Whoever asked for the file is gone.");
  }
}
