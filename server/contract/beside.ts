import { z } from "zod";
import { count, estimateSchema, notEstimableSchema } from "./report-estimates.ts";

/** GET /api/studies/:study/beside: one study and another, side by side. */
export const besideQuerySchema = z.strictObject({
  with: z.string().max(100).describe("The name of the other study."),
});

/** What two studies can have in common or not, in the order in which it is shown. */
const FACTS = [
  ...(["question", "options", "guidelines", "estimate", "test", "groups", "state"] as const),
] as const;
const factSchema = z.enum(FACTS);
export type BesideFact = z.infer<typeof factSchema>;

const sideSchema = z.strictObject({
  judgments: count,
  prompts: count,
  annotators: count,
  rate: estimateSchema.describe("The half-tie rate of `system`, by the same estimate in both studies."),
});

const pairSchema = z.strictObject({
  system: z.string(),
  against: z.string(),
  group: z.string().nullable().describe("A group of this name in both; null: all people."),
  first: sideSchema,
  second: sideSchema,
  difference: estimateSchema.describe(
    "Rate in the first study less that in the second. What prompts and annotators of the same name have in common cancels.",
  ),
  sharedPrompts: count.describe("Prompts judged in both, of the same name and text."),
  onSharedPrompts: estimateSchema
    .nullable()
    .describe("The difference on those prompts alone; null: there are none, or no others."),
  pHolm: z
    .number()
    .nullable()
    .describe(
      "That the rates are equal, corrected over the pairs of all people; null for other groups, and while a study is interim.",
    ),
});
export type BesidePair = z.infer<typeof pairSchema>;

const studySchema = z.strictObject({
  study: z.string(),
  publicTitle: z.string(),
  judgments: count,
  prompts: count,
  annotators: count,
});

const placeSchema = z.strictObject({ rank: count.nullable(), score: z.number() });

export const besideSchema = z.strictObject({
  first: studySchema,
  second: studySchema,
  interim: z
    .boolean()
    .describe("Whether a study still waits for its planned judgments: nothing is concluded then."),
  estimate: z.enum(["halfTieRateByPrompt", "halfTieRate"]),
  facts: z.array(
    z.strictObject({ fact: factSchema, first: z.string(), second: z.string(), same: z.boolean() }),
  ),
  prompts: z.strictObject({
    shared: count.describe("Of the same name and text, judged in both studies."),
    otherText: count.describe("Of the same name, with different texts: taken for different prompts."),
  }),
  annotators: z.strictObject({ shared: count.describe("Of the same name, who judged in both.") }),
  responses: z
    .strictObject({ compared: count, same: count })
    .describe(
      "Of shared systems to shared prompts: how many there are in both, and how many have the same text.",
    ),
  pairs: z.array(pairSchema),
  onlyFirst: z.array(z.string()).describe("Systems that the second study does not have."),
  onlySecond: z.array(z.string()),
  ranking: z.union([
    z.strictObject({
      systems: z.array(z.strictObject({ system: z.string(), first: placeSchema, second: placeSchema })),
      kendallTauB: z
        .number()
        .nullable()
        .describe(
          "Of the strengths of the shared systems; null with fewer than three, or where all are equal.",
        ),
    }),
    notEstimableSchema,
  ]),
});
export type Beside = z.infer<typeof besideSchema>;
