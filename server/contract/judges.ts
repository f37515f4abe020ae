import { z } from "zod";

const count = z.number().int().nonnegative();
const when = z.string().describe("UTC, ISO 8601.");

/** How a call stands: sent or about to be, with a verdict, without one, or never finished because its run died. */
export type CallState = "claimed" | "answered" | "failed" | "lost" | "released";

/** How a run ended: all is judged; a limit; asked to stop; the server cannot be used; its process is gone. */
export const runEndingSchema = z.enum([
  "done",
  "calls spent",
  "budget spent",
  "time spent",
  "stopped",
  "gave up",
  "died",
]);
export type RunEnding = z.infer<typeof runEndingSchema>;

/** Everything that decides a verdict of a judge model: kept with each run. */
export const judgeSettingsSchema = z.strictObject({
  adapter: z.string().describe("How the server is spoken to: openai or anthropic."),
  baseUrl: z.url().describe("Without credentials."),
  model: z.string().min(1).max(200),
  orders: z
    .enum(["one", "both"])
    .describe("one: as people get it; both: every comparison again with sides changed."),
  repeats: z.number().int().min(0).max(8).describe("How often each comparison is asked again as it was."),
  temperature: z.number().min(0).max(2).nullable(),
  seed: z.number().int().nullable(),
  maxTokens: z.number().int().min(16).max(100_000),
  structured: z.boolean().describe("Whether the server is asked for JSON of a schema."),
  language: z.string().describe("Of the wording that the model is given."),
});
export type JudgeSettings = z.infer<typeof judgeSettingsSchema>;

/** How far a run may go; null: no limit. */
export const judgeLimitsSchema = z.strictObject({
  calls: z.number().int().min(1).nullable(),
  dollars: z.number().positive().nullable(),
  minutes: z.number().positive().nullable(),
  concurrency: z.number().int().min(1).max(512),
  attempts: z.number().int().min(1).max(20).describe("Calls about one assignment before it is left alone."),
});
export type JudgeLimits = z.infer<typeof judgeLimitsSchema>;

/** How far a run is. Costs are of this run, in US dollars; null where no price is known. */
export const judgeProgressSchema = z.strictObject({
  judged: count.describe("Assignments of this annotator with a verdict, in all runs."),
  of: count.describe("Assignments that there are for it."),
  calls: count,
  failed: count,
  dollars: z.number().nullable(),
  promptTokens: count,
  completionTokens: count,
  endsAt: when.nullable().describe("At the pace so far."),
});
export type JudgeProgress = z.infer<typeof judgeProgressSchema>;

export const judgeRunSchema = z.strictObject({
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
