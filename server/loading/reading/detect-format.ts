import type { Fields } from "./field-map.ts";
import type { FormatName } from "./options.ts";

/** What tells a format: it must have all of these fields, one of each list, and none of the last ones. */
interface Signature {
  readonly format: FormatName;
  readonly all: readonly string[];
  readonly oneOf?: readonly string[];
  readonly none?: readonly string[];
}

const SIGNATURES: readonly Signature[] = [
  { format: "alpaca_eval_annotations", all: ["instruction", "output_1", "output_2", "preference"] },
  { format: "alpaca_eval_outputs", all: ["instruction", "output"], none: ["prompt"] },
  {
    format: "arena_battles",
    all: ["model_a", "model_b", "winner"],
    oneOf: ["anony", "language", "battle_id"],
  },
  { format: "fastchat_judgments", all: ["model_a", "model_b", "winner"] },
  { format: "fastchat_pairs", all: ["model_1", "model_2", "g1_winner", "g2_winner"] },
  { format: "arena_hard_judgments", all: ["games", "model", "judge"] },
  { format: "arena_hard_answers", all: ["uid", "model", "messages"], none: ["prompt"] },
  { format: "fastchat_answers", all: ["question_id", "choices"], none: ["output"] },
  {
    format: "fastchat_answers",
    all: ["question_id", "text"],
    oneOf: ["model_id", "answer_id"],
    none: ["output"],
  },
  { format: "fastchat_questions", all: ["question_id", "turns"], none: ["model_id", "answer_id", "output"] },
  {
    format: "fastchat_questions",
    all: ["question_id", "text"],
    none: ["model_id", "answer_id", "system", "output", "prompt", "generation", "answer", "response"],
  },
  { format: "lima", all: ["conversations"] },
  { format: "plain", all: ["left_system", "right_system"] },
  { format: "plain", all: ["system_a", "system_b"] },
  { format: "plain", all: ["output"] },
  { format: "messages", all: ["messages"] },
];

/**
 * The format that a row's fields belong to, or null. A row with a prompt and columns named after the study's
 * systems is wide; any other row with a prompt is a plain prompt, unless it has what may be an output.
 */
export function detectFormat(row: Fields, knownSystems: readonly string[] = []): FormatName | null {
  const has = (field: string) => Object.hasOwn(row, field) && row[field] !== undefined;
  const found = SIGNATURES.find(
    ({ all, oneOf, none }) =>
      all.every(has) && (oneOf === undefined || oneOf.some(has)) && !(none ?? []).some(has),
  );
  if (found) return found.format;
  if (!has("prompt") && !has("prompt_id")) return null;
  if (knownSystems.some(has)) return "wide";
  return has("prompt") && ![...ANSWERS, ...VERDICTS].some(has) ? "plain" : null;
}

/** Fields that hold an output in many files: beside a prompt they must be mapped, or the format said. */
const ANSWERS = ["answer", "completion", "generation", "response", "result"];

/** Fields that hold a judgment: its systems are under other names, and the row is no prompt. */
export const VERDICTS = ["winner", "choice", "preference", "vote"];

const PROSE_CHARACTERS = 60;

/**
 * Columns beside a plain prompt that hold prose in most of these rows. Two or more of them may well be outputs
 * of systems that nobody has named, which must not become metadata unasked.
 */
export function columnsLikeOutputs(rows: readonly Fields[]): string[] {
  const prompts = rows.filter((row) => detectFormat(row) === "plain" && row.output === undefined);
  const counts = new Map<string, number>();
  for (const row of prompts) {
    for (const [name, value] of Object.entries(row)) {
      const isProse = typeof value === "string" && value.length >= PROSE_CHARACTERS;
      if (name !== "prompt" && isProse) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const columns = [...counts].filter(([, count]) => count * 2 > prompts.length).map(([name]) => name);
  return columns.length >= 2 ? columns : [];
}
