import { z } from "zod";
import { choiceSchema } from "./words.ts";

const count = z.number().int().nonnegative();
const name = z.string().max(200);

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
  after: z.coerce.number().int().nonnegative().default(0).describe("`next` of the page before."),
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
  flags: z
    .array(z.strictObject({ flag: z.string(), system: z.string().nullable() }))
    .optional()
    .describe("For the owner: what was flagged, a system's response or (null) the prompt; missing: nothing."),
  seconds: z.number().nullable(),
  at: z.string().nullable().describe("UTC, ISO 8601; null: not stated in its file."),
  excludedBy: z.string().nullable().describe("The rule that excludes it from every figure."),
});

/** One comparison with what was said of it. Texts are safe HTML, a list of turns; null: never loaded. */
const judgedComparisonSchema = z.strictObject({
  prompt: z.string(),
  turn: count,
  system: z.string(),
  against: z.string(),
  promptHtml: z.array(z.string()).nullable(),
  systemHtml: z.array(z.string()).nullable(),
  againstHtml: z.array(z.string()).nullable(),
  judgments: z.array(judgedJudgmentSchema),
});
export type JudgedComparison = z.infer<typeof judgedComparisonSchema>;

export const judgedPageSchema = z.strictObject({
  comparisons: z.array(judgedComparisonSchema),
  next: count.nullable().describe("Where the next page begins; null: this is the last."),
});
export type JudgedPage = z.infer<typeof judgedPageSchema>;
