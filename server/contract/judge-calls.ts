import { z } from "zod";
import { GRADES } from "./judge-method.ts";
import { sentParametersSchema } from "./judges.ts";
import { nextSchema } from "./paging.ts";
import { count } from "./report-estimates.ts";

/** The most calls on one page, and how many there are by default. */
const PAGE_CALLS = 200;

export const judgeCallsQuerySchema = z.strictObject({
  annotator: z.string().max(200).optional().describe("Of this judge alone."),
  group: z.string().max(100).optional().describe("Of judges in this group alone."),
  state: z.enum(["answered", "failed"]).optional().describe("With a verdict, or without."),
  outcome: z
    .string()
    .max(50)
    .optional()
    .describe("One choice, such as left, or one failure, such as refused."),
  after: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe("The `next` of the page before; missing: the first page."),
  limit: z.coerce.number().int().min(1).max(PAGE_CALLS).default(PAGE_CALLS),
});
export type JudgeCallsQuery = z.infer<typeof judgeCallsQuerySchema>;

const judgeCallSchema = z.strictObject({
  id: count,
  run: count,
  annotator: z.string(),
  group: z.string(),
  prompt: z.string(),
  turn: count,
  left: z.string().describe("The system whose response was A."),
  right: z.string().describe("The system whose response was B."),
  presentation: count.describe(
    "0: as first shown; 1: with sides swapped; from 2: a repeat; 1,000 × revision more where a text was corrected since.",
  ),
  attempt: count.describe("From 1, over all runs."),
  state: z
    .enum(["claimed", "answered", "failed", "lost"])
    .describe("claimed: without a result yet; lost: sent, perhaps, and no reply was kept."),
  outcome: z.string().nullable().describe("The choice, or the name of the failure; null: there is none yet."),
  grade: z.enum(GRADES).nullable().describe("Of five steps, the one that the outcome collapses; null: none."),
  preference: z
    .number()
    .nullable()
    .describe("For the response on the left, from 0 to 1, from log probabilities; null: none."),
  at: z.string().describe("When it was claimed, UTC."),
  reportedModel: z.string().nullable(),
  promptTokens: count.nullable(),
  completionTokens: count.nullable(),
  dollars: z.number().nullable(),
  isAtMost: z.boolean().describe("The cost is the most that it may have been."),
  latencyMs: count.nullable(),
  messagesHash: z
    .string()
    .nullable()
    .describe("SHA-256, in hex, of the messages as a JSON list of {role, content}; null: not kept."),
});
export type JudgeCall = z.infer<typeof judgeCallSchema>;

export const judgeCallsSchema = z.strictObject({ calls: z.array(judgeCallSchema), next: nextSchema });
export type JudgeCalls = z.infer<typeof judgeCallsSchema>;

export const shownCallSchema = judgeCallSchema.extend({
  sample: z
    .strictObject({ number: count.nullable(), of: count })
    .nullable()
    .describe(
      "Where several replies make one verdict: which of them it is, from 1, and of how many; number null: it is in no verdict. " +
        "null: it makes a verdict alone.",
    ),
  model: z.string().describe("As it was asked for."),
  baseUrl: z.string(),
  template: z.string(),
  templateHash: z.string(),
  sent: sentParametersSchema.nullable().describe("The parameters as they were sent; null: not kept."),
  body: z.record(z.string(), z.unknown()).describe("Fields of the request that were set by hand."),
  messages: z
    .array(z.strictObject({ role: z.enum(["system", "user", "assistant"]), content: z.string() }))
    .nullable()
    .describe("As they were sent, checked against their hash; null: they cannot be shown again."),
  whyNot: z
    .enum(["no hash", "no texts", "changed"])
    .nullable()
    .describe(
      "Why not. no hash: the call was made before hashes were kept, or never finished; no texts: the responses were " +
        "unloaded; changed: a text or the template of this version is another one.",
    ),
  message: z.string().nullable().describe("What was wrong with a failed call."),
  raw: z.string().nullable().describe("The reply as it came."),
  signs: z.array(z.string()).describe("Ways in which a response addresses its judge."),
});
export type ShownCall = z.infer<typeof shownCallSchema>;
