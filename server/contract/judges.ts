import { z } from "zod";
import { judgeMethodFileSchema, judgeMethodSchema } from "./judge-method.ts";
import { protocolGroupSchema } from "./studies.ts";

const count = z.number().int().nonnegative();
const filled = (max: number) => z.string().max(max).regex(/\S/, "must not be blank");
const when = z.string().describe("UTC, ISO 8601.");

/** How a call stands: sent or about to be, with a verdict, without one, or never finished because its run died. */
export type CallState = "claimed" | "answered" | "failed" | "lost" | "released";

/**
 * How a run ended: all is judged; a limit; the server's quota of the day; asked to stop; the server cannot be used; its process is gone; the rest of a
 * batch is waited for no longer.
 */
const runEndingSchema = z.enum([
  "done",
  "calls spent",
  "budget spent",
  "time spent",
  "quota spent",
  "stopped",
  "gave up",
  "died",
  "given up",
]);
export type RunEnding = z.infer<typeof runEndingSchema>;

/** Everything that decides a verdict of a judge model: kept with each run. */
export const judgeSettingsSchema = z.strictObject({
  adapter: z.string().describe("The API that the server speaks: openai, responses or anthropic."),
  baseUrl: z.url().describe("Without credentials."),
  model: z.string().min(1).max(200),
  orders: z
    .enum(["one", "both"])
    .describe("one: as people get it; both: every comparison again with sides changed."),
  repeats: z.number().int().min(0).max(8).describe("How often each call is repeated unchanged."),
  temperature: z.number().min(0).max(2).nullable(),
  seed: z.number().int().nullable(),
  maxTokens: z.number().int().min(1).max(100_000),
  structured: z.boolean().describe("Whether the server is asked for JSON of a schema."),
  language: z.string().describe("Of the wording that the model is given."),
  body: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("Fields of each request body that were set by hand; null removes one."),
  headers: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      "Headers of each request that were set by hand, each with a mark of its value: equal values have equal marks; “key”: " +
        "by its name it has a key, which may change. Missing: not kept.",
    ),
  keepThinking: z
    .boolean()
    .optional()
    .describe("Whether what the model thought before its reply is kept with each judgment. Default: false."),
  method: judgeMethodSchema
    .optional()
    .describe(
      "How it is asked and how replies become a verdict; missing: as people are asked, one reply each.",
    ),
});
export type JudgeSettings = z.infer<typeof judgeSettingsSchema>;

/** What a call was really sent with, once the server had refused what it does not take. null: left to the server. */
export const sentParametersSchema = z.strictObject({
  temperature: z.number().nullable(),
  topP: z.number().nullable(),
  seed: z.number().nullable(),
  maxTokens: z.number().nullable(),
  form: z
    .enum(["json_schema", "json_object", "tool", "words"])
    .describe("How the form of the reply was asked for; words: by the instructions alone."),
  refused: z
    .strictObject({ temperature: z.number(), topP: z.number(), seed: z.number() })
    .partial()
    .describe("What was wanted, and left out since the server has no word for it or refused it."),
  isFormRefused: z
    .boolean()
    .describe("JSON of a schema was wanted as the server's own format, and could not be had so."),
  without: z
    .array(z.string())
    .optional()
    .describe("Fields and forms of a schema that the server had refused; missing: not kept."),
});
export type SentParameters = z.infer<typeof sentParametersSchema>;

/** How far a run may go; null: no limit. */
const judgeLimitsSchema = z.strictObject({
  calls: z.number().int().min(1).nullable(),
  dollars: z.number().positive().nullable(),
  minutes: z.number().positive().nullable(),
  concurrency: z.number().int().min(1).max(512),
  attempts: z.number().int().min(1).max(20).describe("Tries per assignment before giving up."),
});
export type JudgeLimits = z.infer<typeof judgeLimitsSchema>;

/** How far a run is. Costs are of this run, in US dollars; null where no price is known. */
const judgeProgressSchema = z.strictObject({
  judged: count.describe("Assignments of this annotator with a verdict, in all runs."),
  of: count.describe("Assignments that there are for it."),
  calls: count,
  failed: count,
  dollars: z.number().nullable(),
  promptTokens: count,
  completionTokens: count,
  notTold: count.default(0).describe("Calls that came back without a word of their tokens."),
  atMost: count
    .default(0)
    .describe("Calls counted at the most that they may have cost, since the server reported no usage."),
  waiting: z.string().nullable().default(null).describe("What the run is waiting for; null: nothing."),
  endsAt: when.nullable().describe("At the pace so far."),
});
export type JudgeProgress = z.infer<typeof judgeProgressSchema>;

