import type { FieldMap } from "./field-map.ts";
import { stemOf } from "./file-stem.ts";
import type { Recipe } from "./recipes/recipe.ts";
import type { GroupName } from "./records.ts";

export const FORMATS = [
  "alpaca_eval_outputs",
  "alpaca_eval_annotations",
  "fastchat_questions",
  "fastchat_answers",
  "fastchat_judgments",
  "fastchat_pairs",
  "arena_battles",
  "arena_hard_answers",
  "arena_hard_judgments",
  "label_studio",
  "fastchat_reviews",
  "cherry_reviews",
  "wildbench_pairwise",
  "wildbench_results",
  "judgebench",
  "llm_comparator",
  "argilla",
  "potato",
  "label_studio_rows",
  "preference_chats",
  "ultrafeedback",
  "helpsteer3",
  "nectar",
  "oasst_trees",
  "prism_conversations",
  "lima",
  "messages",
  "plain",
  "wide",
  "openai_batch_requests",
  "openai_batch_replies",
  "anthropic_batch_requests",
  "anthropic_batch_replies",
  "lm_eval_samples",
  "helm_state",
  "helm_instances",
  "helm_predictions",
  "inspect_samples",
  "promptfoo_results",
  "promptfoo_table",
  "wildbench_outputs",
  "opencompass_predictions",
  "vllm_outputs",
  "lighteval_details",
  "traces",
] as const;
export type FormatName = (typeof FORMATS)[number];

/** What the researcher says of a file beyond its content; each fills only what the file leaves out. */
export interface FileOptions {
  /** Null: told by the content. */
  readonly format: FormatName | null;
  /** The recipe that was named for the file. Null or missing: detected by its content. */
  readonly recipe?: Recipe | null;
  readonly map: FieldMap;
  /** The system of outputs that name none. Null: the file's name. */
  readonly system: string | null;
  readonly group: GroupName | null;
  readonly annotator: string | null;
  /** The file's path as it was typed, or its name. */
  readonly fileName: string;
  /** The folder that is called as the system, where the file's name is no system's. */
  readonly folderSystem?: string | null;
  /** The study's systems, as far as they are known: columns of these names make a file wide. */
  readonly knownSystems?: readonly string[];
  /** The columns of a wide file that are systems, where the study knows none of them. */
  readonly wideColumns?: readonly string[];
  /** Take prompts for the same that differ from another only in white space, accents, or in ids as `1.0` and `1`. */
  readonly near?: boolean;
  /** How the bytes are text, as TextDecoder names it. Null: UTF-8, or as a byte order mark says. */
  readonly encoding?: string | null;
}

/** The system of outputs that name none: the one given for the file, otherwise named after its folder or the file. */
export const systemOfFile = ({ system, folderSystem, fileName }: FileOptions): string =>
  system ?? folderSystem ?? stemOf(fileName);

/** Formats whose files are named after a task, and stand in a folder for each system. */
export const NAMED_BY_FOLDER: ReadonlySet<string> = new Set<FormatName>([
  "lm_eval_samples",
  "opencompass_predictions",
  "lighteval_details",
]);

/** The system of a file that lies in a folder per system: the one given for the file, otherwise named after the folder or the file. */
export const systemOfFolder = (options: FileOptions): string => {
  const { system, folderSystem, fileName } = options;
  const folder = fileName.split(/[\\/]/).at(-2);
  const isName = folder !== undefined && !["", ".", ".."].includes(folder);
  return system ?? folderSystem ?? (isName ? folder : systemOfFile(options));
};

/**
 * A model's name as the study knows it: without the date of its snapshot (`-2026-01-01`), where the study has a system of
 * that name and none with the date.
 */
export const modelAsKnown = (model: string, { knownSystems = [] }: FileOptions): string => {
  const bare = model.replace(/-\d{4}-\d{2}-\d{2}$/, "");
  return !knownSystems.includes(model) && knownSystems.includes(bare) ? bare : model;
};
