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
const signTestSchema = z.union([
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
const permutationTestSchema = z.union([
  z.strictObject({
    p: proportion,
    pHolm,
    prompts: count.describe("Prompts that lean to either side; the others weigh nothing."),
    method: z.string(),
    status: testStatusSchema,
  }),
  refusedTestSchema,
]);

/** Tests the declared half-tie rate against one half, annotators being a sample as prompts are. */
const tTestSchema = z.union([
  z.strictObject({
    p: proportion,
    pHolm,
    t: z.number().describe("Standard errors that the rate lies above one half."),
    df: z.number().describe("Degrees of freedom, those of the rate's own interval."),
    method: z.string(),
    status: testStatusSchema,
  }),
  refusedTestSchema,
]);

/**
 * What the declared test comes to, and of whom. Prompts are always a sample. Annotators are these and no others, as the
 * permutation test and the sign test take them, or a sample too, as the t test does: each target has its own interval.
 */
const conclusionSchema = z.strictObject({
  annotators: count.describe("Annotators of this row."),
  annotatorsAre: z
    .enum(["a sample", "seen once", "fixed"])
    .describe(
      "A sample: some judged more than once, so that the two targets differ. Seen once: nobody judged twice, so that one interval and one test hold for both. Fixed: a model, or the only annotator; nothing is told of others.",
    ),
  theseAnnotators: estimateSchema.describe(
    "The declared half-tie rate, with the interval for other prompts judged by these annotators.",
  ),
  annotatorsLikeThese: estimateSchema.describe(
    "The same, with the interval for other prompts judged by other annotators like these.",
  ),
  verdict: z
    .enum(["better", "worse", "neither", "open", "refused"])
    .nullable()
    .describe(
      "Of the declared test, after correction. Better, worse: significant, and every interval of a half-tie rate leaves one half out on that side. Neither: not significant. Open: significant, but an interval does not leave one half out. Refused: the test cannot be made. Null: the test is not confirmatory.",
    ),
  reach: z
    .enum(["these annotators", "annotators like these"])
    .nullable()
    .describe("Of whom the verdict better or worse is told; null where it is another."),
  open: z
    .enum(["theseAnnotators", "annotatorsLikeThese", "otherRate"])
    .nullable()
    .describe(
      "Which interval keeps the verdict open: of one of the two targets, or of the half-tie rate that was not declared.",
    ),
});
export type Conclusion = z.infer<typeof conclusionSchema>;

/** What it takes for a 95 % interval of that half-width, at as many judgments a prompt as now. */
const judgmentsNeededSchema = z.union([
  z.strictObject({
    halfWidth: proportion,
    prompts: count.describe("Prompts in all, those judged already among them."),
    judgments: count.describe("Judgments in all."),
    annotators: count
      .nullable()
      .describe("Annotators in all, more of them with more prompts; null where they are fixed."),
    limit: z
      .string()
      .nullable()
      .describe(
        "Why the annotators at hand are too few, however many prompts they judge; null: they may do.",
      ),
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
  tTest: tTestSchema,
  conclusion: conclusionSchema,
  resampledByPrompt: intervalSchema.describe(
    "The interval of the half-tie rate by prompt once more, by resampling prompts.",
  ),
  judgmentsNeeded: judgmentsNeededSchema,
});
export type PairTests = z.infer<typeof pairTestsSchema>;
export type SignTestResult = z.infer<typeof signTestSchema>;
export type TTestResult = z.infer<typeof tTestSchema>;
export type PermutationTestResult = z.infer<typeof permutationTestSchema>;
