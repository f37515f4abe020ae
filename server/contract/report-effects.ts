import { z } from "zod";
import { count, estimateSchema, intervalSchema, notEstimableSchema, proportion } from "./report-estimates.ts";

const sidesSchema = z.strictObject({
  left: count,
  right: count,
  ties: count,
  rate: proportion.nullable().describe("Left among the decisive judgments; null where there are none."),
  p: proportion
    .nullable()
    .describe(
      "Exact two-sided sign test of left against right, as if every judgment stood alone; null where none is decisive.",
    ),
});

/** Whether judgments lean to one side of the screen: of people, or of one model. */
export const positionSchema = sidesSchema.extend({
  unknownSide: count.describe("Judgments of files that do not say which side was shown: in no figure here."),
  interval: intervalSchema.describe("Of the rate, clustered as the rates of a pair are."),
  byGroup: z.array(sidesSchema.extend({ group: z.string() })).describe("Every group, models too."),
  byPair: z.array(sidesSchema.extend({ system: z.string(), against: z.string() })),
});
export type Position = z.infer<typeof positionSchema>;

const featureSchema = z.strictObject({
  feature: z.enum(["length", "headers", "lists", "bold"]),
  coefficient: estimateSchema.describe(
    "Change of the log odds of being preferred for one standard deviation more of it, the rest being equal.",
  ),
  morePreferred: estimateSchema.describe(
    "Among decisive judgments of responses that differ in it, how often the one with more was preferred; n: those judgments.",
  ),
});

/** What length and formatting do to the choice: a logistic model of all judgments, a tie being half a win of each. */
const styleSchema = z.union([
  z.strictObject({
    judgments: count.describe("Judgments whose two responses were loaded: all that the model has seen."),
    left: estimateSchema.describe("Change of the log odds for standing on the left and not on the right."),
    features: z.array(featureSchema),
    lengthControlled: z.array(
      z.strictObject({
        system: z.string(),
        against: z.string(),
        raw: estimateSchema.describe("The half-tie rate per judgment, over the judgments in the model."),
        controlled: estimateSchema.describe(
          "The half-tie rate that the model gives for the same judgments had the responses been equally long.",
        ),
      }),
    ),
  }),
  notEstimableSchema,
]);

export const effectsSchema = z.strictObject({
  style: styleSchema.describe("Of all people of the headline."),
  styleByGroup: z
    .array(z.strictObject({ group: z.string(), style: styleSchema }))
    .describe("Of each group that stands alone: models, and people outside the headline."),
  seenPrompts: z.union([
    z.strictObject({
      judgments: count.describe(
        "Judgments on a prompt of which the annotator had judged a comparison before.",
      ),
      unordered: count.describe(
        "Judgments of annotators on a prompt that they judged more than once at times that do not say in which order: in no rate here.",
      ),
      seen: estimateSchema.describe(
        "The target's half-tie rate on seen prompts (without a target: the share of ties).",
      ),
      unseen: estimateSchema,
      difference: estimateSchema.describe("Seen less unseen."),
    }),
    notEstimableSchema,
  ]),
});
export type Effects = z.infer<typeof effectsSchema>;
export type StyleEffects = z.infer<typeof styleSchema>;

const sliceSchema = z.strictObject({
  value: z.string().describe("What the field says; of lengths the shortest and longest of a quarter."),
  system: z.string(),
  against: z.string(),
  prompts: count,
  judgments: count,
  halfTieRateByPrompt: estimateSchema,
});

/** Pairs over part of the prompts, judged by people of the headline. */
export const slicesSchema = z.array(
  z.strictObject({
    field: z
      .string()
      .describe("`source`, `split`, `language`, `prompt length`, or a field of the files' metadata."),
    values: count.describe("Different values among the judged prompts; of lengths, the quarters."),
    prompts: count.describe("Judged prompts that have a value."),
    notSliced: z.string().optional().describe("Why there are no slices."),
    slices: z.array(sliceSchema),
  }),
);
export type Slices = z.infer<typeof slicesSchema>;
