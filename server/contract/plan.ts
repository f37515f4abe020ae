import { z } from "zod";

const SHARE = "Give a share from 0 to 1, such as 0.55.";
const WHOLE = "Give a whole number from 1.";
const POWER = "Give a power above 0.05, the test’s error rate, and below 1.";
const share = z.coerce.number(SHARE).min(0, SHARE).max(1, SHARE);
const whole = z.coerce.number(WHOLE).int(WHOLE).min(1, WHOLE).max(999_999_999, "Give at most 999,999,999.");

const AMOUNT = "Give an amount from 0, such as 12.50.";
const amount = z.coerce.number(AMOUNT).min(0, AMOUNT).max(1_000_000, AMOUNT);

/** GET /api/plan: with a rate alone it computes prompts, with prompts alone the smallest rate, with both the power. */
export const planQuerySchema = z.strictObject({
  rate: share.optional().describe("The half-tie rate to be detected: wins and half of the ties."),
  prompts: whole.optional(),
  power: z.coerce.number(POWER).gt(0.05, POWER).lt(1, POWER).default(0.8),
  ties: share.default(0.22).describe("Share of judgments that will be ties."),
  judgments: whole.default(1).describe("Judgments of each prompt."),
  correlation: share.default(0.5).describe("How alike two judgments of one prompt are."),
  about: z
    .enum(["like-these", "these"], "Write like-these or these.")
    .default("like-these")
    .describe("Whom the conclusion is about, as the protocol declares it."),
  annotators: whole
    .optional()
    .describe("How many annotators share the judgments; left out: 20, or as many as judge each prompt."),
  annotatorCorrelation: share
    .default(0)
    .describe(
      "How alike two judgments of one annotator on different prompts are; 0: annotators do not differ.",
    ),
  words: whole
    .optional()
    .describe("Words that an annotator reads for one judgment: the prompt and both answers."),
  readingSpeed: whole.default(240).describe("Words that an annotator reads per minute."),
  pay: amount.optional().describe("Pay per hour, in any currency; it takes `words`."),
});
export type PlanQuery = z.infer<typeof planQuerySchema>;

/** What was asked, what is assumed and what follows; rates and power as shares. */
export const planSchema = z.strictObject({
  test: z.string(),
  rate: z.number().optional(),
  smallestRate: z.number().optional().describe("The half-tie rate above ½ closest to it that is detected."),
  power: z.number(),
  ties: z.number(),
  judgmentsPerPrompt: z.number(),
  correlation: z.number(),
  target: z.enum(["annotators like these", "these annotators"]),
  annotators: z.number().optional().describe("Missing where the conclusion is about these annotators."),
  annotatorCorrelation: z.number(),
  prompts: z.number(),
  judgments: z.number(),
  effectiveJudgments: z.number().describe("Independent judgments that they are worth."),
  hours: z.number().optional().describe("Hours of reading that the judgments take, where words were given."),
  cost: z.number().optional().describe("Pay for these hours."),
});
export type Plan = z.infer<typeof planSchema>;

/** What a study that was judged shows for the plan of another; shares to three decimals. */
export const pilotSchema = z.strictObject({
  ties: z.number().describe("Share of ties, over all people."),
  correlation: z
    .number()
    .optional()
    .describe("Of two judgments of one prompt; missing where each prompt had one."),
  annotatorCorrelation: z.number().describe("Of two judgments of one annotator on different prompts."),
  judgments: z.number().describe("Judgments that the correlations rest on."),
  annotators: z.number().describe("The most annotators that any of its pairs had."),
});
export type Pilot = z.infer<typeof pilotSchema>;
