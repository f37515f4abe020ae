import { z } from "zod";
import { blindingSchema } from "./blinding.ts";
import { agreementSchema } from "./report-agreement.ts";
import { aggregationSchema, annotatorSchema, exclusionEffectSchema } from "./report-annotators.ts";
import { componentsSchema } from "./report-components.ts";
import { effectsSchema, positionSchema, slicesSchema } from "./report-effects.ts";
import { count, notEstimableSchema, proportion, testStatusSchema } from "./report-estimates.ts";
import { lookSchema } from "./looks.ts";
import { pairTestsSchema } from "./report-pair-tests.ts";
import { judgesSchema } from "./report-judges.ts";
import { promptSetUsedSchema } from "./prompt-sets.ts";
import { reportRevisionsSchema } from "./report-revisions.ts";
import { peopleSchema } from "./report-people.ts";
import { promptsSchema } from "./report-prompts.ts";
import { rankingSchema } from "./report-ranking.ts";
import { skipsSchema } from "./report-skips.ts";
import { analysisSchema } from "./studies.ts";

/** How often an outcome came. Count and rate always stand; the interval may be missing, with its reason. */
const rateSchema = z.union([
  z.strictObject({
    count,
    rate: proportion.nullable(),
    low: proportion,
    high: proportion,
    method: z.string(),
  }),
  z.strictObject({ count, rate: proportion.nullable(), notEstimable: z.string() }),
]);
export type Rate = z.infer<typeof rateSchema>;

/** A mean score with its interval; `value` stands even where the interval cannot be had. */
const scoreSchema = z.union([
  z.strictObject({ value: proportion, low: proportion, high: proportion, method: z.string(), n: count }),
  z.strictObject({ value: proportion, n: count, notEstimable: z.string() }),
  notEstimableSchema,
]);
export type Score = z.infer<typeof scoreSchema>;

const majorityCountsSchema = z.strictObject({ win: count, tie: count, loss: count });

/** One system against another in one group; `group: null` is all people in the headline together. @internal */
export const pairSchema = z.strictObject({
  system: z.string().describe("The display name of the system that won, tied or lost."),
  against: z.string().describe("The display name of the system it was compared with."),
  group: z
    .string()
    .nullable()
    .describe("The group of annotators; null: all people of the headline together."),
  prompts: count.describe("Prompts with judgments in this row; all turns of a prompt are one."),
  judgments: count.describe("Judgments counted in this row."),
  bothBad: count.describe("Ties in which both responses were called bad."),
  win: rateSchema,
  tie: rateSchema,
  loss: rateSchema,
  halfTieRate: scoreSchema.describe("Mean over judgments: a win counts 1, a tie one half."),
  halfTieRateByPrompt: scoreSchema.describe(
    "Mean over prompts of the mean of the prompt: every prompt weighs alike.",
  ),
  byMajority: z.union([
    z.strictObject({
      plurality: majorityCountsSchema,
      signOfSum: majorityCountsSchema,
      moreThanHalf: majorityCountsSchema,
    }),
    notEstimableSchema,
  ]),
});
export type Pair = z.infer<typeof pairSchema>;

const reportGroupSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(["crowd", "author", "model"]),
  headline: z.boolean().describe("Whether its people enter the rows of all people; a model never does."),
  annotators: count.describe("Annotators with a name."),
  unnamed: count.optional().describe("Judgments that name nobody as their annotator; missing: none."),
  judgments: count,
});
export type ReportGroup = z.infer<typeof reportGroupSchema>;

/** What was declared to be concluded from, and how far the study is towards it. */
const declaredSchema = analysisSchema.extend({
  status: testStatusSchema.describe(
    "How the declared tests may be read now: interim until the planned judgments are there or the study is closed; exploratory where nothing was declared before judging began, or where annotators see how they stand.",
  ),
  look: lookSchema
    .optional()
    .describe("The look that this report is of, where looks were declared; missing between them."),
  isSeen: z
    .literal(true)
    .optional()
    .describe("Whether annotators see how their own judgments stand while they judge; missing: they do not."),
  protocolHash: z.string().nullable().describe("Of the frozen protocol; null: the study was never opened."),
});
export type Declared = z.infer<typeof declaredSchema>;

/** What annotators were asked and who they are: what a reader must know to weigh a figure. */
const aboutSchema = z.strictObject({
  question: z.string().describe("As annotators see it, in the protocol's first language."),
  options: z.array(z.string()).describe("The answers to choose from, left to right."),
  bothBad: z
    .literal(true)
    .optional()
    .describe("Set where people could choose that both are bad, apart from a tie."),
  guidelines: z.string().nullable().describe("Markdown."),
  recruitment: z.string().nullable(),
});

