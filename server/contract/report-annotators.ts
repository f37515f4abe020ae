import { z } from "zod";
import { count, estimateSchema, maybe, notEstimableSchema, proportion, pValue } from "./report-estimates.ts";

const shareSchema = z.union([
  z.strictObject({
    count,
    of: count,
    rate: proportion,
    low: proportion,
    high: proportion,
    method: z.string(),
  }),
  notEstimableSchema,
]);

/** The rules by which annotators are pointed out; `pointedOut` below has them in words. */
export const annotatorRuleSchema = z.enum(["chance", "speed", "side", "answer", "checks"]);
const rulesSchema = z.array(annotatorRuleSchema).optional();

/**
 * How one annotator worked. What is optional is missing in reports that were kept by older versions; nobody is left out of a
 * figure by it.
 */
export const annotatorSchema = z.strictObject({
  annotator: z.string(),
  group: z.string(),
  judgments: count,
  excluded: z
    .string()
    .nullable()
    .describe("The rule by which these judgments are left out of every other figure; null: they count."),
  medianActiveSeconds: maybe,
  left: shareSchema.describe("Left among the decisive judgments whose side is known."),
  ties: shareSchema,
  agreement: estimateSchema.describe("Tie-discounted agreement with the others on the same comparisons."),
  checks: z.strictObject({ passed: count, of: count }).describe("Comparisons with a known answer."),
  repeats: z
    .strictObject({ same: count, of: count })
    .describe("The same comparison judged again with the same outcome."),
  drift: z.union([
    z.strictObject({
      agreement: z.tuple([maybe, maybe, maybe]).describe("By thirds of their work."),
      medianActiveSeconds: z.tuple([maybe, maybe, maybe]),
    }),
    notEstimableSchema,
  ]),
  againstChance: z
    .union([
      z.strictObject({
        judgments: count.describe("Those on comparisons that others judged too."),
        agreement: z.number(),
        chance: z
          .number()
          .describe("The mean over all ways to deal the annotator’s own answers over the same comparisons."),
        kappa: z
          .union([z.number(), notEstimableSchema])
          .optional()
          .describe("(agreement − chance) / (1 − chance): 0 for chance, 1 for full agreement."),
        p: pValue.describe(
          "Null while the study is interim. Share of these ways that agree at least as well: small is better than chance.",
        ),
        power: proportion.describe(
          "How often an annotator who answers by lot would be shown to be below the others, about.",
        ),
        found: z
          .enum(["better", "not shown", "below", "cannot tell"])
          .describe(
            "not shown, below: agreement beyond chance is further below what the others show among themselves than that of the lowest of all annotators who read would be in one study of twenty; not shown: and p is not below .05. better: p is below .05, and agreement not that far below. cannot tell: neither.",
          ),
        method: z.string(),
      }),
      notEstimableSchema,
    ])
    .optional()
    .describe("Agreement with the others, beside the annotator’s own answers dealt anew."),
  fast: shareSchema.optional().describe("Judgments of less than 2 seconds, among those whose time is known."),
  oneAnswer: z
    .union([
      z.strictObject({
        answer: z.enum(["win", "tie", "loss"]).describe("Of the target, else of the system first by name."),
        ...{ count, of: count, rate: proportion, low: proportion, high: proportion, method: z.string() },
        others: proportion.describe("How often others give this answer on the same pairs of systems."),
      }),
      notEstimableSchema,
    ])
    .optional()
    .describe("The most frequent answer."),
  pointedOut: rulesSchema.describe(
    "By which rules the annotator stands out. chance: agreement is far below that of the others. speed: half of 5 or more judgments or more took less than 2 s. side: of 10 or more decisive judgments the interval of the left ones lies above 2/3 or below 1/3. answer: of 10 or more judgments the interval of one answer lies above .8 and above the share of the others. checks: more than half of 3 or more failed.",
  ),
  notLookedAt: rulesSchema.describe("Rules for which too little is known of this annotator."),
  outlier: z
    .union([z.strictObject({ p: proportion, flagged: z.boolean(), method: z.string() }), notEstimableSchema])
    .describe("Of older versions: no longer estimated, see againstChance and pointedOut."),
});
export type AnnotatorRule = z.infer<typeof annotatorRuleSchema>;
export type AnnotatorFigures = z.infer<typeof annotatorSchema>;

const labelCounts = z.strictObject({ win: count, tie: count, loss: count });

export const aggregationSchema = z.strictObject({
  pairs: z.array(
    z.strictObject({
      system: z.string(),
      against: z.string(),
      comparisons: count,
      majority: labelCounts.describe("By plurality; a draw is a tie."),
      dawidSkene: z.union([labelCounts, notEstimableSchema]),
    }),
  ),
  dawidSkene: z.union([
    z.strictObject({
      comparisons: count,
      annotators: count,
      iterations: count,
      converged: z
        .boolean()
        .describe("False only in reports kept by older versions: without convergence there are no labels."),
      logLikelihood: z.number(),
      differsFromMajority: count.describe("Comparisons whose label differs from the majority's."),
    }),
    notEstimableSchema,
  ]),
});
export type Aggregation = z.infer<typeof aggregationSchema>;

/** Every headline figure with the judgments that exclusions in force leave out (`before`) and without (`after`). */
export const exclusionEffectSchema = z.strictObject({
  annotators: count,
  judgments: count,
  rules: z.array(z.string()),
  pairs: z.array(
    z.strictObject({
      system: z.string(),
      against: z.string(),
      before: z.strictObject({ judgments: count, halfTieRateByPrompt: estimateSchema }),
      after: z.strictObject({ judgments: count, halfTieRateByPrompt: estimateSchema }),
    }),
  ),
});
export type ExclusionEffect = z.infer<typeof exclusionEffectSchema>;
