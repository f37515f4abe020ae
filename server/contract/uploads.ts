import { z } from "zod";
import { loadReportSchema, takenForSchema } from "./loading.ts";
import { groupKindSchema } from "./words.ts";

const count = z.number().int().nonnegative();

/** What a column can be chosen to hold: fields of ours, kept as metadata, or left out. */
const COLUMN_USES = [
  ...(["prompt", "prompt_id", "output", "system", "source"] as const),
  ...(["system_a", "system_b", "winner", "left_system", "right_system", "choice"] as const),
  ...(["output_a", "output_b", "annotator", "rationale"] as const),
  ...(["metadata", "left out"] as const),
] as const;
/** Uses that several columns can have at once: parts of a prompt are joined. */
const SHARED_USES: readonly string[] = ["prompt", "metadata", "left out"];

export type ColumnUse = (typeof COLUMN_USES)[number];

/** How an uploaded file is to be read, as far as somebody chose. */
export const uploadSettingsSchema = z.strictObject({
  /** False: the file is not loaded. Absent: it is, if it holds rows. */
  isUsed: z.boolean().optional(),
  /** The system of outputs that name none. */
  system: z.string().trim().min(1).max(200).optional(),
  /** The kind of group that judged, for judgments that name none; null: nobody chose. */
  judgedBy: groupKindSchema.nullable().optional(),
  /** Columns of the file to what they hold. */
  columns: z.record(z.string().max(1000), z.enum(COLUMN_USES)).optional(),
  /** A format by its name; null: by the content. */
  format: z.string().max(60).nullable().optional(),
  /** A built-in recipe by its name, or a recipe as it is written; null: by the content. */
  recipe: z.string().max(100_000).nullable().optional(),
  /** The text's encoding, if not UTF-8. */
  encoding: z.string().max(40).nullable().optional(),
  /** More mappings, as after a file’s name on the command line: `output=text,prompt_id=id`. */
  map: z.string().max(20_000).optional(),
  /** The group that judged, for judgments that name none: NAME, or NAME:crowd, NAME:author, NAME:model. */
  group: z.string().max(200).nullable().optional(),
  annotator: z.string().max(200).nullable().optional(),
  /** Match prompts that differ only in white space, accents, or the form of their ids. */
  near: z.boolean().optional(),
  /** It was named by itself, and not found in a folder: it is loaded or refused, and called by its name alone. */
  isNamed: z.boolean().optional(),
});
export type UploadSettings = z.infer<typeof uploadSettingsSchema>;

const uploadColumnSchema = z.strictObject({
  name: z.string(),
  /** Up to three values, shortened. */
  samples: z.array(z.string()),
  /** Null where the file could not be read. */
  takenFor: takenForSchema.nullable(),
  /** What its name suggests that it holds; null where it suggests nothing. */
  looksLike: z.string().nullable(),
});
export type UploadColumn = z.infer<typeof uploadColumnSchema>;

const uploadSchema = z.strictObject({
  id: count,
  name: z.string(),
  bytes: count,
  settings: uploadSettingsSchema,
  /** Why it is not loaded though nobody chose so, such as that it holds no rows; null where it is. */
  leftOut: z.string().nullable(),
  /** The format or the recipe; null where it is not known. */
  format: z.string().nullable(),
  /** Why it cannot be read; null where it can. */
  problem: z.strictObject({ name: z.string(), message: z.string() }).nullable(),
  /** What its first rows hold. */
  holds: z.array(z.enum(["prompts", "outputs", "judgments"])),
  /** Whose outputs its first rows hold. */
  systems: z.array(z.string()),
  /** Whether the rows leave out whose outputs they are, so that a name can be set. */
  isNamedByFile: z.boolean(),
  columns: z.array(uploadColumnSchema),
});
export type Upload = z.infer<typeof uploadSchema>;

/** A check of all files, or their load: one at a time in a study. */
const uploadRunSchema = z.strictObject({
  what: z.enum(["check", "load"]),
  state: z.enum(["running", "done", "failed"]),
  /** Whether it is about the files with their settings as they are now. */
  isCurrent: z.boolean(),
  /** The file that is being read, and how many of its rows were. */
  at: z.strictObject({ file: z.string(), rows: count }).nullable(),
  report: loadReportSchema.nullable(),
  /** Why it failed; null where it did not. */
  message: z.string().nullable(),
});
export type UploadRun = z.infer<typeof uploadRunSchema>;

/** A file that did not arrive whole: sent again, it goes on where it broke off. */
const arrivingFileSchema = z.strictObject({
  name: z.string(),
  /** How many of its bytes are here. */
  arrived: count,
  bytes: count,
  /** When it was last modified where it comes from, in milliseconds: another moment is another file. */
  modified: count,
});
export type ArrivingFile = z.infer<typeof arrivingFileSchema>;

/** The last bytes of what has arrived are sent once more, and compared: so many at most. */
export const OVERLAP_BYTES = 65_536 as const;

/** What waits to be loaded into a study, and what is known of it. */
export const uploadsSchema = z.strictObject({
  files: z.array(uploadSchema),
  arriving: z.array(arrivingFileSchema),
  run: uploadRunSchema.nullable(),
  /** How files can be read, where their content does not tell. */
  ways: z.strictObject({
    formats: z.array(z.string()),
    recipes: z.array(z.strictObject({ name: z.string(), title: z.string() })),
    encodings: z.array(z.string()),
  }),
  /** The most bytes that one file may have. */
  bytesMax: count,
  filesMax: count,
  /** After so many days, files that nobody loaded are deleted. */
  days: count,
});
export type Uploads = z.infer<typeof uploadsSchema>;

/** What is chosen for columns after a change; a column that has a use of one takes it from another. */
export function withColumns(
  chosen: Readonly<Record<string, ColumnUse>>,
  changes: Readonly<Record<string, ColumnUse | null>>,
): Record<string, ColumnUse> {
  const next = new Map(Object.entries(chosen));
  for (const [column, use] of Object.entries(changes)) {
    next.delete(column);
    if (use === null) continue;
    if (!SHARED_USES.includes(use)) for (const [other, its] of next) if (its === use) next.delete(other);
    next.set(column, use);
  }
  return Object.fromEntries(next);
}

/** Changes how files are read: one change for all that are alike. */
export const uploadChangeSchema = z.strictObject({
  files: z.array(count).min(1).max(1000),
  settings: uploadSettingsSchema.extend({
    /** Columns that are chosen otherwise; null: as they are recognised. The others stay as they are. */
    columns: z.record(z.string().max(1000), z.enum(COLUMN_USES).nullable()).optional(),
  }),
});
export type UploadChange = z.infer<typeof uploadChangeSchema>;
