import { z } from "zod";
import { breaksSchema } from "./pace.ts";
import { finishSchema, timeLimitSchema } from "./platforms.ts";
import { signalSchema, signsConsentSchema, signsSchema } from "./quality.ts";
import { askedShape, remarksShape } from "./remarks.ts";
import { choiceSchema, skipReasonSchema } from "./words.ts";

/**
 * What crosses the wire to and from an annotator. Nothing here names a system, role, study, group, file,
 * length or timing, but for the least time that the protocol sets by the texts themselves, and no id outlives one presentation: texts are keyed `left` and `right` only.
 */

/** An opaque token, new for every presentation. */
const assignmentTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** One comparison as it is shown: turns[i] is the i-th user turn, answered by left[i] and right[i]. All are safe HTML. */
export const assignmentViewSchema = z.strictObject({
  assignment: assignmentTokenSchema,
  prompt: z.array(z.string()),
  left: z.array(z.string()),
  right: z.array(z.string()),
  /** How long it is visible before it can be judged; absent: it need not be. */
  minimumMs: z.number().int().nonnegative().optional(),
});
export type AssignmentView = z.infer<typeof assignmentViewSchema>;

/** The wording of the task in one language; `guidelines` is safe HTML or null. Without `both_bad` nobody can choose it. */
export const sheetSchema = z.strictObject({
  title: z.string(),
  language: z.string(),
  languages: z.array(z.string()),
  question: z.string(),
  options: z.strictObject({
    left: z.string(),
    tie: z.string(),
    both_bad: z.string().optional(),
    right: z.string(),
  }),
  guidelines: z.string().nullable(),
  ...askedShape,
  breaks: breaksSchema.optional(),
  /** The crowd platform that this annotator came from, as they know it. */
  platform: z.string().optional(),
  /** Whether the page asks about signs of a chatbot, or notes them; absent: neither. */
  signs: signsConsentSchema.optional(),
  /** Present where this annotator has withdrawn their judgments. */
  withdrawn: z.literal(true).optional(),
  /** Of the protocol; absent: the first. */
  revision: z.number().int().min(2).optional(),
  /** Whether this annotator sees the figures of their own judgments every so many pairs; absent: no. */
  runningFigure: z.strictObject({ every: z.number().int().positive() }).optional(),
});
export type Sheet = z.infer<typeof sheetSchema>;

/** `of`: this annotator's own pairs, judged and to come: their number, or fewer where others have judged the rest. */
const progressSchema = z.strictObject({
  judged: z.number().int().nonnegative(),
  of: z.number().int().nonnegative(),
});
export type Progress = z.infer<typeof progressSchema>;

/** The answer that stands of a pair: one of the choices, or why it could not be judged. */
const standingSchema = z.union([
  z.strictObject({ choice: choiceSchema }),
  z.strictObject({ reason: skipReasonSchema }),
]);
export type Standing = z.infer<typeof standingSchema>;

/**
 * The annotator's work. `buffer`: the tokens held, in the order to be shown; `assignments`: those of them
 * that the browser said it does not hold. With an empty buffer, `state` says why; `entry`: something comes before the
 * first pair; `ended`: this annotator is given nothing any more, though the study may go on; `review`: nothing until a
 * person has looked at their work.
 */
export const workSchema = z.strictObject({
  state: z.enum(["work", "entry", "wait", "done", "paused", "closed", "ended", "review"]),
  buffer: z.array(assignmentTokenSchema),
  assignments: z.array(assignmentViewSchema),
  progress: progressSchema,
  /** When to ask again, in seconds; null: not by itself. */
  askAgainSeconds: z.number().int().positive().nullable(),
  /** What to show once in words, and to confirm with POST /api/judge/warning. */
  warning: signalSchema.optional(),
  /** In `review`: what the rule looks at that asked for it; missing: a person asked for it. */
  review: signalSchema.optional(),
  /** Whether the annotator can write to the person who ended their part. */
  mayAnswer: z.literal(true).optional(),
  /** Messages of the owner that they have not opened; missing: none. */
  unread: z.number().int().positive().optional(),
  /** Of the protocol: a page with an earlier sheet fetches it anew; missing: the first. */
  revision: z.number().int().min(2).optional(),
  /** In a reply to POST /api/judge/work: those that the browser holds and this annotator has answered; missing: none. */
  answered: z.array(assignmentTokenSchema).optional(),
});
export type Work = z.infer<typeof workSchema>;

const holdingSchema = z.array(assignmentTokenSchema).max(64);

/** POST /api/judge/work */
export const workRequestSchema = z.strictObject({ holding: holdingSchema });
export type WorkRequest = z.infer<typeof workRequestSchema>;

/** How a pair was shown: the answers in columns or one above the other, and on what kind of device. Nothing else is asked. */
const shownSchema = z.strictObject({
  layout: z.enum(["columns", "stacked"]),
  device: z.enum(["phone", "tablet", "desktop"]),
});
export type Shown = z.infer<typeof shownSchema>;

/**
 * POST /api/judge/judgments. `requestKey`: made by the browser, the same for every retry. `first`: the browser knows of no
 * earlier answer to this pair, so one that was given elsewhere stands; without it, an earlier answer is changed.
 */
