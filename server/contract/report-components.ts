import { z } from "zod";
import { count, notEstimableSchema, proportion } from "./report-estimates.ts";

const variance = z.number().nonnegative();

/** How much scores vary with one thing, and what part of the variance of the rate that is. */
const componentSchema = z.strictObject({
  variance: z
    .strictObject({ value: variance })
    .describe("Of the scores of single judgments (win 1, tie one half, loss 0)."),
  share: z
    .strictObject({ value: proportion })
    .describe("Its part of the variance of the declared half-tie rate."),
});

/** The same with 95 % intervals; that of a share has the other components as they were estimated. */
const measuredSchema = z.strictObject({
  variance: componentSchema.shape.variance.extend({ low: variance, high: variance }),
  share: componentSchema.shape.share.extend({ low: proportion, high: proportion }),
});
export type MeasuredComponent = z.infer<typeof measuredSchema>;

/** Of what the uncertainty of one pair's rate is made, in one group. */
const pairComponentsSchema = z.strictObject({
  system: z.string(),
  against: z.string(),
  group: z.string().nullable().describe("Null: all people of the headline together."),
  ...{ prompts: count, annotators: count, judgments: count },
  components: z.union([
    z.strictObject({
      prompts: measuredSchema
        .nullable()
        .describe("Null where each prompt has one judgment: its variance is then part of the residual."),
      annotators: measuredSchema,
      residual: componentSchema.describe(
        "What neither explains: noise, and what a prompt and an annotator do together.",
      ),
      moreOf: z
        .enum(["prompts", "annotators"])
        .nullable()
        .describe("Of what twice as many would narrow the interval more; null: the data do not show it."),
    }),
    notEstimableSchema,
  ]),
});
export type PairComponents = z.infer<typeof pairComponentsSchema>;

/** One entry for each pair and group of people that judged. */
export const componentsSchema = z.array(pairComponentsSchema);
