import { z } from "zod";

/** Published ways of judging that a judge can follow: the same inputs, options and rule, in words of our own. */
export const PRESETS = ["lima", "alpaca-eval", "mt-bench", "arena-hard"] as const;
const presetSchema = z.enum(PRESETS);
export type PresetName = z.infer<typeof presetSchema>;

/** Five steps, from A by far to B by far. */
export const GRADES = ["A>>B", "A>B", "A=B", "B>A", "B>>A"] as const;
export type Grade = (typeof GRADES)[number];

const TEXT_MAX = 50_000;
const text = z.string().max(TEXT_MAX).regex(/\S/, "must not be blank");
const field = z.string().min(1).max(200);

const exampleSchema = z.strictObject({
  prompt: text,
  a: text.describe("Response A."),
  b: text.describe("Response B."),
  verdict: z.enum(["A", "tie", "B", ...GRADES]).describe("One of the options that the judge has."),
  reasoning: text.optional(),
});
export type JudgeExample = z.infer<typeof exampleSchema>;

const shape = {
  preset: presetSchema.optional().describe("The published way that all else here starts from."),
  system: text.optional().describe("System prompt; may have the slots of the wording."),
  template: text
    .optional()
    .describe("What the judge gets about each comparison, with slots such as {{prompt}}."),
  examples: z
    .array(exampleSchema)
    .max(20)
    .optional()
    .describe("Judged comparisons that the judge is shown first."),
  criteria: text.optional().describe("What all comparisons are judged by."),
  criteriaField: field.optional().describe("The field of each prompt that has its own criteria."),
  referenceField: field.optional().describe("The field of each prompt that has its reference answer."),
  scale: z
    .enum(["three", "five"])
    .optional()
    .describe("three (default): A, tie, B; five: A>>B, A>B, A=B, B>A, B>>A, collapsed to these three."),
  verdictFrom: z
    .enum(["reply", "probabilities"])
    .optional()
    .describe(
      "reply (default): what the model answers; probabilities: those of the answers A and B as first word.",
    ),
  samples: z
    .number()
    .int()
    .min(1)
    .max(32)
    .optional()
    .describe(
      "How many replies make one verdict: the option of most of them; a tie where no single option has most.",
    ),
};

/** How a judge is asked, and how its replies become a verdict, as somebody writes it. */
export const judgeMethodFileSchema = z.strictObject(shape);
export type JudgeMethodFile = z.infer<typeof judgeMethodFileSchema>;

/** The same with the texts of the preset, and in what it differs from that. */
export const judgeMethodSchema = z.strictObject({
  ...shape,
  changes: z.array(z.string()).optional().describe("The settings that are not those of the preset."),
});
export type JudgeMethod = z.infer<typeof judgeMethodSchema>;

/** How many replies make one verdict. */
export const samplesOf = ({ method }: { readonly method?: JudgeMethod | undefined }): number =>
  method?.samples ?? 1;
