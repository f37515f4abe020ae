import type { FieldMap } from "./field-map.ts";
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
  "arena_votes",
  "arena_hard_answers",
  "arena_hard_judgments",
  "label_studio",
  "lima",
  "messages",
  "plain",
  "wide",
] as const;
export type FormatName = (typeof FORMATS)[number];

/** What the researcher says of a file beyond its content; each fills only what the file leaves out. */
export interface FileOptions {
  /** Null: told by the content. */
  readonly format: FormatName | null;
  /** How the file is read, where somebody said so. Null or missing: told by the content. */
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

/** The system of a file's outputs that name none: as was said, else as its folder or the file itself is called. */
export const systemOfFile = ({ system, folderSystem, fileName }: FileOptions): string =>
  system ?? folderSystem ?? systemFromName(fileName);

/** The system that a file is named after: its name without folder and ending. */
function systemFromName(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1) ?? fileName;
  return base.replace(/\.(jsonl|ndjson|json|csv|tsv|txt)$/i, "") || base;
}
