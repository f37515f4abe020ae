import { z } from "zod";
import { count, estimateSchema, maybe, notEstimableSchema } from "./report-estimates.ts";

const place = count.nullable();

/** A system's place. Strengths are logarithms with mean 0 over the systems that can be compared. */
const rankedSystemSchema = z.strictObject({
  system: z.string(),
  judgments: count,
  logStrength: z.number(),
  standardError: maybe.describe("Cluster-robust; null where it cannot be had."),
  low: maybe,
  high: maybe,
  score: z.number().describe("1000 + 400/ln 10 × log strength: the scale of Elo ratings."),
  rank: place.describe(
    "1 + the systems that stand above the ranked set + those in it with a greater strength; null without an interval.",
  ),
  rankLow: place.describe(
    "The best place that intervals leave open: below every system whose interval lies wholly above this one's.",
  ),
  rankHigh: place.describe(
    "The worst: above every ranked system whose interval lies wholly below this one's.",
  ),
  rankLowTogether: place
    .optional()
    .describe(
      "The best place that stays open when every two systems are compared, with Holm's correction over all pairs: these ranges hold for all systems together.",
    ),
  rankHighTogether: place.optional().describe("The worst place of that kind."),
  resampledLow: maybe.describe("95 % interval of the log strength by resampling prompts."),
  resampledHigh: maybe,
  notEstimable: z.string().nullable().describe("Why there is no standard error; null where there is one."),
});
export type RankedSystem = z.infer<typeof rankedSystemSchema>;

/** Two systems on the scale of strengths. */
const differenceSchema = z.strictObject({
  first: z.string().describe("The stronger one."),
  second: z.string(),
  score: z.number().describe("The difference of their scores."),
  difference: z.number().describe("Of log strengths, with its 95 % interval."),
  low: z.number(),
  high: z.number(),
  pHolm: z
    .number()
    .nullable()
    .describe(
      "Null while the study is interim. Of the t test that they are equal, corrected by Holm over all pairs of systems.",
    ),
});
export type StrengthDifferenceTold = z.infer<typeof differenceSchema>;

const fitSchema = z.strictObject({
  systems: z.array(rankedSystemSchema).describe("Strongest first."),
  method: z.string(),
  logLikelihood: z.number(),
  differences: z
    .array(differenceSchema)
    .optional()
    .describe(
      "Every two systems, each compared by the judgments of all; those without an error are left out.",
    ),
  winProbabilities: z
    .array(z.array(z.number()))
    .describe(
      "[i][j]: how likely system i is to be preferred to system j, in the order of `systems`; a tie counts one half.",
    ),
});
export type RankingFit = z.infer<typeof fitSchema>;

const outsideSchema = z.strictObject({
  systems: z.array(z.string()),
  standing: z
    .enum(["above", "below", "unordered", "unconnected", "unjudged"])
    .nullable()
    .describe(
      "To the ranked systems. above: never lost to any of them, directly or through others; below: the other way round; " +
        "unordered: judgments connect the two without saying which is better; null where nothing is ranked.",
    ),
  above: count.describe("How many systems are known to stand above these, and below them."),
  below: count,
  wins: count.describe("What came of their judgments with systems outside of this set."),
  ties: count,
  losses: count,
  says: z.string().describe("The same in words."),
});
export type OutsideRanking = z.infer<typeof outsideSchema>;

const pairGapSchema = z.strictObject({
  first: z.string(),
  second: z.string(),
  judgments: count,
  observed: z.number().describe("Share that went to the first system, a tie counting one half."),
  expected: z.number().describe("The same as the strengths expect it."),
  z: maybe.describe("Standard errors between the two, prompts being clusters."),
});

const pairFitSchema = z.strictObject({
  p: maybe.describe("Of the largest |z| among all pairs, if one strength a system explained every pair."),
  misfit: z.boolean().describe("Whether p is below .05: one strength a system does not explain these pairs."),
  notEstimable: z.string().nullable().describe("Why there is no test; null where there is one."),
  method: z.string(),
  pairs: z.array(pairGapSchema).describe("The pairs that fit worst, the worst first; at most 20."),
  circles: z
    .array(z.array(z.string()))
    .describe(
      "Where the test finds a misfit: each system preferred to the next, the last to the first; at most 10.",
    ),
});
export type RankingPairFit = z.infer<typeof pairFitSchema>;

const byModelSchema = z.strictObject({
  judge: z.string(),
  group: z.string(),
  judgments: count.describe("Of this model, among the systems that it ranks."),
  prompts: count,
  outside: z.array(outsideSchema),
  bradleyTerry: z.union([fitSchema, notEstimableSchema]),
  withPeople: z
    .union([
      z.strictObject({ systems: count, kendall: estimateSchema, spearman: estimateSchema }),
      notEstimableSchema.extend({ systems: count }),
    ])
    .describe(
      "How far the order is that of the people, over the systems that both rank: Kendall's τ_b, Spearman's ρ.",
    ),
});
export type RankingByModel = z.infer<typeof byModelSchema>;

export const rankingSchema = z.strictObject({
  judgments: count.describe("Judgments of people among the ranked systems."),
  prompts: count,
  notComparable: z
    .array(z.array(z.string()))
    .describe(
      "Systems that cannot be put on the scale of the ranked ones, in the sets that can among themselves.",
    ),
  outside: z.array(outsideSchema).describe("The same sets, each with where it stands."),
  reason: z.string().nullable().describe("Why systems are missing from the ranking."),
  bradleyTerry: z.union([fitSchema, notEstimableSchema]),
  davidson: z.union([
    fitSchema.extend({
      nu: z.number().describe("How likely ties are: at equal strengths ν/(2 + ν) of judgments."),
    }),
    notEstimableSchema,
  ]),
  pairFit: pairFitSchema
    .nullable()
    .describe("How well Bradley–Terry fits the pairs; null where it is refused."),
  models: z
    .array(byModelSchema)
    .optional()
    .describe("By each model that judged, alone; missing where none did."),
});
export type Ranking = z.infer<typeof rankingSchema>;
