import { z } from "zod";
import { GRADES, judgeMethodSchema } from "./judge-method.ts";
import { count } from "./report-estimates.ts";

/** How a judge was asked, and how its replies became verdicts: what the report says of the method in its settings. */
const askedSchema = z.strictObject({
  preset: judgeMethodSchema.shape.preset.unwrap().nullable(),
  changes: z.array(z.string()).describe("Settings that are not the preset's."),
  template: z.enum(["standard", "preset", "own"]),
  examples: count,
  criteria: z.boolean().describe("Whether all comparisons have criteria."),
  criteriaField: z
    .string()
    .nullable()
    .describe("The field with each prompt's own criteria; null: there is none."),
  referenceField: z
    .string()
    .nullable()
    .describe("The field with each prompt's reference answer; null: there is none."),
  scale: judgeMethodSchema.shape.scale.unwrap(),
  verdictFrom: judgeMethodSchema.shape.verdictFrom.unwrap(),
  samples: count,
});
export type Asked = z.infer<typeof askedSchema>;

const strengthSchema = z.strictObject({
  system: z.string(),
  against: z.string(),
  replies: count,
  preference: z
    .number()
    .nullable()
    .describe("Mean preference for the system from log probabilities, 0 to 1; null: it was not asked so."),
  steps: z
    .array(count)
    .length(GRADES.length)
    .nullable()
    .describe("Replies by step, from much better to much worse; null: it was not asked for five."),
});

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
  temperatures: z
    .array(z.number().nullable())
    .describe("As they were really sent, where calls kept it; null: the server's own."),
  sent: z
    .array(
      z.strictObject({
        calls: count,
        temperature: z.number().nullable().describe("null: the server's own."),
        temperatureRefused: z.number().nullable().describe("What was wanted and refused; null: nothing was."),
        form: z
          .enum(["json_schema", "json_object", "tool", "words"])
          .describe("How the form of the reply was asked for; words: by the instructions alone."),
        formRefused: z.boolean().describe("JSON of a schema was wanted, and could not be had so."),
      }),
    )
    .optional()
    .describe(
      "Calls with a verdict by the parameters that they were really sent with, where they kept them.",
    ),
  messages: z
    .strictObject({
      calls: count,
      different: count,
      hash: z
        .string()
        .describe("SHA-256, in hex, of the hashes of the different messages, sorted, each with an LF."),
    })
    .optional()
    .describe("Messages of calls with a verdict whose hash was kept; missing: none was."),
  maxTokens: z.array(count).optional().describe("The most tokens of a reply, as sent."),
  seeds: z.array(z.number().nullable()).optional().describe("Sampling seeds as sent; null: none."),
  ownFields: z
    .array(z.string())
    .optional()
    .describe(
      "What was set by hand: fields of requests, as NAME=VALUE in JSON, null: left out; headers, as “header NAME”.",
    ),
  servers: z.array(z.string()).optional().describe("Hosts that were asked, where they are several."),
  tokensNotTold: count.optional().describe("Calls with a reply whose tokens the server did not tell."),
  costAtMost: count.optional().describe("Calls counted at the most that they may have cost."),
  flagged: count.describe("Judgments of responses that talk to the judge."),
  asked: z.array(askedSchema).optional().describe("Missing: as people are asked, one reply each."),
  strengths: z
    .array(strengthSchema)
    .optional()
    .describe("How strongly it preferred a system, over all its replies; missing: no reply had a strength."),
  versions: z
    .array(
      z.strictObject({
        model: z.string().nullable().describe("As the server named it; null: it named none."),
        verdicts: count.describe("Where several replies made one verdict: replies."),
        first: count.describe("Those for the response that stood first (left)."),
        pairs: z.array(
          z.strictObject({ system: z.string(), against: z.string(), win: count, tie: count, loss: count }),
        ),
      }),
    )
    .optional()
    .describe(
      "Where more than one model answered: what each of them said, every verdict counting, each order apart.",
    ),
});

/** The same with the models that were asked for, by which a judge is known in its own system's name. */
export const modelCallsSchema = callsSchema.extend({ models: z.array(z.string()) });
export type ModelCalls = z.infer<typeof modelCallsSchema>;
