import type { Remarks } from "../contract/remarks.ts";
import type { Protocol } from "../contract/studies.ts";
import type { Choice } from "../contract/words.ts";
import { needsComment } from "../studies/sheet.ts";
import { AnswerNotOffered, CommentMissing } from "./errors.ts";

/**
 * That people may answer so in a study of this protocol: by a choice, or, without one, that they cannot judge the pair.
 * @throws AnswerNotOffered, CommentMissing
 */
export function requireOffered(
  protocol: Protocol,
  { choice, comment, flags = [] }: Remarks & { readonly choice?: Choice },
): void {
  const offersBothBad = Object.values(protocol.wording).some(({ both_bad }) => both_bad !== undefined);
  if (choice === "both_bad" && !offersBothBad) throw new AnswerNotOffered();
  if (comment !== undefined && protocol.comment === undefined) throw new AnswerNotOffered();
  if (flags.some(({ flag }) => !protocol.flags?.includes(flag))) throw new AnswerNotOffered();
  const needs =
    protocol.comment !== undefined && choice !== undefined && needsComment(protocol).includes(choice);
  if (needs && comment === undefined) throw new CommentMissing();
}
