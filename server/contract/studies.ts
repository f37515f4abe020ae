import { z } from "zod";
import { entrySchema } from "./entry.ts";
import { assignmentViewSchema, sheetSchema } from "./judging.ts";
import { looksSchema } from "./looks.ts";
import { loadReportSchema } from "./loading.ts";
import { breaksSchema } from "./pace.ts";
import { minimumTimeSchema, rulesSchema } from "./quality.ts";
import { commentRuleSchema, flagNamesSchema } from "./remarks.ts";
import { reasonCountsSchema } from "./report-skips.ts";
import { type Choice, groupKindSchema, studyStateSchema, systemRoleSchema } from "./words.ts";

const count = z.number().int().nonnegative();
const name = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._()+-]{0,99}$/u,
    "a name begins with a letter or digit, has letters, digits, spaces and . _ ( ) + - only, and at most 100 of them",
  );
const filled = (max: number) =>
  z.string().max(max).regex(/\S/, "must not be blank: annotators would see nothing");

/** A language with perhaps a script, a region and variants, as browsers and `Intl.DisplayNames` know them. */
const LANGUAGE_TAG = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*$/i;
const isRepeated = (names: readonly string[]) => new Set(names).size < names.length;

/**
 * The words of the task in one language. `title`: of the study; none: its title for all languages. `guidelines` is Markdown.
 * `both_bad`: people have this choice, too.
 */
const wordingSchema = z.strictObject({
  title: filled(200).optional(),
  question: filled(5000),
  left: filled(200),
  tie: filled(200),
  both_bad: filled(200).optional(),
  right: filled(200),
  guidelines: z.string().max(50_000).nullable(),
});
export type Wording = z.infer<typeof wordingSchema>;

/** The choices in the words of a wording, left to right as people see them. */
export function optionsOf({ left, tie, both_bad, right }: Omit<Wording, "question" | "guidelines">) {
  const options: readonly (readonly [Choice, string | undefined])[] = [
    ["left", left],
    ["tie", tie],
    ["both_bad", both_bad],
    ["right", right],
  ];
  return options.filter((one): one is readonly [Choice, string] => one[1] !== undefined);
}

/** The wordings by language; at least one. */
const wordingsSchema = z.record(z.string().max(35), wordingSchema).superRefine((wordings, refinement) => {
  const languages = Object.keys(wordings);
  const fault = (message: string, path: string[] = []) =>
    refinement.addIssue({ code: "custom", message, path });
  if (languages.length === 0) fault("needs the texts of one language at least");
  if (isRepeated(languages.map((one) => one.toLowerCase()))) fault("names a language twice");
  const without = languages.filter((one) => wordings[one]?.both_bad === undefined);
  if (without.length < languages.length)
    for (const language of without)
      fault("is missing, though another language has it", [language, "both_bad"]);
  for (const language of languages.filter((one) => !LANGUAGE_TAG.test(one)))
    fault("is no language tag; write one like en or zh-Hans", [language]);
});

export const protocolGroupSchema = z.strictObject({
  name,
  kind: groupKindSchema,
  /** Judgments wanted of each comparison outside the shared set. */
  judgments: z.number().int().min(0).max(1000),
  /** Judgments wanted of each comparison in the shared set. */
  sharedJudgments: z.number().int().min(0).max(1000),
  /** The most that one annotator judges; null: as many as there are. */
  judgmentsPerAnnotator: z.number().int().min(1).max(1_000_000).nullable(),
  /** Whether its judgments enter the figure of all people together. */
  headline: z.boolean(),
  /** Every so many pairs, its annotators see the figures of their own judgments; absent: they see none. */
  runningFigure: z.strictObject({ every: z.number().int().min(5).max(1000) }).optional(),
});
export type ProtocolGroup = z.infer<typeof protocolGroupSchema>;

const MARGIN = "must be above 0 and below 0.5";

