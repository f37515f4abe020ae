import { TiebreakError } from "../contract/errors.ts";

/** What was asked for cannot be exported so; the message says what can. */
export class ExportWrong extends TiebreakError {
  constructor(message: string) {
    super("ExportWrong", 400, message);
  }
}
