import { z } from "zod";
import { protocolChangeSchema } from "./protocol-change.ts";

const count = z.number().int().nonnegative();
const group = z.string();
const wantedSchema = z.strictObject({
  judgments: count,
  sharedJudgments: count,
  judgmentsPerAnnotator: count.nullable(),
});

/** One thing that an amendment changes. */
export const amendmentChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("baselines"), systems: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("group"), group, wanted: wantedSchema }),
  z.strictObject({ kind: z.literal("judgments"), group, from: wantedSchema, to: wantedSchema }),
  z.strictObject({ kind: z.literal("wording"), languages: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("settings"), names: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("responses"), system: z.string(), prompts: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("reopened") }),
]);
export type AmendmentChange = z.infer<typeof amendmentChangeSchema>;

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
const amendmentReasonSchema = z.string().trim().min(1).max(2000);

export const amendmentRequestSchema = amendmentSchema.extend({
  reason: amendmentReasonSchema.optional().describe("Shown in the report; needed unless dryRun."),
  dryRun: z.boolean().optional().describe("Whether to answer what would follow, and do nothing."),
  confirm: z.string().max(100).optional().describe("The name of the study again; needed unless dryRun."),
});

/** What an amendment does, before it is done and afterwards. */
export const amendmentPlanSchema = z.strictObject({
  /** Of the protocol, once it is done. */
  revision: z.number().int().positive(),
  changes: z.array(amendmentChangeSchema),
  /** Judgments that are asked for anew: of more comparisons, or more of the same. */
  added: z.strictObject({ judgments: count, comparisons: count }),
  /** Judgments of texts that are corrected: they leave all figures, and their places are free for others. */
  askedAgain: count,
  /** Of these, judgments for which nobody is left in the group who has not had the pair. */
  nobodyLeft: count,
  /** Judgments that stay in all figures as they are. */
  kept: count,
  /** Of these, judgments that the report keeps apart by revision, since they answer an earlier wording. */
  marked: count,
  /** Pairs that annotators hold and have not judged; of these, pairs with a text that is corrected, which end. */
  held: count,
  ended: count,
  done: z.boolean(),
});
export type AmendmentPlan = z.infer<typeof amendmentPlanSchema>;

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
