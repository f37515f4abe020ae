import { TiebreakError } from "../contract/errors.ts";

export class AssignmentNotFound extends TiebreakError {
  constructor() {
    super("AssignmentNotFound", 404, "This pair is not assigned to you. Go on to the next one.");
  }
}

/** An answer that no page of ours can give. */
export class AnswerNotOffered extends TiebreakError {
  constructor() {
    super("AnswerNotOffered", 400, "This study does not offer that answer. Load the page again.");
  }
}

export class CommentMissing extends TiebreakError {
  constructor() {
    super("CommentMissing", 400, "This study asks for a comment with that answer.");
  }
}

/** What was judged can no longer be changed, or looked at to be changed; `why` says what is over. */
export class JudgmentFinal extends TiebreakError {
  constructor(why: string) {
    super("JudgmentFinal", 409, `${why} Earlier answers stay as they are.`);
  }
}

export class JudgmentConflict extends TiebreakError {
  constructor() {
    super(
      "JudgmentConflict",
      409,
      "The same request was sent before with another answer. The first answer counts.",
    );
  }
}
