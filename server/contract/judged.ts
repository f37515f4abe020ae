import { z } from "zod";
import { cleaned } from "./remarks.ts";
import { choiceSchema, skipReasonSchema } from "./words.ts";

const count = z.number().int().nonnegative();
const name = z.string().max(200);

/**
 * In which order comparisons are read. `people`: those that divide people most; `models`: where people and models are
 * furthest apart; `judgments`: the most judged; `length`: the largest difference in length; `seconds`: those that took
 * longest; `latest`: judged last. Equal ones: more judgments first.
 */
const readingSortSchema = z.enum([
  ...(["made", "people", "models", "judgments", "length", "seconds", "latest"] as const),
]);
export type ReadingSort = z.infer<typeof readingSortSchema>;

/** What comparisons can be looked for by; all but `adjudicated` and `open` are for members. `open`: not adjudicated. @internal */
export const readingMarkSchema = z.enum(["flagged", "skipped", "noted", "adjudicated", "open"]);
export type ReadingMark = z.infer<typeof readingMarkSchema>;

/** GET /api/results/judged and /api/studies/:study/judged: the comparisons and judgments behind a figure. */
export const judgedQuerySchema = z.strictObject({
  system: name.optional().describe("As the report names it; without `against`: compared with any other."),
  against: name.optional(),
  group: name.optional().describe("Only this group. Default: all people of the headline."),
  also: name.optional().describe("One more group, such as a model's."),
  outcome: z
    .enum(["win", "tie", "loss"])
    .optional()
    .describe("For `system`: comparisons with such a judgment that is in the figures."),
  annotator: name.optional().describe("Comparisons that they judged; with `outcome`: so themselves."),
  alsoAnnotator: name.optional().describe("Comparisons that they judged, too."),
  together: z
    .literal("yes")
    .optional()
    .describe(
      "Comparisons that tell of agreement: with judgments of both groups, or of two annotators of one.",
    ),
  prompt: name.optional(),
  field: name.optional().describe("With `value`: a part of the prompts, as `slices` names it."),
  value: z.string().max(10_000).optional(),
  everyone: z.literal("yes").optional().describe("Judgments of every group, models too."),
  sort: readingSortSchema
    .default("made")
    .describe("`people`, `models`: the most divided first, by division in docs/methods/reading.md."),
  text: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe("In the prompt or in one of both responses; case does not matter."),
  mark: readingMarkSchema.optional().describe("Only comparisons that are so; `open`: not adjudicated."),
  after: z
    .string()
    .max(150)
    .regex(/^(\d{1,15}|-?\d+(\.\d+)?(e[-+]?\d+)?(,\d+){5})$/)
    .default("0")
    .describe("`next` of the page before, in the same order."),
});
export type JudgedQuery = z.infer<typeof judgedQuerySchema>;

const judgedJudgmentSchema = z.strictObject({
  annotator: z.string().nullable().describe("Null: a vote without a name."),
  group: z.string(),
  /** What it means for the page's first system: a verdict of both orders where a model was asked in both. */
  outcome: z.enum(["win", "tie", "loss"]),
  choice: choiceSchema.describe("What was chosen, at the first presentation."),
  left: z.string().describe("The system on the left."),
  sideKnown: z.boolean(),
  otherOrder: choiceSchema.nullable().describe("What the model chose with sides swapped; null: not asked."),
  rationale: z
    .string()
    .nullable()
    .describe("Plain text; a comment that a person wrote here is for the owner alone."),
  thinking: z
    .string()
    .optional()
    .describe(
      "What a model thought before it replied, as plain text: no part of its reply. Missing: none was kept.",
    ),
  flags: z
    .array(z.strictObject({ flag: z.string(), system: z.string().nullable() }))
    .optional()
    .describe("For the owner: what was flagged, a system's response or (null) the prompt; missing: nothing."),
  seconds: z.number().nullable(),
  at: z.string().nullable().describe("UTC, ISO 8601; null: not stated in its file."),
  excludedBy: z.string().nullable().describe("The rule that excludes it from every figure."),
});

