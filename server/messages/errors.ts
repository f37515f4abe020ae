import { TiebreakError } from "../contract/errors.ts";

/** The protocol has nothing of the kind. */
export class NotAsked extends TiebreakError {
  constructor() {
    super("NotAsked", 400, "This study does not ask for that. Load the page again.");
  }
}

export class TooManyMessages extends TiebreakError {
  constructor() {
    super(
      "TooManyMessages",
      429,
      "You have written as many messages as are possible for now. Try again later.",
    );
  }
}

export class AnnotatorNotFound extends TiebreakError {
  constructor(name: string, study: string) {
    super(
      "AnnotatorNotFound",
      404,
      `The study ${study} has no annotator “${name}” with a link of their own.`,
    );
  }
}