export const judgmentRequestSchema = z.strictObject({
  assignment: assignmentTokenSchema,
  choice: choiceSchema,
  activeMs: z.number().int().min(0).max(86_400_000),
  language: z.string().min(2).max(35),
  shown: shownSchema.optional(),
  requestKey: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  holding: holdingSchema,
  first: z.literal(true).optional(),
  /** Of the sheet that was shown; absent: that of the assignment. */
  revision: z.number().int().min(2).optional(),
  /** Of somebody who agreed to it. */
  signs: signsSchema.optional(),
  ...remarksShape,
});
export type JudgmentRequest = z.infer<typeof judgmentRequestSchema>;

/**
 * `surplus`: kept, but another judgment had taken the place first. `standing`: the pair had been answered elsewhere, that
 * answer stands, and this one is not written: it may be sent again as a change.
 */
export const judgmentReplySchema = z.strictObject({
  accepted: z.literal(true),
  surplus: z.boolean(),
  standing: standingSchema.optional(),
  work: workSchema,
});
export type JudgmentReply = z.infer<typeof judgmentReplySchema>;

/**
 * POST /api/judge/skips: the pair cannot be judged. `requestKey` as of a judgment; the two never share one. The pair is
 * not shown to this annotator again, and its place is free for somebody else.
 */
export const skipRequestSchema = judgmentRequestSchema
  .omit({ choice: true, language: true, signs: true, shown: true })
  .extend({ reason: skipReasonSchema });
export type SkipRequest = z.infer<typeof skipRequestSchema>;

export const skipReplySchema = judgmentReplySchema.omit({ surplus: true });
export type SkipReply = z.infer<typeof skipReplySchema>;

/** POST /api/judge/earlier: what was answered before `before` (null: the latest). */
export const earlierRequestSchema = z.strictObject({ before: assignmentTokenSchema.nullable() });

/** What an annotator said of a pair: one of the choices, or why it could not be judged. */
export const earlierReplySchema = z.strictObject({
  earlier: z
    .union([
      z.strictObject({ view: assignmentViewSchema, choice: choiceSchema, ...remarksShape }),
      z.strictObject({ view: assignmentViewSchema, reason: skipReasonSchema, ...remarksShape }),
    ])
    .nullable(),
});
export type EarlierReply = z.infer<typeof earlierReplySchema>;

const outcomeCount = z.number().int().nonnegative();

/**
 * GET /api/judge/running-figure, for groups that may see it: this annotator's own judgments, up to the latest multiple
 * of `every`, so that no change of a figure shows which system one answer was of. This reply alone names systems.
 */
export const runningFigureSchema = z.strictObject({
  every: z.number().int().positive(),
  pairs: z.array(
    z.strictObject({
      system: z.string(),
      against: z.string(),
      wins: outcomeCount,
      ties: outcomeCount,
      losses: outcomeCount,
      /** The half-tie rate of `system`. */
      rate: z.number(),
      /** A 95 % interval that stays valid however often it is looked at. */
      low: z.number(),
      high: z.number(),
    }),
  ),
});
export type RunningFigure = z.infer<typeof runningFigureSchema>;

/**
 * What somebody who comes by an open link would find: `open`: pairs; `taken`: others hold all that is left; `full`:
 * everything is judged; `crowded`: as many have joined as may; the study is `paused` or `closed`.
 */
const joinStateSchema = z.enum(["open", "taken", "full", "crowded", "paused", "closed", "took_part"]);
export type JoinState = z.infer<typeof joinStateSchema>;

/**
 * POST /api/join/sheet: what is asked, and whether there is anything to do. `visitor`: a `known` one has joined before;
 * a `preview` of a platform can be given nothing.
 */
export const joinSheetSchema = sheetSchema.extend({
  state: joinStateSchema,
  visitor: z.enum(["plain", "new", "known", "preview"]),
  several: z.boolean().describe("Whether one browser may join as several people."),
  finish: finishSchema.nullable().describe("For somebody from a platform whom there is nothing for."),
  limit: timeLimitSchema.nullable().describe("The time that there is from the start on; null: no limit."),
  hasEntry: z.boolean().describe("Whether something comes between the start and the first pair."),
});
export type JoinSheet = z.infer<typeof joinSheetSchema>;

/** With the open link's token, and the query of the address that somebody came by. */
export const arrivalSchema = z.strictObject({
  link: z.string().min(20).max(64),
  query: z.string().max(2000).default(""),
});
export type Arrival = z.infer<typeof arrivalSchema>;

/**
 * POST /api/join. `token`: what the browser proposes as the token of its personal link, for those who come from no
 * platform: the same one makes one annotator, however often it is sent.
 */
export const joinRequestSchema = arrivalSchema.extend({
  token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional(),
});
export type JoinRequest = z.infer<typeof joinRequestSchema>;

export const joinReplySchema = z.strictObject({ token: z.string() });
export type JoinReply = z.infer<typeof joinReplySchema>;

/** POST /api/contact: whom to write to about a link that leads nowhere. */
export const contactRequestSchema = arrivalSchema.pick({ link: true });
export const contactSchema = z.strictObject({ contact: z.string().nullable() });
export type Contact = z.infer<typeof contactSchema>;
