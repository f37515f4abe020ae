import { z } from "zod";
import { count, estimateSchema, maybe, notEstimableSchema } from "./report-estimates.ts";

/**
 * One way of comparing two judgments of a comparison: `macro` is the mean over comparisons of the mean over their
 * pairs of judgments, `micro` the mean over all pairs; `n` is the number of pairs of judgments.
 */
const measureSchema = z.strictObject({ macro: estimateSchema, micro: estimateSchema });
const measureWithChance = measureSchema.extend({
  chance: maybe.describe(
    "What it would be if the two judged independently, each with their own shares of choices.",
  ),
});

export const groupAgreementSchema = z.strictObject({
  groups: z.tuple([z.string(), z.string()]).describe("The same name twice: within the group."),
  comparisons: count.describe("Comparisons that have a pair of judgments."),
  ratingPairs: count.describe("Pairs of judgments of the same comparison."),
  tieDiscounted: measureWithChance,
  exact: measureWithChance,
  nonTie: measureWithChance.describe("Over the pairs of judgments in which neither says tie."),
});

export const annotatorAgreementSchema = z.strictObject({
  annotators: z.tuple([z.string(), z.string()]),
  comparisons: count,
  tieDiscounted: z.number(),
  exact: z.number(),
  cohenKappa: estimateSchema,
  linearKappa: estimateSchema,
});

/** A model against people, beside people against people, on the comparisons that both rest on; `n` counts these. */
export const modelAgreementSchema = z.strictObject({
  model: z.string().describe("The group of the model."),
  against: z.string().nullable().describe("The group of people; null: all people of the headline."),
  comparisons: count,
  modelHuman: estimateSchema,
  humanHuman: estimateSchema,
  difference: estimateSchema.describe(
    "Tie-discounted agreement, macro: model–human minus human–human, paired by comparison.",
  ),
});

/** May the model stand in for an annotator? */
export const alternativeAnnotatorSchema = z.strictObject({
  model: z.string(),
  epsilon: z.number().describe("How much worse than an annotator the model may be: the price of people."),
  annotators: count.describe("Annotators with enough comparisons to be left out in turn."),
  winningRate: z.number().describe("Share of these annotators whose null hypothesis is rejected."),
  advantageProbability: estimateSchema.describe(
    "Mean probability that the model agrees at least as well as the annotator left out; n counts contests.",
  ),
  passes: z.boolean(),
});

export const agreementSchema = z.strictObject({
  overall: z.strictObject({
    comparisons: count.describe("Comparisons with two or more judgments of people."),
    ratingPairs: count,
    tieDiscounted: measureWithChance,
    exact: measureWithChance,
    nonTie: measureWithChance,
    fleissKappa: estimateSchema,
    krippendorffAlpha: estimateSchema,
    krippendorffAlphaOrdinal: estimateSchema,
    gwetAc1: estimateSchema,
  }),
  betweenGroups: z.array(groupAgreementSchema),
  modelAndHuman: z.array(modelAgreementSchema),
  alternativeAnnotator: z.array(
    z.union([alternativeAnnotatorSchema, notEstimableSchema.extend({ model: z.string() })]),
  ),
  betweenAnnotators: z.array(annotatorAgreementSchema),
  betweenAnnotatorsListed: z.strictObject({
    pairs: count.describe("Pairs of annotators that share a comparison."),
    listed: count.describe("Those with the largest overlaps, at most `cap`."),
    cap: count,
  }),
});
export type Agreement = z.infer<typeof agreementSchema>;
