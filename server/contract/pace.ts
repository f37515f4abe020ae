import { z } from "zod";

/** How fast an annotator works, and when they may rest: what the page needs beside the pairs. */

const PAIRS = "must be from 5 to 1000";
const MINUTES = "must be from 5 to 240";

/** When people are offered a break: after so many pairs, or so many minutes of judging, since the last one. */
export const breaksSchema = z.union(
  [
    z.strictObject({ everyPairs: z.number().int().min(5, PAIRS).max(1000, PAIRS) }),
    z.strictObject({ everyMinutes: z.number().int().min(5, MINUTES).max(240, MINUTES) }),
  ],
  { error: "must be everyPairs, from 5 to 1000, or everyMinutes, from 5 to 240" },
);
export type Breaks = z.infer<typeof breaksSchema>;

const milliseconds = z.number().nonnegative();

/** What is left of the time that the platform of an annotator gives. */
const timeLeftSchema = z.strictObject({
  seconds: z.number().int().describe("0: it is over."),
  platform: z.string().describe("As its participants know it."),
  minutes: z.number().int().positive().describe("The whole time."),
  mayExtend: z.boolean(),
});
export type TimeLeft = z.infer<typeof timeLeftSchema>;

/** GET /api/judge/pace, and POST /api/judge/extend: the same afterwards. */
export const paceSchema = z.strictObject({
  own: z.array(milliseconds).describe("The active time of this annotator’s latest judgments."),
  study: milliseconds.nullable().describe("How long a pair takes in this study; null: not known."),
  limit: timeLeftSchema.nullable().describe("Null: there is no limit."),
});
export type Pace = z.infer<typeof paceSchema>;
