import { z } from "zod";
import { count, estimateSchema, maybe, notEstimableSchema, proportion } from "./report-estimates.ts";

/**
 * One way of comparing two judgments of a comparison: `macro` is the mean over comparisons of the mean over their
 * pairs of judgments, `micro` the mean over all pairs; `n` is the number of pairs of judgments.
 */
const measureSchema = z.strictObject({ macro: estimateSchema, micro: estimateSchema });
/** What a model says whatever it is shown: of the systems, or of the sides of the screen. */
export const constantSchema = z
  .enum(["win", "tie", "loss", "left", "right"])
  .nullable()
  .describe(
    "Said whatever was shown: every verdict says the same of the systems (win and loss of the target, without one of the system whose name comes first), or every decision takes the same side. null: its verdicts vary.",
  );
export type Constant = NonNullable<z.infer<typeof constantSchema>>;

/** What chance alone would give, and what agreement has beyond it. */
const chanceOfAgreement = maybe.describe(
  "What it would be if the two judged independently, each with their own shares of choices.",
);
const kappaNumber = maybe.describe("(agreement − chance) / (1 − chance): 0 is chance, 1 full agreement.");

/**
 * Agreement of one verdict with one other on the same comparisons, beside the tie-discounted mean that is told with it.
 * Numbers without intervals; null where there is nothing to take a share of, or where both always say the same.
 */
export const beyondChanceSchema = z.strictObject({
  chance: chanceOfAgreement,
  kappa: kappaNumber,
  exact: z.strictObject({ value: maybe, chance: chanceOfAgreement, kappa: kappaNumber }),
  nonTie: z
    .strictObject({ n: count, value: maybe, chance: chanceOfAgreement, kappa: kappaNumber })
    .describe("Over the n comparisons in which neither says tie."),
});
export type BeyondChance = z.infer<typeof beyondChanceSchema>;

const measureWithChance = measureSchema.extend({ chance: chanceOfAgreement });
const measureBeyondChance = measureWithChance.extend({
  kappa: kappaNumber.optional().describe("(micro − chance) / (1 − chance): 0 is chance, 1 full agreement."),
});

const groupAgreementSchema = z.strictObject({
  groups: z.tuple([z.string(), z.string()]).describe("The same name twice: within the group."),
  comparisons: count.describe("Comparisons that have a pair of judgments."),
  ratingPairs: count.describe("Pairs of judgments of the same comparison."),
  tieDiscounted: measureBeyondChance,
  exact: measureBeyondChance,
  nonTie: measureBeyondChance.describe("Over the pairs of judgments in which neither says tie."),
});

const annotatorAgreementSchema = z.strictObject({
  annotators: z.tuple([z.string(), z.string()]),
  comparisons: count,
  tieDiscounted: z.number(),
  exact: z.number(),
  cohenKappa: estimateSchema,
  linearKappa: estimateSchema,
});

const besideChance = {
  modelHuman: estimateSchema,
  chance: chanceOfAgreement,
  kappa: estimateSchema.describe("(modelHuman − chance) / (1 − chance): 0 is chance, 1 full agreement."),
  humanHuman: estimateSchema,
  difference: estimateSchema,
};

/**
 * A model against people, beside people against people, on the comparisons that both rest on; `n` counts these. What is
 * optional is missing in reports that were kept by older versions, here and below.
 */
const modelAgreementSchema = z.strictObject({
  model: z.string().describe("The group of the model."),
  against: z.string().nullable().describe("The group of people; null: all people of the headline."),
  comparisons: count,
  constant: constantSchema.optional(),
  modelHuman: estimateSchema,
  humanHuman: estimateSchema,
  difference: estimateSchema.describe(
    "Tie-discounted agreement, macro: model–human minus human–human, paired by comparison.",
  ),
  chance: chanceOfAgreement.optional(),
  kappa: estimateSchema.optional().describe("Of tie-discounted agreement, as Cohen’s with linear weights."),
  exact: z.strictObject(besideChance).optional().describe("Exact agreement, macro."),
  nonTie: z
    .strictObject(besideChance)
    .optional()
    .describe(
      "Share of the pairs of judgments in which neither says tie that prefer the same system; `n` counts these.",
    ),
});

const scoredTestSchema = z.strictObject({
  winningRate: z.number().describe("Share of the annotators whose null hypothesis is rejected."),
  advantageProbability: estimateSchema.describe(
    "Mean probability that the model agrees at least as well as the annotator left out; n counts contests.",
  ),
});

/** May the model stand in for an annotator? By the share of the others who say the same. */
const alternativeAnnotatorSchema = scoredTestSchema.extend({
  model: z.string(),
  epsilon: z.number().describe("How much worse than an annotator the model may be: the price of people."),
  annotators: count.describe("Annotators with enough comparisons to be left out in turn."),
  pValues: z
    .array(proportion)
    .optional()
    .describe("Of these annotators, the smallest first, before the correction."),
  passes: z.boolean().describe("Whether the verdict is yes."),
  verdict: z.enum(["yes", "no", "cannot tell"]).optional(),
  reason: z
    .enum(["won", "constant", "lost", "worse", "not beyond chance", "little power"])
    .optional()
    .describe(
      "won: the winning rate is one half or more, and agreement is beyond chance. constant: the model says the same whatever it is shown. lost: a model as good as these annotators would have passed. worse: it is shown to be worse by more than epsilon. not beyond chance: it won, but its exact kappa may be 0. little power: it did not win, and a model as good as these annotators might not have either.",
    ),
  constant: constantSchema.optional(),
  power: proportion
    .optional()
    .describe("How often a model that is exactly as good as these annotators would win."),
  tieDiscounted: scoredTestSchema
    .optional()
    .describe("The same test scored by tie-discounted agreement: it decides nothing."),
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
  adjudicated: z
    .strictObject({
      comparisons: count.describe("With an adjudicated answer in force."),
      groups: z.array(
        z.strictObject({
          group: z.string().nullable().describe("Null: all people."),
          agreement: estimateSchema.describe(
            "Mean over prompts of the tie-discounted agreement of judgments with the answer; n: judgments.",
          ),
        }),
      ),
    })
    .optional()
    .describe("With answers of people who had seen the judgments, which are in no rate; missing: none."),
});
export type Agreement = z.infer<typeof agreementSchema>;
