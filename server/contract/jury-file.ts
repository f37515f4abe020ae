import { z } from "zod";
import { judgeMethodFileSchema } from "./judge-method.ts";
import { judgeSettingsSchema } from "./judges.ts";
import { protocolGroupSchema } from "./studies.ts";

const { model, adapter, orders, repeats, temperature, seed, maxTokens, language, body } =
  judgeSettingsSchema.shape;

const jurorSchema = z.strictObject({
  model: model.describe("Name of the model on its server."),
  annotator: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe("Its name in the report. Default: the model."),
  adapter: adapter
    .optional()
    .describe("API that the server speaks: openai (default), responses or anthropic."),
  baseUrl: z.url().optional().describe("Address of the server. Default: the adapter's own."),
  keyEnv: z.string().optional().describe("Environment variable with the key."),
  keyFile: z.string().optional().describe("File with the key, relative to this one, readable only by you."),
  headers: z.record(z.string(), z.string()).optional().describe("Extra headers of every request."),
  body: body.describe("Extra fields of every request body; null removes one."),
  reasoningEffort: z
    .string()
    .regex(/^[a-z]{1,20}$/)
    .optional()
    .describe("How hard the model is to think, if it can: low, medium, high …"),
  timeout: z
    .number()
    .min(1)
    .max(2_000_000)
    .optional()
    .describe("Seconds per call. Default: that of --timeout."),
  concurrency: z
    .number()
    .int()
    .min(1)
    .max(512)
    .optional()
    .describe("Calls at once. Default: that of --concurrency."),
  orders: orders.optional().describe("Default: both, or the preset's."),
  repeats: repeats.optional(),
  temperature: temperature.optional().describe("null: the server's own. Default: 0, or the preset's."),
  seed: seed.optional(),
  maxTokens: maxTokens.optional().describe("Default: 1024, or the preset's."),
  keepThinking: judgeSettingsSchema.shape.keepThinking,
  freeText: z.boolean().optional().describe("Ask for a final verdict line instead of JSON."),
  language: language.optional().describe("Of the instructions. Default: the protocol's first."),
  method: judgeMethodFileSchema.optional().describe("How it is asked. Default: as people are."),
});
export type Juror = z.infer<typeof jurorSchema>;

/** Several judges that run at once with one budget, as one file. */
export const juryFileSchema = z.strictObject({
  group: protocolGroupSchema.shape.name.describe(
    "The group of models that they judge in; created if it is new.",
  ),
  prices: z.string().optional().describe("Price file, relative to this one."),
  maxCost: z.number().positive().optional().describe("US dollars, for all judges together."),
  maxCalls: z.number().int().min(1).optional().describe("For all judges together."),
  maxMinutes: z.number().positive().optional(),
  judges: z.array(jurorSchema).min(1).max(32),
});
export type JuryFile = z.infer<typeof juryFileSchema>;
