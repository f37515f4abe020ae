import { z } from "zod";
import { marginTestSchema } from "./report-margin.ts";
import {
  count,
  estimateSchema,
  intervalSchema,
  notEstimableSchema,
  proportion,
  pValue,
  testStatusSchema,
} from "./report-estimates.ts";

/** A test that could not be made still says what it would have been read as. */
const refusedTestSchema = notEstimableSchema.extend({ status: testStatusSchema });

const pHolm = pValue.describe(
  "Corrected by Holm over the family: every pair that the report lists for this group of annotators. Null where p is.",
);

/** Exact, on prompts: each prompt counts once, as what most of its judgments that are no ties say. */
const signTestSchema = z.union([
  z.strictObject({
    p: pValue,
    pHolm,
    wins: count.describe("Prompts with more wins than losses, all turns together."),
    losses: count.describe("Prompts with more losses than wins."),
    ties: count.describe("Prompts with as many of either; they do not enter."),
    status: testStatusSchema,
  }),
  refusedTestSchema,
]);

/** Tests the declared half-tie rate against one half: one sign a prompt, for all its judgments. */
const permutationTestSchema = z.union([
  z.strictObject({
    p: pValue,
    pHolm,
    prompts: count.describe("Prompts that lean to either side; the others weigh nothing."),
    method: z.string(),
    status: testStatusSchema,
  }),
  refusedTestSchema,
]);

/** Tests the declared half-tie rate against one half, annotators being a sample as prompts are: the dual of its interval. */
const tTestSchema = z.union([
  z.strictObject({
    p: pValue,
    pHolm,
    t: z
      .number()
      .nullable()
      .describe(
        "Standard errors that the rate lies above one half; null where every judgment is a win, or a loss, and the test is exact.",
      ),
    df: z.number().nullable().describe("Degrees of freedom, those of the rate's own interval; null with t."),
    method: z.string(),
    status: testStatusSchema,
  }),
  refusedTestSchema,
]);

/** A preference that a figure shows: its interval leaves one half out, on one side; neither: it does not. */
const preferenceSchema = z.enum(["better", "worse", "neither"]);

/**
 * What is concluded about a pair: one target, with the one interval and the one test that belong to each other and to it.
 * Prompts are always a sample. Annotators are these and no others, as the permutation test and the sign test take them, or
 * a sample too, as the t test does. Both targets stand beside, for comparison.
 */
const conclusionSchema = z.strictObject({
  annotators: count.describe("Annotators of this row, of whom a name is known."),
  unnamed: count
    .optional()
    .describe("Judgments of this row that name nobody as their annotator; missing: none."),
  annotatorsAre: z
    .enum(["a sample", "seen once", "fixed", "not named"])
    .describe(
      "A sample: some judged more than once, so that the two targets differ. Seen once: nobody judged twice, so that prompts and annotators vary together. Fixed: a model, or one or two annotators; nothing is known about others. Not named: it is not known who made some of the judgments.",
    ),
  theseAnnotators: estimateSchema.describe(
    "The declared half-tie rate, with the interval for other prompts judged by these annotators: it inverts the permutation test.",
  ),
  annotatorsLikeThese: estimateSchema.describe(
    "The same, with the interval for other prompts judged by other annotators like these: it inverts the t test.",
  ),
  target: z
    .enum(["these annotators", "annotators like these", "these votes"])
    .describe(
      "Of whom the conclusion is: as declared, these where annotators are fixed, or these votes where some have no name.",
    ),
  test: z.enum(["tTest", "permutationTest", "signTest"]).describe("The test of that target."),
  estimate: estimateSchema.describe(
    "The figure that the test is about, with the interval of the target: the declared half-tie rate or, of the sign test, the share of prompts won among those won or lost (n: their number).",
  ),
  verdict: preferenceSchema
    .or(z.literal("refused"))
    .nullable()
    .describe(
      "Of this interval alone, and so of its test before correction. Refused: there is no interval or no test. Null: the test is not confirmatory.",
    ),
  comparisons: count.describe("Pairs that are corrected together."),
  afterCorrection: preferenceSchema
    .nullable()
    .describe("What Holm's correction leaves of the verdict; null where there is none."),
  look: z
    .strictObject({
      level: z
        .number()
        .describe("Two-sided level of the test at this look; `estimate` has the interval of that level."),
      levelAfterCorrection: z.number().describe("The same where the error is shared by all comparisons."),
    })
    .optional()
    .describe("Where looks were declared: what p is held against, in place of 0.05 and of the corrected p."),
  margin: marginTestSchema
    .optional()
    .describe("Non-inferiority and equivalence, where a margin was declared."),
});
export type Conclusion = z.infer<typeof conclusionSchema>;

/** What it takes for a 95 % interval of that half-width for the conclusion's target, at as many judgments per prompt as now. */
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
