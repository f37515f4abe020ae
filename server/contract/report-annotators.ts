import { z } from "zod";
import { count, estimateSchema, maybe, notEstimableSchema, proportion } from "./report-estimates.ts";

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

/** How one annotator worked. */
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
  outlier: z.union([
    z.strictObject({ p: proportion, flagged: z.boolean(), method: z.string() }),
    notEstimableSchema,
  ]),
});
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
      converged: z.boolean(),
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
