import { z } from "zod";
import { count, estimateSchema, maybe, notEstimableSchema, proportion } from "./report-estimates.ts";

const sidesSchema = z.strictObject({
  left: count,
  right: count,
  ties: count,
  rate: proportion.nullable().describe("Left among the decisive judgments."),
  p: proportion
    .nullable()
    .describe("Exact two-sided sign test of left against right; null without decisive judgments."),
});

/** Whether judgments lean to one side of the screen: of people, or of one model. */
export const positionSchema = sidesSchema.extend({
  unknownSide: count.describe("Judgments of files that do not say which side was shown: in no figure here."),
  interval: z.union([
    z.strictObject({ low: proportion, high: proportion, method: z.string() }),
    notEstimableSchema,
  ]),
  byGroup: z.array(sidesSchema.extend({ group: z.string() })),
  byPair: z.array(sidesSchema.extend({ system: z.string(), against: z.string() })),
});
export type Position = z.infer<typeof positionSchema>;

/** What length and formatting do to the choice: a logistic model of the decisive judgments; a tie is half of each. */
const featureSchema = z.strictObject({
  feature: z.enum(["length", "headers", "lists", "bold"]),
  coefficient: estimateSchema.describe(
    "Change of the log odds for one standard deviation of the difference; n: judgments.",
  ),
  longerPreferred: maybe.describe(
    "Among decisive judgments, how often the side with more of it won; null where none differ.",
  ),
});

export const effectsSchema = z.strictObject({
  style: z.union([
    z.strictObject({
      judgments: count,
      features: z.array(featureSchema),
      lengthControlled: z.array(
        z.strictObject({
          system: z.string(),
          against: z.string(),
          raw: estimateSchema,
          controlled: estimateSchema.describe("The half-tie rate that the model gives at equal length."),
        }),
      ),
    }),
    notEstimableSchema,
  ]),
  seenPrompts: z.union([
    z.strictObject({
      judgments: count.describe("Judgments on a prompt that the annotator had judged before."),
      seen: estimateSchema.describe(
        "The target's half-tie rate among them (without a target: share of ties).",
      ),
      unseen: estimateSchema,
      difference: estimateSchema,
    }),
    notEstimableSchema,
  ]),
});
export type Effects = z.infer<typeof effectsSchema>;

const sliceSchema = z.strictObject({
  value: z.string().describe("What the field says; lengths in four equal parts of the prompts."),
  system: z.string(),
  against: z.string(),
  prompts: count,
  judgments: count,
  halfTieRateByPrompt: estimateSchema,
});

export const slicesSchema = z.array(
  z.strictObject({
    field: z
      .string()
      .describe("`source`, `split`, `language`, `prompt length`, or a field of the files' metadata."),
    values: count.describe("Different values; fields with more than 50 are named and not sliced."),
    slices: z.array(sliceSchema),
  }),
);
export type Slices = z.infer<typeof slicesSchema>;
