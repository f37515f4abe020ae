import { z } from "zod";
import { LEAST } from "./least-judgments.ts";
import { annotatorRuleSchema, exclusionEffectSchema } from "./report-annotators.ts";
import { count, proportion } from "./report-estimates.ts";
import type { Right } from "./rights.ts";
import { studyStateSchema } from "./words.ts";

/**
 * Why an annotator needs a look, the most pressing first. review: a rule paused them and a person decides. message: what they wrote
 * has no answer. The rest are the rules by which the report points annotators out, and results: they judged in a browser that had
 * shown the study’s results.
 */
export const lookReasonSchema = z.enum(["review", "message", ...annotatorRuleSchema.options, "results"]);
export type LookReason = z.infer<typeof lookReasonSchema>;

const shareSchema = z.strictObject({ count, of: count });
const moment = z.string().describe("ISO 8601.");

/** One annotator as who cares for the work sees them: nothing that names a system or leans to one. */
const watchedAnnotatorSchema = z.strictObject({
  annotator: z.string().describe("As links, messages and exclusions name them."),
  group: z.string(),
  participant: z
    .string()
    .nullable()
    .describe("Their id at the platform; null: they came from none, or were erased."),
  look: z.array(lookReasonSchema).describe("Why they need a look; empty: nothing stands out."),
  judged: count.describe("Judgments, without checks; those of excluded annotators too."),
  skipped: count,
  flagged: count.describe("Judgments and skips with a flag on a response or prompt."),
  openPairs: count.describe("Pairs that they hold and have not judged."),
  lastSeen: moment.nullable().describe("When their link was last used; null: never, or not noted."),
  medianSeconds: z.number().nullable().describe("Of active time; null: no time is recorded."),
  fast: shareSchema.describe("Judgments of less than 2 seconds, of those whose time is known."),
  left: shareSchema.describe("Left among the decisive judgments whose side is known."),
  ties: shareSchema,
  checks: shareSchema.describe("Checks passed, of those judged."),
  agreement: z
    .strictObject({
      rate: proportion.describe("Tie-discounted agreement with others on the same comparisons."),
      of: count.describe("Judgments on comparisons that others judged too."),
      chance: proportion.describe("The mean if their own answers were shuffled over these comparisons."),
      power: proportion.describe(
        "How often an annotator who answers by lot would be shown to be below the others.",
      ),
      found: z.enum(["better", "not shown", "below", "cannot tell"]),
    })
    .nullable()
    .describe("Null: it cannot be told yet."),
  unanswered: z.boolean().describe("Whether their latest message has no answer."),
  review: z.enum(["open", "go on", "end"]).nullable().describe("The latest look of a person at their work."),
  excluded: z
    .string()
    .nullable()
    .describe("The rule by which they are excluded; null: their judgments count."),
});
export type WatchedAnnotator = z.infer<typeof watchedAnnotatorSchema>;

/** Annotators of a study, those who need a look first. */
export const watchedSchema = z.strictObject({
  annotators: z.array(watchedAnnotatorSchema),
  total: count,
  looks: count.describe("How many of them need a look."),
  next: z.string().nullable().describe("What to give as `after` for the next page; null: this is the last."),
});
export type Watched = z.infer<typeof watchedSchema>;

export const watchedQuerySchema = z.strictObject({
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  group: z.string().max(100).optional().describe("Only annotators of this group."),
});
export type WatchedQuery = z.infer<typeof watchedQuerySchema>;

/** By which rule annotators are to be excluded. */
export const exclusionRuleSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("checks"),
    failed: z.number().int().min(1).describe("Failed so many checks or more."),
    of: z.number().int().min(1).optional().describe("Of at least so many; absent: of any number."),
  }),
  z.strictObject({
    kind: z.literal("speed"),
    seconds: z
      .number()
      .positive()
      .max(3600)
      .describe(`The median active time is below it, over ${LEAST.timed} judgments or more.`),
  }),
  z.strictObject({
    kind: z.literal("side"),
    percent: z
      .number()
      .gt(50)
      .max(100)
      .describe(`So many of ${LEAST.decisive} decisive judgments or more are on one side.`),
  }),
  z.strictObject({
    kind: z.literal("report"),
    rules: z
      .array(annotatorRuleSchema)
      .min(1)
      .optional()
      .describe("Pointed out by the report by one of these rules; absent: by any."),
  }),
]);
export type ExclusionRule = z.infer<typeof exclusionRuleSchema>;

