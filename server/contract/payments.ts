import { z } from "zod";
import { finishKindSchema } from "./words.ts";

/** What participants are paid for, and what a platform's own list of submissions changes. */

const count = z.int().nonnegative();

/** One participant, what they did, and what to do about their pay. */
const paymentSchema = z.strictObject({
  platform: z.string(),
  participant: z.string().nullable().describe("Null: they were erased, so only the platform knows them."),
  session: z.string().nullable(),
  annotator: z.string().describe("The name that they have in the study."),
  status: finishKindSchema
    .nullable()
    .describe(
      "How their part ended, or would if their page were open; null: something can still be assigned to them.",
    ),
  judgments: count.describe(
    "Pairs judged, checks and what was excluded among them: work that was done is paid.",
  ),
  skipped: count.describe("Pairs that they looked at and could not judge: work that was done, too."),
  asked: count.nullable().describe("Judgments asked of them, checks among them; null: as many as there are."),
  activeMinutes: z
    .number()
    .nonnegative()
    .describe("Minutes that they looked at pairs, practice and qualification among them."),
  action: z.enum(["approve", "pay the part done", "pay for the time", "wait", "nothing to pay"]),
  platformStatus: z
    .string()
    .nullable()
    .describe("How their submission stands at the platform, by its own list; null: no list was read."),
  part: z
    .number()
    .nullable()
    .describe("The part of the work that they did, from 0 to 1; null where the protocol asks for no number."),
});
export type Payment = z.infer<typeof paymentSchema>;
export const paymentsSchema = z.strictObject({ payments: z.array(paymentSchema) });
export type Payments = z.infer<typeof paymentsSchema>;

/** One line of a platform's list of submissions. */
const submissionSchema = z.strictObject({
  participant: z.string().min(1).max(500),
  session: z.string().max(500).nullable(),
  status: z.string().min(1).max(100).describe("In capitals, as the platform has it: AWAITING REVIEW."),
  line: count.describe("Where it stands in the list, for what is reported of it."),
});
export type Submission = z.infer<typeof submissionSchema>;

/** POST /api/studies/:study/platform/submissions */
export const submissionsRequestSchema = z.strictObject({
  submissions: z.array(submissionSchema).max(100_000),
  exclude: z
    .boolean()
    .default(false)
    .describe("Also exclude the judgments of those who returned, timed out or were rejected."),
});

const names = z.array(z.string()).readonly();
/** What a list of submissions changed. */
export const importedSchema = z.strictObject({
  statuses: z
    .record(z.string(), count)
    .readonly()
    .describe("Submissions of participants of this study, by their status."),
  unknownStatuses: z
    .array(z.strictObject({ status: z.string(), count, line: count }))
    .readonly()
    .describe(
      "Statuses that are not known, with the first line of each; they are taken for a submission that goes on or is done.",
    ),
  ended: names.describe("Annotators whose part ended by it."),
  freed: count.describe("Pairs that they held, which others can have now."),
  excluded: names.describe("Annotators whose judgments were excluded by it."),
  unknown: count.describe("Submissions of people who never started here."),
  stillExcluded: names.describe(
    "Annotators who are not returned any more, and whose judgments an earlier list excluded.",
  ),
  missing: names.describe("Annotators who started here, and were in no list so far."),
});
export type Imported = z.infer<typeof importedSchema>;
