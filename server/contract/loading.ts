import { z } from "zod";

const count = z.number().int().nonnegative();
const tally = z.strictObject({ read: count, new: count, unchanged: count });

/** An oddity or an error, by file and line (0: the file as a whole; file “”: the study as a whole). */
export const remarkSchema = z.strictObject({
  name: z.string(),
  file: z.string(),
  line: count,
  message: z.string(),
});
export type Remark = z.infer<typeof remarkSchema>;

export const remarksSchema = z.strictObject({
  /** The first hundred. */
  listed: z.array(remarkSchema),
  more: count,
});

export const fileReportSchema = z.strictObject({
  file: z.string(),
  format: z.string().nullable(),
  outcome: z.enum(["published", "unchanged", "refused", "would publish", "not tried"]),
  rows: count,
  prompts: tally,
  responses: tally,
  judgments: tally,
  /** Known answers of comparisons. */
  answers: tally.default({ read: 0, new: 0, unchanged: 0 }),
  /** Later judgments of one annotator on one comparison. */
  repeats: count,
  /** Rows with errors. */
  leftOut: count,
});
export type FileReport = z.infer<typeof fileReportSchema>;

/** What a load did, or with `dryRun` would do. */
export const loadReportSchema = z.strictObject({
  study: z.string(),
  dryRun: z.boolean(),
  /** Whether no file was refused. */
  done: z.boolean(),
  files: z.array(fileReportSchema),
  errors: remarksSchema,
  warnings: remarksSchema,
});
export type LoadReport = z.infer<typeof loadReportSchema>;
