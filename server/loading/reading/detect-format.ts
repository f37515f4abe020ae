import type { FieldMap, Fields } from "./field-map.ts";
import { RUN_SIGNATURES } from "./formats/runs/signatures.ts";
import type { FormatName } from "./options.ts";
import type { Signature } from "./signature.ts";
import { isFilled } from "./vocabulary.ts";

/** Whether some field is called like this. */
const named = (pattern: RegExp) => (row: Fields) => Object.keys(row).some((field) => pattern.test(field));

const SIGNATURES: readonly Signature[] = [
  ...RUN_SIGNATURES,
  { format: "fastchat_reviews", all: ["answer1_id", "answer2_id", "score"] },
  { format: "cherry_reviews", all: ["Answer1", "Answer2", "scores", "scores_reverse"] },
  { format: "wildbench_pairwise", all: ["session_id", "assignment", "generator", "ref_generator"] },
  { format: "wildbench_results", all: ["session_id", "model_a", "model_b", "winner", "extent"] },
  { format: "judgebench", all: ["pair_id", "question", "response_A", "response_B", "label"] },
  { format: "llm_comparator", all: ["models", "input_text", "output_text_a", "output_text_b"] },
  { format: "argilla", all: ["fields", "responses"] },
  { format: "argilla", all: [], is: named(/\.responses\.users$/) },
  { format: "argilla", all: [], is: named(/-suggestion-metadata$/) },
  { format: "potato", all: ["instance_id", "user_id", "label_annotations"] },
  { format: "potato", all: ["instance_id", "user_id"], is: named(/\.(selection|scale_value)$/) },
  { format: "potato", all: ["instance_id", "user"], is: named(/:::/) },
  {
    format: "label_studio_rows",
    all: ["annotation_id", "annotator", "lead_time"],
    none: ["BetterAnswer", "annotations", "winner", "choice"],
  },
  { format: "preference_chats", all: ["chosen", "rejected"], none: ["prompt", "output", "instruction"] },
  {
    format: "preference_chats",
    all: ["prompt", "chosen", "rejected"],
    is: ({ prompt, chosen, rejected }) =>
      typeof prompt === "string" && Array.isArray(chosen) && Array.isArray(rejected),
  },
  { format: "ultrafeedback", all: ["instruction", "models", "completions"] },
  { format: "helpsteer3", all: ["context", "response1", "response2", "overall_preference"] },
  { format: "nectar", all: ["prompt", "answers", "num_responses"] },
  { format: "oasst_trees", all: ["message_tree_id", "tree_state", "prompt"] },
  { format: "prism_conversations", all: ["conversation_id", "conversation_history", "opening_prompt"] },
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
  { format: "label_studio", all: ["annotations"], oneOf: ["data", "left_output"] },
  { format: "lima", all: ["conversations"] },
  { format: "plain", all: ["left_system", "right_system"] },
  { format: "plain", all: ["system_a", "system_b"] },
  { format: "plain", all: ["output"] },
  { format: "messages", all: ["messages"] },
];

export interface Detected {
  readonly format: FormatName;
}

const hasField = (row: Fields) => (field: string) => Object.hasOwn(row, field) && row[field] !== undefined;

/** Every format whose signature a row's fields fit, the one that is meant first. @internal */
export function provedBy(row: Fields): FormatName[] {
  const has = hasField(row);
  const found = SIGNATURES.filter(
    ({ all, oneOf, none, is }) =>
      all.every(has) && (oneOf?.some(has) ?? true) && !(none ?? []).some(has) && (is?.(row) ?? true),
  );
  return [...new Set(found.map(({ format }) => format))];
}

/**
 * The format that a row's fields belong to, or null. Of several signatures that fit, the first of the list is meant: tools before
 * published sets, and these before files under our own names. A row with a prompt and columns named after the study's systems is
 * wide; any other row with a prompt is a plain prompt, unless it has what may be an output. Built-in recipes come before all of
 * these: of several that fit, the one that names more columns.
 */
export function detect(row: Fields, knownSystems: readonly string[] = []): Detected | null {
  const [format] = provedBy(row);
  if (format !== undefined) return { format };
  const has = hasField(row);
  if (!has("prompt") && !has("prompt_id")) return null;
  if (knownSystems.some(has)) return { format: "wide" };
  return has("prompt") && ![...ANSWERS, ...VERDICTS].some(has) ? { format: "plain" } : null;
}

/** Fields that hold an output in many files: beside a prompt they must be mapped, or the format said. */
const ANSWERS = ["answer", "completion", "generation", "response", "result"];

/** Fields that hold a judgment: its systems are under other names, and the row is no prompt. */
export const VERDICTS = ["winner", "choice", "preference", "vote"];

/** Fields of a question in published formats, by which its answers and judgments name it. */
const QUESTION_IDS = ["uid", "question_id"];

/**
 * The prompts' ids of a plain or wide file that has no `prompt_id`: the column by which other formats name the same
 * prompts, where every row has it, so that the questions of a benchmark and their answers are one prompt.
 */
export function adoptedId(format: FormatName, rows: readonly Fields[]): FieldMap {
  if (format !== "plain" && format !== "wide") return new Map();
  if (rows.some((row) => row.prompt_id !== undefined)) return new Map();
  const column = QUESTION_IDS.find((name) => rows.every((row) => isFilled(row[name])));
  return column === undefined ? new Map() : new Map([["prompt_id", { column }]]);
}