export const exclusionPreviewRequestSchema = z.strictObject({
  rule: exclusionRuleSchema,
  group: z.string().max(100).optional().describe("Only annotators of this group."),
});

/** Whom a rule would exclude and what would follow; nobody is excluded yet. */
export const exclusionPreviewSchema = z.strictObject({
  rule: z.string().describe("The rule in words, as it is recorded and as the report shows it."),
  annotators: z
    .array(watchedAnnotatorSchema)
    .describe("Whom the rule meets; who is excluded already is not met."),
  judgments: count.describe("Of theirs, in no figure any more."),
  freed: count.describe("Judgments that would be wanted again."),
  held: count.describe("Pairs that they hold and have not judged."),
  state: studyStateSchema.describe("Of the study; only an open one assigns pairs."),
  headline: exclusionEffectSchema.shape.pairs
    .nullable()
    .describe("The headline now and without them; null: the caller may not see results."),
});
export type ExclusionPreview = z.infer<typeof exclusionPreviewSchema>;

/**
 * What can be wrong, the most pressing first, with the right that somebody needs to see it. disk: little space is left. stuck: nobody
 * judges although work is left. nobody: work is left that nobody invited can be given. full: people are turned away. review, message,
 * departure: somebody waits. payment: submissions wait for approval. check: most annotators fail a check. skipped: several annotators
 * could not judge the same pair. annotator: their work stands out. run: a model stopped before the end. blinding: findings of the
 * audit without a decision.
 */
export const FINDINGS = {
  disk: "administer",
  ...{ stuck: "view", nobody: "view", full: "people", review: "people", message: "people" },
  ...{ departure: "people", payment: "people", check: "edit", skipped: "edit", annotator: "people" },
  ...{ run: "edit", blinding: "edit" },
} as const satisfies Record<string, Right>;
export type FindingOfToday = keyof typeof FINDINGS;

const findingSchema = z.strictObject({
  kind: z.enum(Object.keys(FINDINGS) as [FindingOfToday, ...FindingOfToday[]]),
  study: z.string().nullable().describe("Null: of the whole instance."),
  group: z.string().nullable().describe("Null: of no group alone."),
  count: count.describe("Of what the kind is about: people, judgments, pairs, gigabytes …"),
  since: moment.nullable().describe("Null: not known."),
});
export type Finding = z.infer<typeof findingSchema>;

/** What is wrong in the studies that the caller may see, the most pressing first. */
export const todaySchema = z.strictObject({ findings: z.array(findingSchema) });
export type Today = z.infer<typeof todaySchema>;

/** How fast the judgments of a group, or of one pair of systems in it, come in, and when they will be done at this pace. */
const paceLineSchema = z.strictObject({
  group: z.string(),
  pair: z
    .strictObject({ system: z.string(), against: z.string() })
    .nullable()
    .describe("Null: all of the group; pairs are listed for who may see results."),
  wanted: count,
  judged: count,
  perDay: z.number().nullable().describe("Over the last 7 days at most, days without work among them."),
  end: z
    .strictObject({
      low: moment,
      value: moment,
      high: moment.nullable().describe("Null: perhaps never at this pace."),
    })
    .nullable()
    .describe("The projected end with its 90 % interval."),
  why: z
    .enum(["done", "few", "short", "not open"])
    .nullable()
    .describe(
      "Why there is no projected end. few: fewer than 20 judgments in the last 7 days; short: less than an hour of work.",
    ),
});
export type PaceLine = z.infer<typeof paceLineSchema>;

export const paceSchema = z.strictObject({ lines: z.array(paceLineSchema) });
export type Pace = z.infer<typeof paceSchema>;
