import { z } from "zod";
import { assignmentViewSchema, sheetSchema } from "./judging.ts";
import { loadReportSchema } from "./loading.ts";
import { groupKindSchema, studyStateSchema, systemRoleSchema } from "./words.ts";

const count = z.number().int().nonnegative();
const name = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._()+-]{0,99}$/u,
    "a name starts with a letter or digit, up to 100 characters",
  );

/** The words of the task in one language. `guidelines` is Markdown. */
export const wordingSchema = z.strictObject({
  question: z.string().min(1).max(5000),
  left: z.string().min(1).max(200),
  tie: z.string().min(1).max(200),
  right: z.string().min(1).max(200),
  guidelines: z.string().max(50_000).nullable(),
});
export type Wording = z.infer<typeof wordingSchema>;

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
});
export type ProtocolGroup = z.infer<typeof protocolGroupSchema>;

/** What is to be concluded from, and how: said before the first judgment, so that nobody can choose it afterwards. */
export const analysisSchema = z.strictObject({
  estimate: z.enum(["halfTieRateByPrompt", "halfTieRate"]),
  test: z.enum(["permutationTest", "signTest"]),
  majority: z.enum(["plurality", "signOfSum", "moreThanHalf"]),
  /** Whose judgments are left out, in words. */
  exclusion: z.string().min(1).max(2000),
  /** The tests that Holm corrects together. */
  family: z.literal("pairs within one group"),
  /** How the two orders in which a model was asked make one verdict: see statistics/order-verdict.ts. */
  orderRule: z.enum(["agree", "lean"]).default("agree"),
});
export type Analysis = z.infer<typeof analysisSchema>;

/** What annotators are asked and how work is allotted: frozen with a hash when the study opens. */
export const protocolSchema = z.strictObject({
  wording: z.record(z.string(), wordingSchema),
  pairs: z.union([
    z.strictObject({ target: z.string(), baselines: z.array(z.string()).min(1) }),
    z.literal("all"),
  ]),
  turns: z.enum(["last", "each"]),
  /** Prompts in the shared set, whose every comparison every group judges. */
  sharedPrompts: count,
  promptRepeats: z.enum(["avoid", "forbid", "allow"]),
  showIdentical: z.boolean(),
  groups: z.array(protocolGroupSchema).min(1),
  analysis: analysisSchema,
  /** Who the annotators are and how they were found, for the reader of the results; null: nobody has said. */
  recruitment: z.string().max(2000).nullable(),
  buffer: z.number().int().min(1).max(32),
  leaseMinutes: z.number().int().min(1).max(1440),
});
export type Protocol = z.infer<typeof protocolSchema>;

export const studyCreateSchema = z.strictObject({
  name,
  publicTitle: z.string().min(1).max(200).optional(),
  target: z.string().optional(),
  baselines: z.array(z.string()).optional(),
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
      openLink: z.boolean(),
    }),
  ),
  progress: z.array(studyProgressSchema),
  loads: z.array(
    z.strictObject({
      file: z.string(),
      state: z.enum(["running", "published", "failed"]),
      at: z.string(),
      report: loadReportSchema.nullable(),
    }),
  ),
});
export type StudyDetail = z.infer<typeof studyDetailSchema>;

export const inviteRequestSchema = z.strictObject({
  group: z.string(),
  count: z.number().int().min(1).max(10_000).optional(),
  open: z.boolean().optional(),
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
