import { z } from "zod";
import { count, maybe, notEstimableSchema } from "./report-estimates.ts";

const place = count.nullable();

/** A system's place. Strengths are logarithms with mean 0 over the systems that can be compared. */
export const rankedSystemSchema = z.strictObject({
  system: z.string(),
  judgments: count,
  logStrength: z.number(),
  standardError: maybe.describe("Cluster-robust; null where it cannot be had."),
  low: maybe,
  high: maybe,
  score: z.number().describe("1000 + 400/ln 10 × log strength: the scale of Elo ratings."),
  rank: place.describe(
    "1 + the systems whose interval lies wholly above this one's; null without an interval.",
  ),
  rankLow: place.describe("The best place that resampling of prompts gives in 95 of 100 cases."),
  rankHigh: place.describe("The worst place."),
  resampledLow: maybe.describe("95 % interval of the log strength by resampling prompts."),
  resampledHigh: maybe,
  notEstimable: z.string().nullable().describe("Why there is no standard error; null where there is one."),
});
export type RankedSystem = z.infer<typeof rankedSystemSchema>;

const fitSchema = z.strictObject({
  systems: z.array(rankedSystemSchema).describe("Strongest first."),
  method: z.string(),
  logLikelihood: z.number(),
  winProbabilities: z
    .array(z.array(z.number()))
    .describe(
      "[i][j]: how likely system i is to be preferred to system j, in the order of `systems`; a tie counts one half.",
    ),
});
export type RankingFit = z.infer<typeof fitSchema>;

export const rankingSchema = z.strictObject({
  judgments: count.describe("Judgments of people among the ranked systems."),
  prompts: count,
  notComparable: z
    .array(z.array(z.string()))
    .describe("Systems that judgments do not connect with the ranked ones, in the sets that are connected."),
  reason: z.string().nullable().describe("Why systems are missing from the ranking."),
  bradleyTerry: z.union([fitSchema, notEstimableSchema]),
  davidson: z.union([
    fitSchema.extend({
      nu: z.number().describe("How likely ties are: at equal strengths ν/(2 + ν) of judgments."),
    }),
    notEstimableSchema,
  ]),
});
export type Ranking = z.infer<typeof rankingSchema>;
