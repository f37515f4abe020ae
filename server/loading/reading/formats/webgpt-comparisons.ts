import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, UNNAMED } from "../records.ts";
import { shown, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { higherWins, idOfTexts, judgmentOf, SYSTEM_FIELDS, systemsIn } from "./verdict.ts";

const FIELDS = judgmentFields(["question", "answer_0", "answer_1", "score_0", "score_1", ...SYSTEM_FIELDS], {
  annotatorElse: UNNAMED,
});

/** WebGPT's comparisons: a question, two answers and the score of each, of which the higher wins. */
export function readWebGpt(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  const { question } = row;
  const about = typeof question === "object" && question !== null ? (question as Fields) : {};
  const promptTurns = [typeof question === "string" ? question : textIn(about, "full_text")];
  const texts = [[textIn(row, "answer_0")], [textIn(row, "answer_1")]] as const;
  const scores = [scoreIn(row, "score_0"), scoreIn(row, "score_1")] as const;
  return [
    judgmentOf({ row, at, options }, FIELDS, {
      ...{ promptId: idOfTexts(promptTurns, ...texts), promptTurns, texts },
      systems: systemsIn(row, "answer_0", "answer_1"),
      choice: higherWins(...scores),
      metadata: { scores, dataset: about.dataset, question_id: about.id },
    }),
  ];
}

function scoreIn(row: Fields, field: string): number {
  const value = row[field];
  const score = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof score === "number" && Number.isFinite(score)) return score;
  throw new RowFault("ChoiceUnknown", `${field} is ${shown(value)}, which is no number.`, field);
}
