import { z } from "zod";

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
  z.strictObject({
    kind: z.literal("material"),
    prompts: count.describe("Loaded prompts that nothing was compared of before."),
    comparisons: count.describe("Comparisons that loaded prompts and responses add."),
  }),
  z.strictObject({
    kind: z.literal("shared"),
    from: count,
    to: count,
    joining: z.array(z.string()).describe("Prompts that every group judges first from now on."),
    leaving: z
      .array(z.string())
      .describe("Prompts that nobody was given a pair of, and that are shared no more."),
  }),
  z.strictObject({ kind: z.literal("reopened") }),
]);
export type AmendmentChange = z.infer<typeof amendmentChangeSchema>;

/** What an amendment does, before it is done and afterwards. */
export const amendmentPlanSchema = z.strictObject({
  /** Of the protocol, once it is done. */
  revision: z.number().int().positive(),
  changes: z.array(amendmentChangeSchema),
  /** Judgments that are asked for anew: of more comparisons, or more of the same. */
  added: z.strictObject({ judgments: count, comparisons: count }),
  /** Judgments that are no longer asked for: of comparisons that nobody was given. */
  dropped: count,
  /** Judgments of texts that are corrected: they leave all figures, and their places are free for others, or for the same models. */
  askedAgain: count,
  /** Pairs with a known answer that show a text that is corrected: the answer stays, whether or not it is still right. */
  checks: count,
  /** Of the judgments that are asked for again, those for which nobody is left in the group who has not had the pair. */
  nobodyLeft: count,
  /** Judgments that stay in all figures as they are. */
  kept: count,
  /** Of these, judgments that the report keeps apart by revision, since they answer an earlier wording. */
  marked: count,
  /** Pairs that people hold and have not judged; of these, pairs with a text that is corrected, which end. */
  held: count,
  ended: count,
  done: z.boolean(),
});
export type AmendmentPlan = z.infer<typeof amendmentPlanSchema>;