/** How often both responses were called bad, where one of them was a system's. */
const bothBadSchema = z.strictObject({
  system: z.string(),
  judgments: count.describe("Judgments of the group, or of all people, on pairs with the system."),
  ties: count.describe("Ties among them, both bad included."),
  bothBad: count,
});
export type BothBad = z.infer<typeof bothBadSchema>;

/** Set where the report is one that was kept: which, when, and a hash of the judgments behind it. */
export const snapshotSchema = z.strictObject({
  number: count,
  takenAt: z.string(),
  reason: z.string(),
  dataHash: z.string(),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/**
 * The report of a study with the figures that a reader sees first; the further blocks are in `FullReport`.
 * @internal
 */
export const reportSchema = z.strictObject({
  study: z.string().describe("The name of the study."),
  publicTitle: z.string(),
  state: z.enum(["draft", "open", "paused", "closed"]),
  /** What a reader must know before any figure: simulated or reconstructed judgments, texts never loaded. */
  notes: z.array(z.string()),
  judgments: count.describe("Judgments counted, of all groups."),
  comparisons: count.describe("Comparisons with counted judgments."),
  prompts: count.describe("Prompts with counted judgments."),
  annotators: count.describe("Annotators with counted judgments, of whom a name is known."),
  unnamed: count.optional().describe("Counted judgments that name nobody as their annotator; missing: none."),
  repeats: count.describe("Judgments of what the same annotator had judged before: kept, in no rate."),
  surplus: count.describe("Judgments that came after another had taken their place: kept, in no rate."),
  skipped: count
    .optional()
    .describe(
      "Pairs shown to annotators who could not judge them: in no rate, and more of them in `skips`; missing where that is.",
    ),
  seed: z.string().describe("The seed of the study."),
  estimator: z
    .string()
    .describe("The version of the methods: it changes when the same judgments would give another figure."),
  slots: z
    .strictObject({ wanted: count, judged: count })
    .describe(
      "Judgments that the protocol wants of people and models here, and those of them that are there.",
    ),
  analysis: declaredSchema,
  about: aboutSchema,
  snapshot: snapshotSchema.nullable(),
  groups: z.array(reportGroupSchema),
  bothBad: z
    .array(bothBadSchema)
    .optional()
    .describe("By system, those without judgments left out; missing where people could not choose it."),
  audited: z
    .literal(true)
    .optional()
    .describe("Set where the texts were audited for what gives systems away: see `blinding`."),
  people: peopleSchema
    .optional()
    .describe("How people were let in and how far they came; missing where the study has nothing of it."),
  promptSets: z
    .array(promptSetUsedSchema.extend({ prompts: count.describe("Prompts of the study that came from it.") }))
    .optional()
    .describe("The versions of prompt sets that prompts were taken from; missing: none."),
  revisions: reportRevisionsSchema
    .optional()
    .describe("How the study was amended since it opened; missing where it never was."),
  pairs: z.array(pairSchema),
});
export type Report = z.infer<typeof reportSchema>;

/** How judgments came in: `judgments` counted up to and with this day (UTC). */
const progressSchema = z.array(z.strictObject({ day: z.string(), judgments: count }));

const besidePairs = {
  components: componentsSchema,
  byPrompt: promptsSchema,
  agreement: agreementSchema,
  ranking: rankingSchema,
  position: positionSchema,
  byAnnotator: z.array(annotatorSchema),
  aggregation: aggregationSchema,
  exclusions: exclusionEffectSchema,
  blinding: blindingSchema.nullable(),
  skips: skipsSchema,
  effects: effectsSchema,
  slices: slicesSchema,
  judges: judgesSchema,
  progress: progressSchema,
} as const;

/**
 * The blocks that are computed on request, by their names in the report. `tests` has one entry for each of `pairs`.
 * @internal
 */
export const blockSchemas = { tests: z.array(pairTestsSchema), ...besidePairs } as const;
export type BlockName = keyof typeof blockSchemas;
export type Blocks = { [Name in BlockName]: z.infer<(typeof blockSchemas)[Name]> };
export const BLOCK_NAMES = Object.keys(blockSchemas) as BlockName[];

const fullPairSchema = pairSchema.extend(pairTestsSchema.shape);
export type FullPair = z.infer<typeof fullPairSchema>;

/** The whole report: published, and kept stable. */
export const fullReportSchema = reportSchema.extend({
  pairs: z.array(fullPairSchema),
  ...besidePairs,
  components: componentsSchema
    .optional()
    .describe("Of what uncertainty is made; missing in reports that earlier versions kept."),
  byPrompt: promptsSchema
    .optional()
    .describe("Which prompts decide and divide; missing in reports that earlier versions kept."),
  blinding: blindingSchema
    .optional()
    .describe("What the audit of the texts found, and what follows; missing where no audit was made."),
  skips: skipsSchema
    .optional()
    .describe("What annotators could not judge; missing in reports that were kept before they could say so."),
});
export type FullReport = z.infer<typeof fullReportSchema>;
