import { z } from "zod";
import { count, estimateSchema } from "./report-estimates.ts";
import { SKIP_REASONS, type SkipReason } from "./words.ts";

const each = Object.fromEntries(SKIP_REASONS.map((reason) => [reason, count])) as Record<
  SkipReason,
  typeof count
>;

/** How many said so, by the reason they gave. */
export const reasonCountsSchema = z.strictObject(each);
type ReasonCounts = z.infer<typeof reasonCountsSchema>;

const skippedCount = count.describe("Pairs shown to annotators who said that they cannot judge them.");

const figuresSchema = z.strictObject({
  judgments: count,
  halfTieRate: estimateSchema,
  halfTieRateByPrompt: estimateSchema,
});

const flagged = {
  system: z.string().nullable().describe("The system whose response was flagged; null: the prompt was."),
  flag: z.string().describe("broken, harmful, names_maker, or one of the protocol's own."),
  count: count.describe("Answers with this flag: judgments, and skips."),
};
const flagsSchema = z.strictObject({
  answers: count.describe("Answers with any flag, of annotators who are not excluded."),
  annotators: count,
  bySystem: z.array(z.strictObject(flagged)),
  byPrompt: z.array(z.strictObject({ prompt: z.string(), ...flagged })),
});

const writtenSchema = z.strictObject({
  comments: z
    .strictObject({ comments: count, annotators: count })
    .optional()
    .describe(
      "Comments with answers of annotators who are not excluded, on judgments and skips, and how many wrote them.",
    ),
  messages: z
    .strictObject({ fromAnnotators: count, annotators: count, fromOwner: count })
    .optional()
    .describe("Messages of all annotators and of the owner, and how many annotators wrote any."),
});

/**
 * What annotators could not judge, and how far it could move the figures. Of annotators who are not excluded, on pairs of the main
 * and the shared set; what was judged after all is not in it. A comparison can be skipped by several annotators.
 */
export const skipsSchema = z.strictObject({
  skipped: skippedCount,
  comparisons: count,
  annotators: count,
  neverJudged: count.describe("Comparisons among them of which there is no counted judgment."),
  reasons: reasonCountsSchema,
  bySystem: z.array(
    z.strictObject({ system: z.string(), skipped: skippedCount, reasons: reasonCountsSchema }),
  ),
  pairs: z
    .array(
      z.strictObject({
        system: z.string(),
        against: z.string(),
        group: z.string().nullable().describe("The group of annotators; null: all people of the headline."),
        skipped: skippedCount,
        reasons: reasonCountsSchema,
        asJudged: figuresSchema,
        allLosses: figuresSchema.describe("With one more loss of the system for each that was skipped."),
        allWins: figuresSchema.describe("With one more win for each."),
      }),
    )
    .describe("The pairs and groups with any."),
  guesses: z
    .strictObject({ yes: count, some: count, no: count })
    .optional()
    .describe(
      "Annotators who count, by whether they said at the end that they could tell the systems; missing: nobody was asked, or answered.",
    ),
  flags: flagsSchema.optional().describe("What annotators flagged; missing where nobody flagged anything."),
  written: writtenSchema
    .optional()
    .describe("How much people wrote, never what; missing where nobody wrote anything."),
});
export type Skips = z.infer<typeof skipsSchema>;

const NONE = Object.fromEntries(SKIP_REASONS.map((reason) => [reason, 0])) as ReasonCounts;

/** What stands where nobody skipped anything, as in reports that were kept before anybody could. */
export const NO_SKIPS: Skips = {
  ...{ skipped: 0, comparisons: 0, annotators: 0, neverJudged: 0 },
  ...{ reasons: NONE, bySystem: [], pairs: [] },
};

/** Counts reasons. */
export function countReasons(given: readonly { readonly reason: SkipReason }[]): ReasonCounts {
  const counts = { ...NONE };
  for (const { reason } of given) counts[reason]++;
  return counts;
}
