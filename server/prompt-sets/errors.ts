import { TiebreakError } from "../contract/errors.ts";

/** A recipe for a prompt set that cannot be used, or a build that would not give what it promises. */
export class BuildRefused extends TiebreakError {
  constructor(message: string) {
    super("PromptSetRefused", 400, message);
  }
}
