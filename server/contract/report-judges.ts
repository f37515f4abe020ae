import { z } from "zod";
import { callsSchema } from "./model-calls.ts";
import { beyondChanceSchema, constantSchema } from "./report-agreement.ts";
import { count, estimateSchema, notEstimableSchema, proportion } from "./report-estimates.ts";

const outcomeSchema = z.enum(["win", "tie", "loss"]);

/** Missing in reports that were kept by older versions. */
const beyondChance = beyondChanceSchema.optional();

const sliceSchema = z.strictObject({
  value: z.string(),
  comparisons: count,
  agreement: estimateSchema.describe("As `agreement`, of these comparisons alone."),
  beyondChance,
});

const pairBesideSchema = z.strictObject({
  system: z.string(),
  against: z.string(),
  comparisons: count,
  model: estimateSchema.describe(
    "Half-tie rate by the model, mean over prompts, a comparison weighing as many judgments as people made of it. n: comparisons.",
  ),
  people: estimateSchema.describe("The same by people: mean over prompts of the mean of their judgments."),
  difference: estimateSchema.describe(
    "The model's less that of people, each judgment of people beside the model's verdict on the same comparison.",
  ),
  agreement: estimateSchema.describe("As `agreement` below, of these comparisons alone."),
  beyondChance,
});

/** Where a model and people differ, on comparisons that both judged. */
const besidePeopleSchema = z.strictObject({
  comparisons: count,
  agreement: estimateSchema.describe(
    "Mean over these comparisons, people being taken by plurality: 1 for the same verdict, one half where exactly one of the two is a tie, 0 for opposite ones. n: comparisons.",
  ),
  beyondChance,
  pairs: z.array(pairBesideSchema).describe("Of those pairs of the report that both judged."),
  byField: z
    .array(z.strictObject({ field: z.string(), values: z.array(sliceSchema) }))
    .describe("By source, split and language of the prompts, where files say them."),
  byLength: z
    .array(sliceSchema)
    .describe("By quarters of how much longer, in characters, the longer response is."),
  opposite: count.describe("Comparisons with opposite verdicts."),
  examples: z
    .array(
      z.strictObject({
        prompt: z.string(),
        turn: count,
        system: z.string(),
        against: z.string(),
        people: outcomeSchema,
        model: outcomeSchema,
      }),
    )
    .describe("The opposite ones, in the order of the report's rows: the first 200."),
});

const togetherSchema = z.strictObject({
  system: z.string(),
  against: z.string(),
  promptsOfPeople: count,
  otherPrompts: count.describe("Judged by the model and by no people."),
  people: estimateSchema.describe(
    "Half-tie rate by people alone, mean over their prompts; annotators fixed.",
  ),
  withModel: z.union([
    z.strictObject({
      ...{ value: proportion, low: proportion, high: proportion, method: z.string() },
      lambda: proportion.describe("The weight of the model; 0: people alone."),
      gain: z.number().describe("Variance of people alone over that of this estimate."),
      worth: count.describe(
        "How many prompts people alone would need for it: promptsOfPeople × gain, rounded.",
      ),
    }),
    notEstimableSchema,
  ]),
});

/** @internal */
const judgeSchema = z.strictObject({
  annotator: z.string(),
  group: z.string(),
  verdicts: count.describe("Comparisons with a verdict."),
  constant: constantSchema.optional(),
  bothOrders: count.describe("Those of them that were judged with sides changed, too."),
  ties: estimateSchema.describe("Share of ties among the verdicts."),
  consistency: estimateSchema.describe(
    "Share of comparisons judged in both orders that got the same verdict twice. n: comparisons.",
  ),
  flips: z
    .strictObject({ firstTwice: count, secondTwice: count, withTie: count })
    .describe("The others: chose the left one both times, the right one both times, or tied once."),
  firstPosition: estimateSchema.describe(
    "Share of left among decisive judgments, in both orders. n: judgments.",
  ),
  positionP: proportion
    .nullable()
    .describe(
      "Exact two-sided sign test: the left one twice against the right one twice; with one order left against right. null: neither came.",
    ),
  positionBias: z.boolean().describe("positionP is below .01, over 10 or more such comparisons."),
  selfConsistency: estimateSchema.describe(
    "Share of repeats, asked again as before, that got the same answer as the first time. n: repeats.",
  ),
  length: z.strictObject({
    longerPreferred: estimateSchema.describe(
      "Among decisive verdicts on responses of different lengths, how often the longer one was preferred. n: verdicts.",
    ),
    p: proportion.nullable().describe("Exact two-sided sign test of the longer against the shorter one."),
    prefersLength: z
      .boolean()
      .describe("p is below .01, and the share of the longer one at least .6 or at most .4."),
    people: estimateSchema.describe("The same share of people, on the comparisons that the model decided."),
    difference: estimateSchema.describe(
      "The model's share less that of people, on the comparisons that people decided, too.",
    ),
  }),
  ownSystem: z
    .strictObject({
      system: z.string(),
      rate: estimateSchema.describe(
        "Half-tie rate of that system by this model's verdicts, mean over prompts, on the comparisons that people judged, too; without such, on all.",
      ),
      people: estimateSchema.describe("The same by people."),
      difference: estimateSchema.describe("The model's less that of people, as in `besidePeople.pairs`."),
    })
    .nullable()
    .describe(
      "A system whose name, but for case and signs, is the judge's, its model's, or holds or stands in it; null: none.",
    ),
  besidePeople: besidePeopleSchema,
  together: z
    .array(togetherSchema)
    .optional()
    .describe("Pairs of which the model judged more prompts than people; missing where there are none."),
  calls: callsSchema
    .nullable()
    .describe("null: its judgments were made elsewhere, and nothing tells of calls."),
});
export type Judge = z.infer<typeof judgeSchema>;

const verdicts = {
  ...{ win: count, tie: count, loss: count },
  halfTieRate: estimateSchema.describe("Mean over prompts; n: comparisons."),
};

/** Several models of one group, taken together as people are: by plurality of each comparison. */
const jurySchema = z.strictObject({
  group: z.string(),
  judges: count,
  pairs: z.array(
    z.strictObject({
      system: z.string(),
      against: z.string(),
      ...verdicts,
      byJudge: z.array(z.strictObject({ annotator: z.string(), ...verdicts })),
    }),
  ),
  withOthers: z
    .array(z.strictObject({ annotator: z.string(), agreement: estimateSchema, beyondChance }))
    .describe("Each judge's tie-discounted agreement with the plurality of the others. n: comparisons."),
});

export const judgesSchema = z.strictObject({
  orderRule: z
    .enum(["agree", "lean"])
    .describe("agree: what both orders say, else a tie; lean: a win and a tie make a win."),
  judges: z.array(judgeSchema),
  juries: z.array(jurySchema),
});
export type Judges = z.infer<typeof judgesSchema>;