const judgeRunSchema = z.strictObject({
  id: count,
  group: z.string(),
  annotator: z.string(),
  settings: judgeSettingsSchema,
  template: z.string(),
  startedAt: when,
  endedAt: when.nullable(),
  ending: runEndingSchema.nullable().describe("null: it is running."),
  said: z.string().nullable(),
  calls: count,
  answered: count,
  failures: z.array(z.strictObject({ kind: z.string(), count })),
  promptTokens: count,
  completionTokens: count,
  dollars: z.number().nullable(),
});
export type JudgeRun = z.infer<typeof judgeRunSchema>;

/** A run as it is asked for over HTTP; what is not said is as the command line has it. */
export const judgeRunWantedSchema = z.strictObject({
  server: z.string().min(1).max(2000).describe("The base URL: a configured one, or a public one over https."),
  adapter: z
    .string()
    .max(50)
    .optional()
    .describe("openai, responses or anthropic; of a configured server its own."),
  model: filled(200),
  group: protocolGroupSchema.shape.name.describe("A group of models; created if it is new."),
  annotator: filled(200).optional().describe("The judge's name in the report. Default: the model."),
  orders: judgeSettingsSchema.shape.orders.optional().describe("Default: both, or the preset's."),
  repeats: judgeSettingsSchema.shape.repeats.optional().describe("Default: 0, or the preset's."),
  temperature: judgeSettingsSchema.shape.temperature.optional().describe("Default: 0, or the preset's."),
  seed: judgeSettingsSchema.shape.seed.default(null),
  maxTokens: judgeSettingsSchema.shape.maxTokens.optional().describe("Default: 1024, or the preset's."),
  method: judgeMethodFileSchema.optional().describe("How the model is asked. Default: as people are."),
  structured: judgeSettingsSchema.shape.structured.default(true),
  keepThinking: judgeSettingsSchema.shape.keepThinking,
  language: z
    .string()
    .max(35)
    .optional()
    .describe("Language of the instructions. Default: the protocol's first."),
  limits: z
    .strictObject({
      calls: judgeLimitsSchema.shape.calls.default(null),
      dollars: judgeLimitsSchema.shape.dollars.default(null),
      minutes: judgeLimitsSchema.shape.minutes.default(null),
      concurrency: judgeLimitsSchema.shape.concurrency.default(8),
      attempts: judgeLimitsSchema.shape.attempts.default(3),
    })
    .prefault({}),
  dryRun: z.boolean().default(false).describe("Only estimate calls, tokens and cost."),
});
export type JudgeRunWanted = z.infer<typeof judgeRunWantedSchema>;
/** The same as it may be sent. */
export type JudgeRunRequest = z.input<typeof judgeRunWantedSchema>;

/** What a run would come to if every call succeeded at once, estimated from the texts. */
export const judgeEstimateSchema = z.strictObject({
  calls: count,
  promptTokens: count,
  completionTokens: count,
  dollars: z.number().nullable().describe("null: no price is known."),
});
export type JudgeEstimate = z.infer<typeof judgeEstimateSchema>;

export const judgeRunStartedSchema = z.strictObject({ id: count });
export type JudgeRunStarted = z.infer<typeof judgeRunStartedSchema>;

export const judgeRunsSchema = z.strictObject({
  runs: z.array(
    judgeRunSchema.extend({
      isHere: z.boolean().describe("It runs in this server, and can be stopped from here."),
      isBatch: z.boolean().describe("It waits for the results of a batch file."),
      isStopping: z.boolean().describe("It is waiting for the calls in progress."),
      progress: judgeProgressSchema
        .nullable()
        .describe("null: it does not run here, or no call is back yet."),
    }),
  ),
  servers: z.array(
    z.strictObject({
      url: z.string().describe("As the operator wrote it."),
      adapter: z.string(),
      hasKey: z.boolean(),
    }),
  ),
});
export type JudgeRuns = z.infer<typeof judgeRunsSchema>;

/** What a model is told about each comparison, with words in the places of the texts. */
export const judgeTemplateSchema = z.strictObject({
  version: z.string(),
  hash: z.string().describe("SHA-256 of all that is fixed in it."),
  text: z.string(),
});
export type JudgeTemplate = z.infer<typeof judgeTemplateSchema>;
