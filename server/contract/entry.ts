import { z } from "zod";
import { assignmentViewSchema } from "./judging.ts";
import { finishSchema, timeLimitSchema } from "./platforms.ts";
import { choiceSchema, entryEndSchema, entryStageSchema, STAGES } from "./words.ts";

/** What comes before an annotator's first pair: as its owner sets it, and as it crosses the wire. */

const filled = (max: number) => z.string().max(max).regex(/\S/, "must not be blank");
const isRepeated = (names: readonly string[]) => new Set(names).size < names.length;

/** A text, or one per language tag: an annotator gets the one of the study's language that they read. */
const texts = (max: number) =>
  z.union([
    filled(max),
    z
      .record(z.string().max(35), filled(max))
      .refine((by) => Object.keys(by).length > 0, "needs the text of one language at least"),
  ]);
export type Texts = z.infer<ReturnType<typeof texts>>;

/** Texts are Markdown. What is absent is filled by the page, where it can be. */
const informationSchema = z.strictObject({
  text: texts(20_000).describe("What this is."),
  contact: texts(2000).describe("Who runs it, and whom to write to."),
  pay: texts(2000).optional(),
  stored: texts(5000).optional().describe("What is stored, why and for how long."),
  warning: texts(2000).optional().describe("What may disturb readers of the texts."),
  stop: texts(2000).optional().describe("How to stop."),
});

const consentSchema = z.strictObject({
  text: texts(50_000),
  statements: z.array(texts(1000)).max(20).default([]).describe("Each is to be ticked."),
});
export type Consent = z.infer<typeof consentSchema>;

const key = z.string().regex(/^[A-Za-z0-9][\w.-]{0,59}$/, "has letters, digits and . _ - only");
const asked = {
  id: key.describe("Names the answer in its export."),
  question: texts(1000),
  required: z
    .boolean()
    .default(false)
    .describe("Whether it must be answered, if only with “prefer not to say”."),
  mayDecline: z.boolean().default(true).describe("Whether “prefer not to say” is offered."),
};
const optionsSchema = z
  .array(
    z.strictObject({
      value: key.describe("Stands for the answer in its export."),
      label: texts(300),
      excludes: z.boolean().optional().describe("Whether who answers so is screened out."),
    }),
  )
  .min(2)
  .max(50)
  .refine((options) => !isRepeated(options.map(({ value }) => value)), "two options have the same value");
const questionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["choice", "several"]), ...asked, options: optionsSchema }),
  z.strictObject({ kind: z.literal("text"), ...asked }),
  z.strictObject({
    kind: z.literal("number"),
    ...asked,
    min: z.number().optional(),
    max: z.number().optional(),
  }),
]);
export type Question = z.infer<typeof questionSchema>;

const knownPair = {
  prompt: filled(50_000),
  left: filled(50_000),
  right: filled(50_000),
  expected: z.array(choiceSchema).min(1).describe("The choices that are right."),
};
const knownPairSchema = z.strictObject(knownPair);
export type KnownPair = z.infer<typeof knownPairSchema>;
const practicePairSchema = z.strictObject({
  ...knownPair,
  explanation: texts(5000).describe("Shown once the pair was judged."),
});

const qualificationSchema = z
  .strictObject({
    pairs: z.array(knownPairSchema).min(1).max(50),
    pass: z.number().int().min(1).describe("How many pairs must be judged as expected."),
    tries: z.number().int().min(1).max(10).default(1),
    practiceAgain: z.boolean().default(true).describe("Whether a failed try leads back to the practice."),
  })
  .refine(({ pairs, pass }) => pass <= pairs.length, {
    message: "cannot be more than there are pairs",
    path: ["pass"],
  });

/** The stages before the first pair. Part of the protocol; may change once a study is open. */
export const entrySchema = z
  .strictObject({
    information: informationSchema.optional(),
    consent: consentSchema.optional(),
    questions: z.array(questionSchema).min(1).max(40).optional(),
    practice: z.array(practicePairSchema).min(1).max(50).optional(),
    qualification: qualificationSchema.optional(),
    personalLinks: z
      .array(entryStageSchema)
      .default(["consent"])
      .describe("The stages for those with a personal link; shared links lead through all."),
    groups: z
      .record(z.string().max(200), z.array(entryStageSchema))
      .default({})
      .describe("The stages for a group, however its people come."),
  })
  .superRefine((entry, refinement) => {
    const fault = (message: string, path: string[]) => refinement.addIssue({ code: "custom", message, path });
    if (STAGES.every((stage) => entry[stage] === undefined)) fault(`has none of ${STAGES.join(", ")}`, []);
    if (isRepeated((entry.questions ?? []).map(({ id }) => id)))
      fault("two questions have the same id", ["questions"]);
  });
export type Entry = z.infer<typeof entrySchema>;

