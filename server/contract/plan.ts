import { z } from "zod";

const SHARE = "Give a share from 0 to 1, such as 0.55.";
const WHOLE = "Give a whole number from 1.";
const POWER = "Give a power above 0.05, the test’s error rate, and below 1.";
const share = z.coerce.number(SHARE).min(0, SHARE).max(1, SHARE);
const whole = z.coerce.number(WHOLE).int(WHOLE).min(1, WHOLE).max(999_999_999, "Give at most 999,999,999.");

/** GET /api/plan: with a rate alone it computes prompts, with prompts alone the smallest rate, with both the power. */
export const planQuerySchema = z.strictObject({
  rate: share.optional().describe("The half-tie rate to be detected: wins and half of the ties."),
  prompts: whole.optional(),
  power: z.coerce.number(POWER).gt(0.05, POWER).lt(1, POWER).default(0.8),
  ties: share.default(0.22).describe("Share of judgments that will be ties."),
  judgments: whole.default(1).describe("Judgments of each prompt."),
  correlation: share.default(0.5).describe("How alike two judgments of one prompt are."),
  annotators: whole.optional().describe("How many annotators share the judgments; left out: 20 or more."),
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
  annotators: z.number().optional(),
  prompts: z.number(),
  judgments: z.number(),
  effectiveJudgments: z.number().describe("Independent judgments that they are worth."),
});
export type Plan = z.infer<typeof planSchema>;