/** What somebody who had seen the judgments decided about a comparison. In no rate. */
const adjudicatedSchema = z.strictObject({
  better: z.string().nullable().describe("A system; null: neither is better."),
  by: z.string().optional().describe("This and what follows: for members."),
  reason: z.string().optional(),
  at: z.string().optional(),
});

const noteSchema = z.strictObject({
  id: count,
  by: z.string(),
  text: z.string(),
  at: z.string(),
  editedAt: z.string().nullable(),
  mayChange: z.boolean().describe("By its author, or an owner."),
});

const skipSchema = z.strictObject({
  group: z.string(),
  reason: skipReasonSchema,
  comment: z.string().nullable(),
});

const division = z.number().min(0).max(1).nullable();

/** One comparison with what was said of it. Texts are safe HTML, a list of turns; null: never loaded. */
const judgedComparisonSchema = z.strictObject({
  id: count,
  prompt: z.string(),
  turn: count,
  system: z.string(),
  against: z.string(),
  promptHtml: z.array(z.string()).nullable(),
  systemHtml: z.array(z.string()).nullable(),
  againstHtml: z.array(z.string()).nullable(),
  characters: z
    .strictObject({ system: count.nullable(), against: count.nullable() })
    .describe("Of the responses up to this turn; null: never loaded."),
  division: z
    .strictObject({ people: division, models: division })
    .describe(
      "Mean difference between two judgments shown here, a tie being halfway: of two people; of a person and a model.",
    ),
  judgments: z.array(judgedJudgmentSchema),
  adjudicated: adjudicatedSchema.nullable(),
  mayAdjudicate: z.boolean().optional().describe("For members: whether their role includes it."),
  notes: z.array(noteSchema).optional().describe("For members."),
  skips: z.array(skipSchema).optional().describe("For members: who could not judge it, and why."),
});
export type JudgedComparison = z.infer<typeof judgedComparisonSchema>;

export const judgedPageSchema = z.strictObject({
  comparisons: z.array(judgedComparisonSchema),
  next: z.string().nullable().describe("Where the next page begins; null: this is the last."),
});
export type JudgedPage = z.infer<typeof judgedPageSchema>;

const words = z
  .string()
  .max(5000)
  .transform(cleaned)
  .refine((text) => text !== "", "must not be blank");

/** What members wrote about a study's comparisons: notes, and adjudicated answers in force. */
export const studyNotesSchema = z.strictObject({
  notes: z.array(
    z.strictObject({
      kind: z.enum(["note", "adjudicated"]),
      comparison: count,
      prompt: z.string(),
      turn: count,
      systems: z.tuple([z.string(), z.string()]).describe("As the report names them."),
      better: z
        .string()
        .nullable()
        .describe("Of an adjudicated answer: the better system; null: neither is, or a note."),
      text: z.string().describe("The note, or the reason of the answer."),
      by: z.string(),
      at: z.string(),
    }),
  ),
});
export type StudyNotes = z.infer<typeof studyNotesSchema>;

/** Which comparison is meant, by names; what is not named may be any, as long as one comparison is left. */
export const comparisonQuerySchema = z.strictObject({
  prompt: name,
  turn: z.coerce.number().int().nonnegative().optional(),
  system: name.optional().describe("One of its two systems, as the report names it."),
  against: name.optional().describe("The other one."),
});
export type ComparisonQuery = z.infer<typeof comparisonQuerySchema>;
export const comparisonFoundSchema = z.strictObject({ id: count });

/** The body of a note. */
export const noteRequestSchema = z.strictObject({ text: words });
/** The body of an adjudicated answer. */
export const adjudicateRequestSchema = z.strictObject({
  better: name.nullable().describe("A system as the report names it; null: neither is better."),
  reason: words,
});
/** What was written about a comparison, after a change. */
export const writtenOnSchema = judgedComparisonSchema.pick({ adjudicated: true, notes: true });
export type WrittenOn = z.infer<typeof writtenOnSchema>;
