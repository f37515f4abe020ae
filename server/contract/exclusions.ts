import { z } from "zod";
import { studyStateSchema } from "./words.ts";

const annotators = z.array(z.string().min(1).max(200)).min(1).max(10_000);

export const excludeRequestSchema = z.strictObject({
  annotators,
  rule: z.string().max(2000).describe("Why, in words; the report shows it."),
});
export const liftRequestSchema = z.strictObject({ annotators });

const changed = z.array(z.string()).describe("The annotators for whom this changed something.");
const state = studyStateSchema.describe("Of the study; only an open one assigns pairs.");

/** Who was excluded just now, and the work that others may do instead. */
export const excludedSchema = z.strictObject({
  changed,
  freed: z.int().describe("Judgments that are wanted again."),
  held: z.int().describe("Pairs that they held and had not judged."),
  state,
});
export type Excluded = z.infer<typeof excludedSchema>;

/** Who was brought back just now, and what became of their judgments. */
export const liftedSchema = z.strictObject({
  changed,
  filled: z.int().describe("Judgments that fill their slots again."),
  surplus: z.int().describe("Judgments whose slots others fill: they are kept, and in no figure."),
  state,
});
export type Lifted = z.infer<typeof liftedSchema>;

/** Somebody whose judgments a rule leaves out, from when, and until when where that has been lifted. */
const exclusionSchema = z.strictObject({
  annotator: z.string(),
  rule: z.string(),
  excludedAt: z.string(),
  liftedAt: z.string().nullable(),
});
export type Exclusion = z.infer<typeof exclusionSchema>;

export const exclusionsSchema = z.strictObject({ exclusions: z.array(exclusionSchema) });
