import { z } from "zod";
import { intervalSchema, notEstimableSchema, pValue } from "./report-estimates.ts";

const corrected = pValue.describe(
  "Null where p is. Corrected by Holm over the same pairs as the tests of a difference.",
);

/** Whether something is shown; null: the test is not confirmatory. */
const shown = z.boolean().nullable();

/** Tests against the declared margin, for those whom the conclusion of the pair is about. */
export const marginTestSchema = z.union([
  z.strictObject({
    margin: z
      .number()
      .describe("As declared, in half-tie rate: rates from ½ less it to ½ plus it are as good as even."),
    nonInferiority: z.strictObject({
      p: pValue.describe("Null while interim. One-sided, of the rate being at most ½ less the margin."),
      pHolm: corrected,
      shown: shown.describe(
        "p below 0.025: the 95 % interval of the same target lies above ½ less the margin.",
      ),
      afterCorrection: shown,
    }),
    equivalence: z.strictObject({
      p: pValue.describe("Null while interim. The larger of two one-sided tests."),
      pHolm: corrected,
      shown: shown.describe("p below 0.05: the 90 % interval lies within the margin on both sides."),
      afterCorrection: shown,
    }),
    interval: intervalSchema.describe("The 90 % interval of the declared half-tie rate, of the same target."),
  }),
  notEstimableSchema,
]);
export type MarginResult = z.infer<typeof marginTestSchema>;
