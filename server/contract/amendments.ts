import { z } from "zod";
import { amendmentChangeSchema } from "./amendment-plan.ts";
import { protocolChangeSchema } from "./protocol-change.ts";

const count = z.number().int().nonnegative();

/** A response whose text was broken, with its text as it should have been: one string, or one per turn. */
const correctedResponseSchema = z.strictObject({
  prompt: z.string().max(1000),
  system: z.string().max(200),
  output: z.union([z.string(), z.array(z.string()).min(1)]),
});
export type CorrectedResponse = z.infer<typeof correctedResponseSchema>;

const RESPONSES_MAX = 10_000;

/** What a study is to become. Anything that is absent stays as it is. */
export const amendmentSchema = z.strictObject({
  protocol: protocolChangeSchema.optional().describe("Members of the protocol, each as a whole."),
  responses: z.array(correctedResponseSchema).max(RESPONSES_MAX).optional(),
  reopen: z.literal(true).optional().describe("Whether a closed study is opened again."),
  revision: z
    .number()
    .int()
    .positive()
    .optional()
    .describe("The one that the plan named: where another amendment came in between, nothing is done."),
});
export type Amendment = z.infer<typeof amendmentSchema>;

/** Why a study is amended: the report shows it. */
export const amendmentReasonSchema = z.string().trim().min(1).max(2000);

export const amendmentRequestSchema = amendmentSchema.extend({
  reason: amendmentReasonSchema.optional().describe("Shown in the report; needed unless dryRun."),
  dryRun: z.boolean().optional().describe("Whether to answer what would follow, and do nothing."),
  confirm: z.string().max(100).optional().describe("The name of the study again; needed unless dryRun."),
});

/** A revision of a study's protocol: the first froze it, each later one amended it. */
export const revisionSchema = z.strictObject({
  revision: z.number().int().positive(),
  hash: z.string(),
  at: z.string(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  changes: z.array(amendmentChangeSchema),
  /** Judgments given to pairs that were assigned under it, whether or not they are in a figure. */
  judgments: count,
});
export type Revision = z.infer<typeof revisionSchema>;
