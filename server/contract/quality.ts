import { z } from "zod";

/** Rules of a study about how annotators work, what they found, and what a person decided about it. */

const count = z.number().int().nonnegative();

/** What a rule looks at. */
export const signalSchema = z.enum(["gold", "attention", "repeats", "speed", "straight"]);
export type Signal = z.infer<typeof signalSchema>;

/** What follows, from the mildest: a note for the owner, a warning, a pause until a person has looked, the proposal to end. */
const consequenceSchema = z.enum(["note", "warn", "pause", "end"]);
export type Consequence = z.infer<typeof consequenceSchema>;

/** What a threshold is, and the least and the most that it can be. */
const THRESHOLDS: Readonly<Record<Signal, { means: string; least: number; most: number; whole?: true }>> = {
  gold: { means: "the smallest share of gold pairs answered as expected", least: 0.01, most: 1 },
  attention: { means: "the smallest share of attention checks answered as instructed", least: 0.01, most: 1 },
  repeats: { means: "the smallest share of repeated pairs judged as before", least: 0.01, most: 1 },
  speed: { means: "words per minute", least: 50, most: 100_000 },
  straight: { means: "the number of equal choices in a row", least: 3, most: 1000, whole: true },
};

/** One rule: what it looks at, from when on it stands out, after how many, what follows, and for how many people at most. @internal */
export const ruleSchema = z
  .strictObject({
    signal: signalSchema,
    threshold: z
      .number()
      .describe(
        "gold, attention, repeats: a share below it stands out; speed: words per minute that half of the pairs exceed; straight: equal choices in a row.",
      ),
    after: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .describe("gold, attention, repeats: so many of them judged; speed, straight: so many pairs judged."),
    then: consequenceSchema,
    cap: z
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe("The most people of the study whom the rule pauses; for others it only notes."),
  })
  .superRefine(({ signal, threshold }, refinement) => {
    const { means, least, most, whole } = THRESHOLDS[signal];
    if (threshold >= least && threshold <= most && !(whole && !Number.isInteger(threshold))) return;
    const message = `is ${means}${whole ? ", a whole number" : ""}, from ${least} to ${most}`;
    refinement.addIssue({ code: "custom", message, path: ["threshold"] });
  });
export type Rule = z.infer<typeof ruleSchema>;

export const rulesSchema = z
  .array(ruleSchema)
  .max(40)
  .refine(
    (rules) => new Set(rules.map(({ signal, then }) => `${signal} ${then}`)).size === rules.length,
    "two rules look at the same and have the same consequence",
  );

/** How long a pair is visible before it can be judged: a fixed time, a time by its length, or both added. */
export const minimumTimeSchema = z
  .strictObject({
    seconds: z.number().min(0).max(300).default(0),
    per100Words: z.number().min(0).max(60).default(0).describe("Seconds per 100 words of the pair’s texts."),
  })
  .refine(({ seconds, per100Words }) => seconds + per100Words > 0, "needs seconds, per100Words or both");
export type MinimumTime = z.infer<typeof minimumTimeSchema>;

/** What a rule saw: the figure that it compares with the threshold, and of how many. */
const seenSchema = z.strictObject({ value: z.number(), of: count });
export type Seen = z.infer<typeof seenSchema>;

const triggerSchema = z.strictObject({
  annotator: z.string(),
  rule: ruleSchema,
  took: consequenceSchema.describe("What followed; a rule whose cap was reached only notes."),
  seen: seenSchema,
  at: z.string(),
  warningRead: z.string().nullable().describe("When the annotator put the warning away."),
});
export type Trigger = z.infer<typeof triggerSchema>;

/** The warning that an annotator has put away. */
export const warningReadSchema = z.strictObject({ signal: signalSchema });

const decisionSchema = z.enum(["go on", "end"]);
export type Decision = z.infer<typeof decisionSchema>;

/** One look at an annotator's work by a person. */
const reviewSchema = z.strictObject({
  annotator: z.string(),
  signal: signalSchema.nullable().describe("Of the rule that asked for it; null: the owner did."),
  proposesEnd: z.boolean(),
  openedAt: z.string(),
  answer: z.string().nullable().describe("What the annotator wrote to the owner."),
  decision: decisionSchema.nullable().describe("Null: it waits for a person."),
  reason: z.string().nullable(),
  decidedAt: z.string().nullable(),
});
export type Review = z.infer<typeof reviewSchema>;

/** GET /api/studies/:study/quality */
export const qualitySchema = z.strictObject({
  rules: rulesSchema,
  /** Rules that have paused as many people as they may. */
  capped: z.array(ruleSchema),
  triggers: z.array(triggerSchema),
  reviews: z.array(reviewSchema),
});
export type Quality = z.infer<typeof qualitySchema>;

/** POST /api/studies/:study/reviews: a person's decision; a reason is needed to end somebody's part. */
export const decideRequestSchema = z.strictObject({
  annotator: z.string().max(200),
  decision: decisionSchema,
  reason: z.string().max(2000).optional(),
});
export type DecideRequest = z.infer<typeof decideRequestSchema>;

/** POST /api/judge/review: what an annotator answers to a person who looks at their work. */
export const answerRequestSchema = z.strictObject({ answer: z.string().regex(/\S/).max(2000) });
export const savedSchema = z.strictObject({ saved: z.literal(true) });

/** Whether an annotator is still to be asked about signs, or has agreed that they are noted. */
export const signsConsentSchema = z.enum(["ask", "on"]);
export type SignsConsent = z.infer<typeof signsConsentSchema>;

/** Of one pair: how often its annotator left the page and came back, and copied a text. */
export const signsSchema = z.strictObject({ left: count.max(1000), copied: count.max(1000) });
export type Signs = z.infer<typeof signsSchema>;

/** POST /api/judge/signs */
export const agreeRequestSchema = z.strictObject({ agrees: z.boolean() });

const share = z.number().min(0).max(1);

/** Signs of a chatbot in the work of somebody who agreed; none of them proves anything. */
const signsOfAnnotatorSchema = z.strictObject({
  annotator: z.string(),
  pairs: count.describe("Judged since they agreed."),
  leftPairs: count,
  copiedPairs: count,
  agreement: z
    .strictObject({
      model: z.string(),
      pairs: count.describe("That the model and other people judged too."),
      agreement: share,
      expected: share.describe("The agreement of other people with the model on the same pairs."),
      score: z.number().describe("Standard deviations above what is usual among the annotators."),
      standsOut: z.boolean(),
    })
    .nullable()
    .describe("Null: no model has judged enough of the same pairs, or too few annotators have."),
});
export type SignsOfAnnotator = z.infer<typeof signsOfAnnotatorSchema>;

/** GET /api/studies/:study/signs */
export const signsReplySchema = z.strictObject({ annotators: z.array(signsOfAnnotatorSchema) });
export type SignsReply = z.infer<typeof signsReplySchema>;
