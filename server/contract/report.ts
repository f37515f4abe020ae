import { z } from "zod";

const count = z.number().int().nonnegative();
const proportion = z.number().min(0).max(1);

export const notEstimableSchema = z.strictObject({ notEstimable: z.string() });
export type NotEstimable = z.infer<typeof notEstimableSchema>;

/** How often an outcome came. Count and rate always stand; the interval may be missing, with its reason. */
export const rateSchema = z.union([
  z.strictObject({
    count,
    rate: proportion.nullable(),
    low: proportion,
    high: proportion,
    method: z.string(),
  }),
  z.strictObject({ count, rate: proportion.nullable(), notEstimable: z.string() }),
]);
export type Rate = z.infer<typeof rateSchema>;

/** A mean score with its interval; `value` stands even where the interval cannot be had. */
export const scoreSchema = z.union([
  z.strictObject({ value: proportion, low: proportion, high: proportion, method: z.string() }),
  z.strictObject({ value: proportion, notEstimable: z.string() }),
  notEstimableSchema,
]);
export type Score = z.infer<typeof scoreSchema>;

export const majorityCountsSchema = z.strictObject({ win: count, tie: count, loss: count });
export type MajorityCounts = z.infer<typeof majorityCountsSchema>;

/** One system against another in one group; `group: null` is all people in the headline together. */
export const pairSchema = z.strictObject({
  system: z.string(),
  against: z.string(),
  group: z.string().nullable(),
  prompts: count,
  judgments: count,
  bothBad: count,
  win: rateSchema,
  tie: rateSchema,
  loss: rateSchema,
  halfTieRate: scoreSchema,
  halfTieRateByPrompt: scoreSchema,
  byMajority: z.union([
    z.strictObject({
      plurality: majorityCountsSchema,
      signOfSum: majorityCountsSchema,
      moreThanHalf: majorityCountsSchema,
    }),
    notEstimableSchema,
  ]),
});
export type Pair = z.infer<typeof pairSchema>;

export const reportGroupSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(["crowd", "author", "model"]),
  headline: z.boolean(),
  annotators: count,
  judgments: count,
});
export type ReportGroup = z.infer<typeof reportGroupSchema>;

/** The report of a study: published, and kept stable. */
export const reportSchema = z.strictObject({
  study: z.string(),
  publicTitle: z.string(),
  state: z.enum(["draft", "open", "paused", "closed"]),
  /** What a reader must know before any figure: simulated or reconstructed judgments, texts never loaded. */
  notes: z.array(z.string()),
  judgments: count,
  comparisons: count,
  prompts: count,
  annotators: count,
  repeats: count,
  surplus: count,
  seed: z.string(),
  estimator: z.string(),
  groups: z.array(reportGroupSchema),
  pairs: z.array(pairSchema),
});
export type Report = z.infer<typeof reportSchema>;
