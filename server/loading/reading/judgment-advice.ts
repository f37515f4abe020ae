import { isOneLine } from "../../contract/one-line.ts";
import type { Fields } from "./column-source.ts";
import { VERDICTS } from "./detect-format.ts";

/** What two systems, an annotator and a prompt are called in files that others have published. */
const SYSTEM_PAIRS = [
  ["left", "right"],
  ["model_x", "model_y"],
  ["model_1", "model_2"],
  ["left_model", "right_model"],
  ["model_left", "model_right"],
  ["system_1", "system_2"],
] as const;
const ANNOTATORS = ["worker", "worker_id", "judge", "rater", "author", "user", "user_id", "evaluator"];
const PROMPTS = ["prompt_id", "prompt", "question_id", "item", "id"];

/** What no id may be: a text of several lines, or a long one. */
const isNoId = (value: unknown): boolean =>
  typeof value === "string" && (!isOneLine(value) || value.length > 500);

/**
 * How to map a file that looks like judgments, as far as its first rows show; what they do not show
 * stands in capitals. Null where nothing looks like a judgment.
 */
export function judgmentAdvice(rows: readonly Fields[], file: string): string | null {
  const has = (name: string) => Object.hasOwn(rows[0] ?? {}, name);
  const verdict = VERDICTS.find(has);
  if (verdict === undefined) return null;
  const [first, second] = SYSTEM_PAIRS.find((pair) => pair.every(has)) ?? ["FIRST", "SECOND"];
  const prompt = PROMPTS.find(has) ?? "PROMPT";
  const fields: [ours: string, theirs: string][] = [
    [rows.some((row) => isNoId(row[prompt])) ? "prompt" : "prompt_id", prompt],
    ["system_a", first],
    ["system_b", second],
    ["winner", verdict],
    ["annotator", has("annotator") ? "annotator" : (ANNOTATORS.find(has) ?? "WHO")],
  ];
  const map = fields.flatMap(([ours, theirs]) => (ours === theirs ? [] : [`${ours}=${theirs}`]));
  return `It looks like judgments: map their fields, for example ${file}:${map.join(",")} (system_a is the system shown left).`;
}
