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
  system: z.string().describe("The display name of the system that won, tied or lost."),
  against: z.string().describe("The display name of the system it was compared with."),
  group: z
    .string()
    .nullable()
    .describe("The group of annotators; null: all people of the headline together."),
  prompts: count.describe("Prompts with judgments in this row; all turns of a prompt are one."),
  judgments: count.describe("Judgments counted in this row."),
  bothBad: count.describe("Ties in which both responses were called bad."),
  win: rateSchema,
  tie: rateSchema,
  loss: rateSchema,
  halfTieRate: scoreSchema.describe("Mean over judgments: a win counts 1, a tie one half."),
  halfTieRateByPrompt: scoreSchema.describe(
    "Mean over prompts of the mean of the prompt: every prompt weighs alike.",
  ),
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
  headline: z.boolean().describe("Whether its people enter the rows of all people; a model never does."),
  annotators: count,
  judgments: count,
});
export type ReportGroup = z.infer<typeof reportGroupSchema>;

/** The report of a study: published, and kept stable. */
export const reportSchema = z.strictObject({
  study: z.string().describe("The name of the study."),
  publicTitle: z.string(),
  state: z.enum(["draft", "open", "paused", "closed"]),
  /** What a reader must know before any figure: simulated or reconstructed judgments, texts never loaded. */
  notes: z.array(z.string()),
  judgments: count.describe("Judgments counted, of all groups."),
  comparisons: count.describe("Comparisons with counted judgments."),
  prompts: count.describe("Prompts with counted judgments."),
  annotators: count.describe("Annotators with counted judgments."),
  repeats: count.describe("Judgments of what the same annotator had judged before: kept, in no rate."),
  surplus: count.describe("Judgments that came after another had taken their place: kept, in no rate."),
  seed: z.string().describe("The seed of the study."),
  estimator: z
    .string()
    .describe("The version of the methods: it changes when the same judgments would give another figure."),
  groups: z.array(reportGroupSchema),
  pairs: z.array(pairSchema),
});
export type Report = z.infer<typeof reportSchema>;
