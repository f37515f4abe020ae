import type { Choice } from "../../../contract/words.ts";
import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, RowNote } from "../records.ts";
import { idIn, nameIn, optionalText, shown } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { higherWins, judgmentOf, SYSTEM_FIELDS, systemsIn } from "./verdict.ts";

const FIELDS = judgmentFields(
  [
    ...["review_id", "question_id", "message_id", "answer1_id", "answer2_id", "reviewer_id", "text", "score"],
    ...SYSTEM_FIELDS,
  ],
  { models: "surely" },
);

/** 1 and 2 are places, 3 is a tie. */
const PLACES: ReadonlyMap<unknown, Choice> = new Map<unknown, Choice>([
  [1, "left"],
  [2, "right"],
  [3, "tie"],
]);

/**
 * Reviews of FastChat, Vicuna and QLoRA: a model compared two answers, the first of them shown first, in a place (1, 2, or 3
 * for a tie) or in a rating of each, of which the higher wins. The answers' files say which systems they are of.
 */
export function readFastchatReview(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const verdict = verdictIn(row);
  if (verdict === null)
    return [new RowNote("VerdictMissing", "The review came to no score, and is no judgment.")];
  const answers = [nameIn(row, "answer1_id"), nameIn(row, "answer2_id")] as const;
  const systems = systemsIn(row, ...answers);
  const judgment = judgmentOf({ row, at, options }, FIELDS, {
    ...verdict,
    promptId: idIn(row, "question_id") ?? nameIn(row, "message_id"),
    systems,
    sideKnown: true,
    annotator: `reviewer ${idIn(row, "reviewer_id") ?? "1"}`,
    rationale: optionalText(row, "text"),
    judgmentId: idIn(row, "review_id"),
  });
  const isByAnswers = SYSTEM_FIELDS.some((field) => idIn(row, field) === null);
  return [isByAnswers ? { ...judgment, isByAnswers } : judgment];
}

/** Null where the reviewer's reply could not be read, which is written as −1. */
function verdictIn({ score }: Fields): { choice: Choice; metadata?: Fields } | null {
  if (score === -1) return null;
  const place = PLACES.get(score);
  if (place) return { choice: place };
  const [first, second] = Array.isArray(score) ? (score as unknown[]) : [];
  if (typeof first === "number" && typeof second === "number")
    return first < 0 || second < 0
      ? null
      : { choice: higherWins(first, second), metadata: { ratings: score } };
  const what = `score is ${shown(score)}; it is 1, 2, 3 (a tie), or two ratings.`;
  throw new RowFault("ChoiceUnknown", what, "score");
}
