import type { JudgmentRequest } from "../contract/judging.ts";
import type { Protocol } from "../contract/studies.ts";
import { AnswerNotOffered } from "./errors.ts";

/** That people may choose this in a study of this protocol. @throws AnswerNotOffered */
export function requireOffered({ wording }: Protocol, { choice }: Pick<JudgmentRequest, "choice">): void {
  const offersBothBad = Object.values(wording).some(({ both_bad }) => both_bad !== undefined);
  if (choice === "both_bad" && !offersBothBad) throw new AnswerNotOffered();
}