/** What is to be concluded from, and how: said before the first judgment, so that nobody can choose it afterwards. */
export const analysisSchema = z.strictObject({
  estimate: z.enum(["halfTieRateByPrompt", "halfTieRate"]),
  /**
   * With it, of whom a conclusion is: tTest, of annotators like these (those who are fixed, a model or a group's only
   * annotator, have the permutation test); the others, of these annotators and no others.
   */
  test: z.enum(["tTest", "permutationTest", "signTest"]),
  majority: z.enum(["plurality", "signOfSum", "moreThanHalf"]),
  /** Whose judgments are left out, in words. */
  exclusion: z.string().min(1).max(2000),
  /** The tests that Holm corrects together. */
  family: z.literal("pairs within one group"),
  /**
   * What is as good as even: half-tie rates from ½ less it to ½ plus it. With it, non-inferiority and equivalence are tested.
   * Absent: they are not.
   */
  margin: z.number().gt(0, MARGIN).lt(0.5, MARGIN).optional(),
  /** Looks before all planned judgments are there; absent: none. */
  looks: looksSchema.optional(),
  /** How the two orders in which a model was asked make one verdict: see statistics/judgments/order-verdict.ts. */
  orderRule: z.enum(["agree", "lean"]).default("agree"),
});
export type Analysis = z.infer<typeof analysisSchema>;

/** A target and what it is compared with. */
const targetSchema = z
  .strictObject({ target: z.string().min(1), baselines: z.array(z.string().min(1)).min(1) })
  .refine(({ target, baselines }) => !baselines.includes(target), "the target cannot be its own baseline")
  .refine(({ baselines }) => !isRepeated(baselines), "a baseline is named twice");

/** What annotators are asked and how work is allotted: frozen with a hash when the study opens. */
export const protocolSchema = z.strictObject({
  wording: wordingsSchema,
  pairs: z.union([targetSchema, z.literal("all")], {
    error: 'must be {"target": "…", "baselines": ["…"]} or "all"',
  }),
  turns: z.enum(["last", "each"]),
  /** Prompts in the shared set, whose every comparison every group judges. */
  sharedPrompts: count,
  promptRepeats: z.enum(["avoid", "forbid", "allow"]),
  /** Whether prompts that a participant of a platform saw in another study of this server are not given to them; absent: they are. */
  unseenPrompts: z.literal(true).optional(),
  showIdentical: z.boolean(),
  groups: z
    .array(protocolGroupSchema)
    .min(1)
    .refine((groups) => !isRepeated(groups.map((group) => group.name)), "two groups have the same name"),
  analysis: analysisSchema,
  /** One comparison with a known answer in every so many pairs, for people; not said: none. */
  checks: z.strictObject({ every: z.number().int().min(2).max(1000) }).optional(),
  /** What comes before an annotator's first pair; absent: nothing. */
  entry: entrySchema.optional(),
  /** One pair that the annotator judged before, shown again in every so many pairs; absent: none. */
  repeats: z.strictObject({ every: z.number().int().min(5).max(1000) }).optional(),
  /** What is looked at while people judge, and what follows; absent: nothing. */
  rules: rulesSchema.optional(),
  /** Whether signs that a chatbot does the work are noted of people who agree; absent: none are. */
  signs: z.literal(true).optional(),
  /** How long people see a pair before they can choose; absent: no longer than a moment. */
  minimumTime: minimumTimeSchema.optional(),
  /** When people are offered a break; absent: never. */
  breaks: breaksSchema.optional(),
  /** Where annotators reach whoever runs the study: a name, an address or both; not given: nobody is named. */
  contact: filled(300).optional(),
  /** What becomes of the judgments of an erased annotator; not given: `excluded`, so they count in no figure. */
  erasedJudgments: z.enum(["excluded", "kept"]).optional(),
  /** What people may say besides a choice (server/contract/remarks.ts); not said: nothing. */
  comment: commentRuleSchema.optional(),
  flags: flagNamesSchema.optional(),
  /** Whether people can write to the owner. */
  messages: z.literal(true).optional(),
  /** Whether people are asked at the end if they could tell which system wrote which response. */
  guess: z.literal(true).optional(),
  /** Whether each answer has a button that copies it; absent: none has. */
  copyButtons: z.literal(true).optional(),
  /** Who the annotators are and how they were found, for the reader of the results; null: nobody has said. */
  recruitment: z.string().max(2000).nullable(),
  buffer: z.number().int().min(1).max(32),
  leaseMinutes: z.number().int().min(1).max(1440),
});
export type Protocol = z.infer<typeof protocolSchema>;

export const studyCreateSchema = z.strictObject({
  name,
  publicTitle: filled(200).optional(),
  target: z.string().min(1).optional(),
  baselines: z.array(z.string().min(1)).optional(),
  seed: z.string().min(1).max(100).optional(),
});
export type StudyCreate = z.infer<typeof studyCreateSchema>;

