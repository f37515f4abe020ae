import { signal } from "@preact/signals";
import type { Remarks } from "../../../server/contract/remarks.ts";
import type { Choice } from "../../../server/contract/words.ts";

/** What somebody has remarked on a pair that they have not answered yet. */
export interface Draft extends Remarks {
  /** A choice that still needs a comment. */
  readonly wanted?: Choice | undefined;
}

const drafts = signal<Readonly<Record<string, Draft>>>({});

/** What is remarked on a pair: a draft, or what was sent with the answer before. */
export const draftOf = (assignment: string, before: Remarks | null): Draft =>
  drafts.value[assignment] ?? { comment: before?.comment, flags: before?.flags };

export const keepDraft = (assignment: string, draft: Draft): void =>
  void (drafts.value = { ...drafts.value, [assignment]: draft });

/** No choice waits for a comment any more. */
export function forgetWanted(assignment: string): void {
  const draft = drafts.peek()[assignment];
  if (draft?.wanted) keepDraft(assignment, { ...draft, wanted: undefined });
}

/** What is sent with an answer: what is not blank. */
export const remarksOf = ({ comment = "", flags = [] }: Draft): Remarks => ({
  ...(comment.trim() !== "" && { comment: comment.trim() }),
  ...(flags.length > 0 && { flags }),
});
