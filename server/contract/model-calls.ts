import { z } from "zod";
import { count } from "./report-estimates.ts";

/** The calls behind a model's judgments, summed up: what the report says of them. */
export const callsSchema = z.strictObject({
  runs: count,
  calls: count,
  failures: z.array(z.strictObject({ kind: z.string(), count })),
  promptTokens: count,
  completionTokens: count,
  dollars: z.number().nullable().describe("null: no price was known."),
  dollarsPerJudgment: z.number().nullable(),
  reportedModels: z.array(z.string()).describe("What the servers said they used."),
  templates: z.array(z.string()),
  temperatures: z.array(z.number().nullable()),
  flagged: count.describe("Judgments of responses that talk to the judge."),
});

/** The same with the models that were asked for, by which a judge is known in its own system's name. */
export const modelCallsSchema = callsSchema.extend({ models: z.array(z.string()) });
export type ModelCalls = z.infer<typeof modelCallsSchema>;
