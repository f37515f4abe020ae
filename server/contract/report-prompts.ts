import { z } from "zod";
import { count, estimateSchema, notEstimableSchema, proportion } from "./report-estimates.ts";

/** One prompt as its judgments of one pair show it. */
const promptFiguresSchema = z.strictObject({
  prompt: z.string(),
  judgments: count,
  score: proportion.describe("Mean score of the system on it (win 1, tie one half, loss 0)."),
  division: proportion
    .nullable()
    .describe(
      "Mean difference between the scores of two judgments of the same comparison, 0 to 1; null: none has two.",
    ),
  influence: z.number().describe("The declared rate less the same rate without this prompt."),
  decides: z.boolean().describe("Whether it is one of the prompts that `deciding` leaves out."),
});
export type PromptFigures = z.infer<typeof promptFiguresSchema>;

/** The fewest prompts without which the result would be another; chosen after the results were seen. */
const decidingSchema = z.strictObject({
  until: z
    .enum(["interval holds one half", "rate reaches one half"])
    .describe("What is otherwise without them: the second where the interval holds one half with them."),
  prompts: count,
  share: proportion.describe("Of all prompts of the pair."),
  names: z.array(z.string()).describe("The first 100 of them, those that pull most first."),
  others: z
    .boolean()
    .describe(
      "Whether a prompt that stays pulls as much as the last of them: the set is then one of several.",
    ),
  without: estimateSchema.describe("The declared rate without them. It estimates nothing."),
});
export type Deciding = z.infer<typeof decidingSchema>;

const pairPromptsSchema = z.strictObject({
  system: z.string(),
  against: z.string(),
  group: z.string().nullable().describe("Null: all people of the headline together."),
  ...{ prompts: count, judgments: count },
  figures: z.union([
    z.strictObject({
      rate: estimateSchema.describe("The declared half-tie rate, with the interval of the declared target."),
      above: count.describe("Prompts on which the mean score is above one half."),
      even: count,
      below: count,
      judgedTwice: count.describe("Prompts with two judgments or more of one comparison."),
      divided: count.describe("Those of them whose judgments are not all the same."),
      deciding: z.union([decidingSchema, notEstimableSchema]),
      byInfluence: z
        .array(promptFiguresSchema)
        .describe("The 20 prompts with the most influence, up or down, the strongest first."),
      byDivision: z
        .array(promptFiguresSchema)
        .describe("The 20 that divide most; those that do not are left out."),
    }),
    notEstimableSchema,
  ]),
});
export type PairPrompts = z.infer<typeof pairPromptsSchema>;

/** One entry for each pair that people judged. */
export const promptsSchema = z.array(pairPromptsSchema);
