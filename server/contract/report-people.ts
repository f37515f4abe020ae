import { z } from "zod";
import { rulesSchema, minimumTimeSchema, signalSchema } from "./quality.ts";
import { entryStageSchema } from "./words.ts";

const count = z.number().int().nonnegative();
const ofStage = count.nullable();

/**
 * How the annotators of a study were let in and looked after, and how far they came: people, not models, each counted once per
 * line, whether their judgments are in a figure or not.
 */
export const peopleSchema = z.strictObject({
  stages: z.array(entryStageSchema).describe("What came before the first pair."),
  rules: rulesSchema.describe("What was looked at while people judged, and what followed."),
  repeats: z.strictObject({ every: count }).optional(),
  minimumTime: minimumTimeSchema.optional(),
  signs: z.literal(true).optional(),
  unseenPrompts: z.literal(true).optional(),
  came: count.describe("Who opened their link, or started by a shared one."),
  agreed: ofStage.describe("To any version of the consent; null: the study has none."),
  refused: ofStage.describe("Who did not agree, and has not since."),
  screenedOut: ofStage.describe("By an answer about themselves; null: the study asks nothing."),
  failedQualification: ofStage.describe("In the last try; null: the study has none."),
  warned: count.describe("By any rule; who was erased is not among them."),
  paused: count.describe("By any rule, until a person had looked; who was erased is not among them."),
  ended: z
    .array(
      z.strictObject({
        signal: signalSchema.nullable().describe("Of the rule that had paused them; null: none had."),
        annotators: count,
      }),
    )
    .describe("Whose part a person ended, and did not undo it."),
  stopped: count.describe("By their own choice, their judgments staying."),
  timedOut: count.describe(
    "Who came back to their page after the platform’s time had run out, and were sent back.",
  ),
  withdrawn: count,
  erased: count,
});
export type People = z.infer<typeof peopleSchema>;
