import { TiebreakError } from "../contract/errors.ts";

export class ReviewWrong extends TiebreakError {
  constructor(message: string) {
    super("ReviewWrong", 400, message);
  }
}

export class ReviewNotFound extends TiebreakError {
  constructor(annotator: string) {
    super("ReviewNotFound", 404, `The study has no annotator called ${annotator}.`);
  }
}

/** Somebody answers whose work nobody looks at. */
export class NothingToAnswer extends TiebreakError {
  constructor() {
    super("NothingToAnswer", 409, "Nobody is looking at your work at the moment.");
  }
}

/** The pair was not visible for the least time; it can still be judged. */
export class JudgedTooSoon extends TiebreakError {
  constructor() {
    super("JudgedTooSoon", 409, "The pair was on the screen for too short a time. It is shown again.");
  }
}
