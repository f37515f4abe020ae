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