export const studySummarySchema = z.strictObject({
  name,
  publicTitle: z.string(),
  state: studyStateSchema,
  note: z.string().nullable(),
  prompts: count,
  systems: count,
  judged: count,
  wanted: count,
  loadedJudgments: count,
  createdAt: z.string(),
});
export type StudySummary = z.infer<typeof studySummarySchema>;

export const studyProgressSchema = z.strictObject({
  group: z.string(),
  system: z.string(),
  against: z.string(),
  wanted: count,
  judged: count,
});

/** What annotators could not judge, for the researcher who can mend it. */
const studySkipsSchema = z.strictObject({
  /** Pairs shown to annotators who could not judge them, checks among them. */
  skipped: count,
  /** Comparisons among them, each group's its own. */
  comparisons: count,
  reasons: reasonCountsSchema,
  /** Judgments wanted that nobody invited so far can give: everybody of the group has had the comparison. */
  nobodyLeft: count,
  /** By comparison and group, the most skipped first; a long list is cut. */
  list: z.array(
    z.strictObject({
      prompt: z.string(),
      turn: z.number().int().positive(),
      systems: z.array(z.string()).length(2),
      group: z.string(),
      skipped: count,
      reasons: reasonCountsSchema,
    }),
  ),
});
export type StudySkips = z.infer<typeof studySkipsSchema>;

/** One study as its researcher sees it. */
export const studyDetailSchema = studySummarySchema.extend({
  seed: z.string(),
  protocol: protocolSchema,
  protocolHash: z.string().nullable(),
  systems: count,
  systemList: z.array(
    z.strictObject({ name: z.string(), displayName: z.string(), role: systemRoleSchema, responses: count }),
  ),
  groups: z.array(
    z.strictObject({
      name: z.string(),
      kind: groupKindSchema,
      headline: z.boolean(),
      annotators: count,
      judged: count,
      unnamed: count.optional().describe("Those of them that name nobody as their annotator; missing: none."),
      openLink: z.boolean(),
      isOfPlatform: z.boolean().describe("The open link is in the address for the group’s platform."),
    }),
  ),
  progress: z.array(studyProgressSchema),
  skips: studySkipsSchema,
  loads: z.array(
    z.strictObject({
      number: count.describe("What unload takes; it counts the loads of all studies."),
      file: z.string(),
      state: z.enum(["running", "published", "failed", "unloaded"]),
      at: z.string(),
      by: z.string().nullable().describe("Who loaded it; null where nothing of it was published."),
      report: loadReportSchema.nullable(),
    }),
  ),
});
export type StudyDetail = z.infer<typeof studyDetailSchema>;

export const inviteRequestSchema = z.strictObject({
  group: z.string(),
  count: z.number().int().min(1).max(10_000).optional(),
  open: z.boolean().optional(),
  most: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe("With open: how many people may join by the link."),
  several: z.boolean().optional().describe("With open: whether one browser may join as several people."),
});
export type InviteRequest = z.infer<typeof inviteRequestSchema>;

export const inviteReplySchema = z.strictObject({
  links: z.array(z.strictObject({ annotator: z.string().nullable(), url: z.string() })),
  warning: z.string().nullable(),
});
export type InviteReply = z.infer<typeof inviteReplySchema>;

/** The annotator's page as it will look: a sheet and some comparisons; nothing is recorded. */
export const previewSchema = z.strictObject({
  sheet: sheetSchema,
  assignments: z.array(assignmentViewSchema),
});
export type Preview = z.infer<typeof previewSchema>;

/** Any subset of the protocol, while the study is a draft. */
export const protocolPatchSchema = protocolSchema.partial();
export type ProtocolPatch = z.infer<typeof protocolPatchSchema>;

/** `frozen`: the results as they are now, kept; false: as they stand whenever the link is opened. Nothing may be said. */
export const shareRequestSchema = z.strictObject({ frozen: z.boolean().optional() }).nullish();
export const shareReplySchema = z.strictObject({
  url: z.string(),
  snapshot: count.nullable().describe("The number of the snapshot that the link shows; null: it is live."),
});
export type ShareReply = z.infer<typeof shareReplySchema>;
