import { TiebreakError } from "../../contract/errors.ts";

/** A system or prompt cannot get this name, or two cannot become one; the message says why. */
export class RenameRefused extends TiebreakError {
  constructor(message: string) {
    super("RenameRefused", 409, message);
  }
}
