import { TiebreakError } from "../contract/errors.ts";

/** A judge cannot work here, and why; the message says what to do. */
export class JudgeNotReady extends TiebreakError {
  constructor(message: string) {
    super("JudgeNotReady", 409, message);
  }
}

/** What was asked of a judge cannot be. */
export class JudgeWrong extends TiebreakError {
  constructor(message: string) {
    super("JudgeWrong", 400, message);
  }
}
