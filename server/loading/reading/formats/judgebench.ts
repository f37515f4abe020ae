import type { Choice } from "../../../contract/words.ts";
import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type JudgmentRecord, type LoadRecord, RowFault, RowNote, UNNAMED } from "../records.ts";
import { optionalText, shown, nameIn, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { type Given, judgmentOf, SYSTEM_FIELDS, systemsIn } from "./verdict.ts";

const OWN = [
  "pair_id",
  "question",
  "response_A",
  "response_B",
  "label",
  "judgments",
  "judge_name",
  ...SYSTEM_FIELDS,
];
const LABELS = judgmentFields(OWN, { annotatorElse: UNNAMED });
const JUDGED = judgmentFields(OWN, { models: "surely" });

const CHOICES: ReadonlyMap<unknown, Choice> = new Map<unknown, Choice>([
  ["A>B", "left"],
  ["B>A", "right"],
  ["A=B", "tie"],
]);

/**
 * JudgeBench: two responses of one model, and which of them is right by the answer key. In the outputs of its judges the
 * judgments of a model come with it, the second of them with the responses swapped and not mapped back; then these are
 * read, and the label is metadata.
 */
export function readJudgeBench(
  row: Fields,
  at: number,
  options: FileOptions,
): (LoadRecord | RowFault | RowNote)[] {
  const given = { row, at, options };
  const games = row.judgments;
  if (Array.isArray(games)) return games.map((game: Fields | null, i) => gameOf(given, game, i));
  return [judgmentOf(given, LABELS, { ...comparedIn(row), choice: choiceOf(row.label, "label") })];
}

const comparedIn = (row: Fields) => ({
  promptId: nameIn(row, "pair_id"),
  promptTurns: [textIn(row, "question")],
  systems: systemsIn(row, "response_A", "response_B"),
  texts: [[textIn(row, "response_A")], [textIn(row, "response_B")]] as const,
});

function gameOf(given: Given, game: Fields | null, place: number): JudgmentRecord | RowNote {
  const decision = game?.decision;
  if (!CHOICES.has(decision)) {
    if (decision === undefined || decision === null || decision === "")
      return new RowNote("VerdictMissing", "The judge came to no decision: no judgment.");
    choiceOf(decision, "decision");
  }
  const { judge_model: model, ...more } = (game?.judgment ?? {}) as Fields;
  const { systems, texts, ...compared } = comparedIn(given.row);
  const isSwapped = place % 2 === 1;
  const name = optionalText(given.row, "judge_name");
  return judgmentOf(given, JUDGED, {
    ...{ ...compared, sideKnown: true, choice: choiceOf(decision, "decision") },
    systems: isSwapped ? [systems[1], systems[0]] : systems,
    texts: isSwapped ? [texts[1], texts[0]] : texts,
    annotator: typeof model === "string" ? model : (name ?? "judge"),
    rationale: typeof more.response === "string" && more.response !== "" ? more.response : null,
    metadata: { label: given.row.label, judge_name: name, game: place + 1 },
  });
}

function choiceOf(value: unknown, field: string): Choice {
  const choice = CHOICES.get(value);
  if (choice) return choice;
  throw new RowFault("ChoiceUnknown", `${field} is ${shown(value)}; it is A>B, B>A or A=B.`, field);
}
