import type { Choice } from "../../../contract/words.ts";
import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type JudgmentRecord, type LoadRecord, RowFault, RowNote } from "../records.ts";
import { nameIn, optionalText, shown, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { higherWins, judgmentOf } from "./verdict.ts";

const FIELDS = judgmentFields(
  [...["models", "input_text", "output_text_a", "output_text_b", "score", "individual_rater_scores"]],
  { annotatorElse: "rater", models: "likely", modelGroup: "raters" },
);

/**
 * An example of LLM Comparator: two outputs, and a score of each rater, or else one of all (above 0: A is better). Raters
 * are numbered within the example, and are mostly calls of a model. Who was flipped saw B first.
 */
export function readLlmComparator(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const common = {
    promptTurns: [textIn(row, "input_text")],
    systems: modelsIn(row),
    texts: [[textIn(row, "output_text_a")], [textIn(row, "output_text_b")]] as const,
  };
  const given = { row, at, options };
  const raters = Array.isArray(row.individual_rater_scores) ? (row.individual_rater_scores as Fields[]) : [];
  if (raters.length > 0)
    return raters.map((rater, i) => {
      const said = judgmentOf(given, FIELDS, {
        ...{ ...common, choice: choiceOf(rater), annotator: `rater ${i + 1}` },
        sideKnown: typeof rater.is_flipped === "boolean",
        rationale: optionalText(rater, "rationale"),
        metadata: { ...restOf(rater, new Set(["is_flipped", "rationale"])), example_score: row.score },
      });
      return rater.is_flipped === true ? flipped(said) : said;
    });
  if (row.score === undefined || row.score === null)
    return [new RowNote("VerdictMissing", "The example has no score, and is no judgment.")];
  return [judgmentOf(given, FIELDS, { ...common, choice: choiceOf(row), metadata: { score: row.score } })];
}

function modelsIn({ models }: Fields): [string, string] {
  const [a, b] = Array.isArray(models) ? (models as Fields[]) : [];
  if (a && b) return [nameIn(a, "name"), nameIn(b, "name")];
  throw new RowFault("FieldMissing", "models does not name two models.", "models");
}

function choiceOf({ score }: Fields): Choice {
  if (typeof score === "number" && Number.isFinite(score)) return higherWins(score, 0);
  throw new RowFault("ChoiceUnknown", `score is ${shown(score)}, which is no number.`, "score");
}

const OTHER: Partial<Record<Choice, Choice>> = { left: "right", right: "left" };

/** The same judgment of the two outputs as they were shown. */
const flipped = (said: JudgmentRecord): JudgmentRecord => ({
  ...said,
  leftSystem: said.rightSystem,
  rightSystem: said.leftSystem,
  leftTurns: said.rightTurns,
  rightTurns: said.leftTurns,
  choice: OTHER[said.choice] ?? said.choice,
});
