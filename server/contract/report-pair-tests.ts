import { z } from "zod";
import {
  count,
  estimateSchema,
  intervalSchema,
  notEstimableSchema,
  proportion,
  testStatusSchema,
} from "./report-estimates.ts";

/** A test that could not be made still says what it would have been read as. */
const refusedTestSchema = notEstimableSchema.extend({ status: testStatusSchema });

const pHolm = proportion.describe(
  "Corrected by Holm over the family: every pair that the report lists for this group of annotators.",
);

/** Exact, on prompts: each prompt counts once, as what most of its judgments that are no ties say. */
export const signTestSchema = z.union([
  z.strictObject({
    p: proportion,
    pHolm,
    wins: count.describe("Prompts with more wins than losses, all turns together."),
    losses: count.describe("Prompts with more losses than wins."),
    ties: count.describe("Prompts with as many of either; they do not enter."),
    status: testStatusSchema,
  }),
  refusedTestSchema,
]);

/** Tests the mean over prompts against one half: one sign a prompt, for all its judgments. */
export const permutationTestSchema = z.union([
  z.strictObject({
    p: proportion,
    pHolm,
    prompts: count.describe("Prompts that lean to either side; the others weigh nothing."),
    method: z.string(),
    status: testStatusSchema,
  }),
  refusedTestSchema,
]);

/** What it takes for a 95 % interval of that half-width, at as many judgments a prompt as now. */
export const judgmentsNeededSchema = z.union([
  z.strictObject({
    halfWidth: proportion,
    prompts: count.describe("Prompts in all, those judged already among them."),
    judgments: count.describe("Judgments in all."),
  }),
  notEstimableSchema,
]);

/** What stands beside the rates of one pair of systems in one group. */
export const pairTestsSchema = z.strictObject({
  netPreference: estimateSchema.describe("Rate of wins less rate of losses, −1 to 1; mean over judgments."),
  equalOrBetter: estimateSchema.describe("Share of judgments that are a win or a tie."),
  sideAdjusted: estimateSchema.describe(
    "Mean of the half-tie rate where the system stood on the left and where it stood on the right; judgments whose side is unknown are left out.",
  ),
  signTest: signTestSchema,
  permutationTest: permutationTestSchema,
  resampledByPrompt: intervalSchema.describe(
    "The interval of the half-tie rate by prompt once more, by resampling prompts.",
  ),
  judgmentsNeeded: judgmentsNeededSchema,
});
export type PairTests = z.infer<typeof pairTestsSchema>;
export type SignTestResult = z.infer<typeof signTestSchema>;
export type PermutationTestResult = z.infer<typeof permutationTestSchema>;
export type JudgmentsNeeded = z.infer<typeof judgmentsNeededSchema>;
