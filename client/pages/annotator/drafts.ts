import type { Remarks } from "../../../server/contract/remarks.ts";
import { type Draft, earlierShown, type HeldWork } from "../../outbox/held-work.ts";

/** What is remarked on a pair: a draft, or what was sent with the answer before. */
export function draftOf(held: HeldWork, assignment: string): Draft {
  const { comment, flags } = earlierShown(held) ?? {};
  return held.drafts[assignment] ?? { comment, flags };
}

/** What is sent with an answer: what is not blank. */
export const remarksOf = ({ comment = "", flags = [] }: Draft): Remarks => ({
  ...(comment.trim() !== "" && { comment: comment.trim() }),
  ...(flags.length > 0 && { flags }),
});