/** How many people did what, of those who opened their link. */
const entryCountsSchema = z.strictObject({
  arrived: z.number().int(),
  stages: z.array(
    z.strictObject({
      stage: entryStageSchema,
      passed: z.number().int(),
      out: z.number().int().describe("Refused, were screened out, or failed."),
    }),
  ),
});

/** GET and POST /api/studies/:study/entry; null: nothing comes before the first pair. */
export const entryShownSchema = z.strictObject({
  entry: entrySchema.nullable(),
  consentVersion: z.string().nullable(),
  counts: entryCountsSchema,
});
export type EntryShown = z.infer<typeof entryShownSchema>;

export const entryRequestSchema = z.strictObject({ entry: entrySchema.nullable() });

const html = z.string();
const shownPair = {
  number: z.number().int().positive(),
  of: z.number().int().positive(),
  /** Counts the tries, from 1. */
  attempt: z.number().int().positive(),
  tries: z.number().int().positive(),
  view: assignmentViewSchema,
};
const questionShown = {
  id: z.string(),
  question: z.string(),
  required: z.boolean(),
  mayDecline: z.boolean(),
};
const questionShownSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.enum(["choice", "several"]),
    ...questionShown,
    options: z.array(z.strictObject({ value: z.string(), label: z.string() })),
  }),
  z.strictObject({ kind: z.literal("text"), ...questionShown }),
  z.strictObject({
    kind: z.literal("number"),
    ...questionShown,
    min: z.number().optional(),
    max: z.number().optional(),
  }),
]);
export type QuestionShown = z.infer<typeof questionShownSchema>;

const entryPageSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("information"),
    text: html,
    contact: html,
    pay: html.nullable(),
    stored: html.nullable(),
    warning: html.nullable(),
    stop: html.nullable(),
    pairs: z.number().int(),
    /** Whether so many are asked of everybody; false: so many there are at most. */
    isAsked: z.boolean(),
    minutes: z.number().int().nullable(),
    /** Whether the time is what others took, or the length of the texts. */
    isMeasured: z.boolean(),
    /** After how many days from the end of the study ids from a platform are erased; null: nobody has set it. */
    retentionDays: z.number().int().nullable(),
    /** The time that there is for all of it; null: no limit. */
    limit: timeLimitSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal("consent"),
    version: z.string(),
    text: html,
    statements: z.array(html),
    /** Another version was agreed to before. */
    isNew: z.boolean(),
    /** They refused it, and may read and decide again. */
    isRefused: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("questions"), questions: z.array(questionShownSchema) }),
  z.strictObject({ kind: z.literal("practice"), ...shownPair }),
  z.strictObject({ kind: z.literal("qualification"), ...shownPair, pass: z.number().int() }),
  z.strictObject({ kind: z.literal("out"), end: entryEndSchema, finish: finishSchema.nullable() }),
  z.strictObject({ kind: z.literal("passed") }),
]);
export type EntryPage = z.infer<typeof entryPageSchema>;

/** GET /api/judge/entry: where somebody is, and what they see there. */
export const entryStateSchema = z.strictObject({
  language: z.string(),
  stages: z.array(entryStageSchema),
  page: entryPageSchema,
});
export type EntryState = z.infer<typeof entryStateSchema>;

const answerSchema = z.union([
  z.string().max(2000),
  z.number(),
  z.array(z.string().max(60)).max(50),
  z.null(),
]);
export type PersonalAnswer = z.infer<typeof answerSchema>;

const judged = {
  attempt: z.number().int().positive(),
  number: z.number().int().positive(),
  choice: choiceSchema,
  activeMs: z.number().int().min(0).max(86_400_000),
};

/** POST /api/judge/entry: what somebody did on a page. The same request sent again changes nothing. */
export const entryStepSchema = z.discriminatedUnion("stage", [
  z.strictObject({ stage: z.literal("information") }),
  z.strictObject({ stage: z.literal("consent"), version: z.string().max(64), agrees: z.boolean() }),
  z.strictObject({
    stage: z.literal("questions"),
    answers: z.record(z.string().max(60), answerSchema).describe("By id; null: prefers not to say."),
  }),
  z.strictObject({ stage: z.literal("practice"), ...judged }),
  z.strictObject({ stage: z.literal("qualification"), ...judged }),
]);
export type EntryStep = z.infer<typeof entryStepSchema>;

/** What comes next, of a practice pair what was right, and of a test that this step passed how many pairs were. */
export const entryReplySchema = entryStateSchema.extend({
  passed: z.strictObject({ right: z.number().int(), of: z.number().int() }).nullable(),
  explained: z
    .strictObject({ expected: z.array(choiceSchema), isExpected: z.boolean(), explanation: html })
    .nullable(),
});
export type EntryReply = z.infer<typeof entryReplySchema>;
