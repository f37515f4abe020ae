import { TiebreakError } from "../contract/errors.ts";

export class AssignmentNotFound extends TiebreakError {
  constructor() {
    super("AssignmentNotFound", 404, "This pair is not yours to judge. Go on with the next one.");
  }
}

export class AnswerStands extends TiebreakError {
  constructor() {
    super("AnswerStands", 409, "The study is closed. What you answered before stands as it is.");
  }
}

export class JudgmentConflict extends TiebreakError {
  constructor() {
    super(
      "JudgmentConflict",
      409,
      "The same request was sent before with another answer. The first one stands.",
    );
  }
}
