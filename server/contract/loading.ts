import { z } from "zod";
import { amendmentPlanSchema } from "./amendment-plan.ts";
import { groupKindSchema } from "./words.ts";

const count = z.number().int().nonnegative();
const tally = z.strictObject({ read: count, new: count, unchanged: count });

/** An oddity or an error, by file and line (0: the file as a whole; file “”: the study as a whole). */
const remarkSchema = z.strictObject({
  name: z.string(),
  file: z.string(),
  line: count,
  message: z.string(),
  /** How many rows it is said of; the first of them, from the first on, are `lines`. */
  rows: count.default(1),
  lines: z.array(count).default([]),
});
export type Remark = z.infer<typeof remarkSchema>;

const remarksSchema = z.strictObject({
  /** The first hundred. */
  listed: z.array(remarkSchema),
  more: count,
});

const verdictsSchema = z.strictObject({
  left: count,
  right: count,
  tie: count,
  both_bad: count,
  /** Judgments of which the file does not say which system stood left. */
  sidesUnknown: count,
  /** Ties that are two orders of a pair with different verdicts. */
  inconsistent: count,
  /** By the winning system; those beyond the first ten are in `others`. */
  won: z.array(z.strictObject({ system: z.string(), judgments: count })),
  others: count,
});
export type Verdicts = z.infer<typeof verdictsSchema>;

/** What one group chose in a file, and how many annotators it has there; none: votes without a name. */
const groupVerdictsSchema = z.strictObject({
  group: z.string(),
  kind: groupKindSchema,
  annotators: count,
  judgments: count,
  left: count,
  right: count,
  tie: count,
  both_bad: count,
});
export type GroupVerdicts = z.infer<typeof groupVerdictsSchema>;

/** What a column was taken for, by its values in the first rows; `read`: the format has its own use for it. */
export const takenForSchema = z.enum([
  ...(["prompt", "prompt_id", "output", "system", "conversation", "verdict"] as const),
  ...(["annotator", "rationale", "metadata", "left out", "read"] as const),
]);
export type TakenFor = z.infer<typeof takenForSchema>;

const columnTakenSchema = z.strictObject({ column: z.string(), takenFor: takenForSchema });
export type ColumnTaken = z.infer<typeof columnTakenSchema>;

const fileReportSchema = z.strictObject({
  file: z.string(),
  format: z.string().nullable(),
  /** `held back`: nothing is wrong with it, but another file of the same call was refused, or a reason is missing. */
  outcome: z.enum(["published", "unchanged", "refused", "would publish", "not tried", "held back"]),
  rows: count,
  prompts: tally,
  responses: tally,
  judgments: tally,
  /** Known answers of comparisons. */
  answers: tally.default({ read: 0, new: 0, unchanged: 0 }),
  /** How many of its rows were there already, by the load that had brought them. */
  foundIn: z.array(z.strictObject({ load: count, rows: count })).optional(),
  /** Later judgments of one annotator on one comparison. */
  repeats: count,
  /** Rows with errors. */
  leftOut: count,
  /** What its judgments, read, chose; null where there are none. */
  verdicts: verdictsSchema.nullable().default(null),
  /** The groups that judged, the first ten. */
  judgedBy: z.array(groupVerdictsSchema).default([]),
  /** How many responses it has of each system, the first ten by their number. */
  outputs: z.array(z.strictObject({ system: z.string(), responses: count })).default([]),
  /** The columns of its first rows and what each was taken for, whatever the format. */
  columns: z.array(columnTakenSchema).default([]),
  /** Columns that are kept as metadata, in no figure. */
  kept: z.array(z.string()).default([]),
});
export type FileReport = z.infer<typeof fileReportSchema>;

/** A file of a folder or an archive that was not loaded, and why. */
const leftOutSchema = z.strictObject({ file: z.string(), reason: z.string() });
export type LeftOut = z.infer<typeof leftOutSchema>;

/** What a load did, or with `dryRun` would do. */
export const loadReportSchema = z.strictObject({
  study: z.string(),
  dryRun: z.boolean(),
  /** Whether no file was refused. */
  done: z.boolean(),
  files: z.array(fileReportSchema),
  /** Files of folders and archives that hold no rows. */
  leftOut: z.array(leftOutSchema).default([]),
  errors: remarksSchema,
  warnings: remarksSchema,
  /** What follows in a study that was opened, whose work the files add to; missing: they add none, or it is a draft. */
  amendment: amendmentPlanSchema.optional(),
  /** Two prompts with their answers as annotators will see them, shortened; a prompt without a text is null. */
  shown: z
    .array(
      z.strictObject({
        prompt: z.string().nullable(),
        answers: z.array(z.strictObject({ system: z.string(), text: z.string() })),
      }),
    )
    .default([]),
});
export type LoadReport = z.infer<typeof loadReportSchema>;
