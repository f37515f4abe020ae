import { z } from "zod";
import { finishSchema } from "./platforms.ts";
import { departureKindSchema } from "./words.ts";

/** How annotators withdraw and are erased, and how long what identifies people is kept. */

const days = z.number().int().min(0).max(3650);
const name = z.string().min(1).max(500);

/** When what identifies people of a study is erased. */
const retentionSchema = z.strictObject({
  days: days.describe("After the study has closed."),
  names: z.boolean().describe("Whether names in loaded files are replaced, too."),
});

/** GET /api/judge/leaving: what somebody is to know before they leave. */
export const leavingSheetSchema = z.strictObject({
  departure: departureKindSchema.nullable().describe("Withdrawn already, or has asked to be."),
  isDone: z.boolean().describe("False: the owner has yet to decide."),
  isClosed: z
    .boolean()
    .describe("The study is closed: only its owner can take judgments out of its figures."),
  erasedJudgments: z.enum(["excluded", "kept"]),
  retention: retentionSchema.nullable(),
  contact: z.string().nullable(),
  platform: z.string().nullable().describe("The crowd platform that they came from."),
});
export type LeavingSheet = z.infer<typeof leavingSheetSchema>;

/** POST /api/judge/withdraw and /api/judge/erase. */
export const leavingReplySchema = z.strictObject({
  isDone: z.boolean(),
  finish: finishSchema.nullable().describe("The way back to their platform; null: they came from none."),
});
export type LeavingReply = z.infer<typeof leavingReplySchema>;

/** What the owner still has to do about somebody who left. */
export const dutySchema = z.enum(["decide", "pay", "copies"]);
export type Duty = z.infer<typeof dutySchema>;

/** Something that the owner has done about it. */
const doneDutySchema = z.strictObject({ duty: dutySchema, at: z.string(), by: z.string() });
export type DoneDuty = z.infer<typeof doneDutySchema>;

const departureSchema = z.strictObject({
  annotator: z.string(),
  group: z.string(),
  kind: departureKindSchema,
  askedAt: z.string(),
  by: z.string(),
  doneAt: z.string().nullable(),
  duties: z
    .array(dutySchema)
    .describe(
      "decide: whether judgments leave the figures of a closed study; pay: by the platform’s own list; copies: backups and exports made before.",
    ),
  done: z.array(doneDutySchema),
});
export type Departure = z.infer<typeof departureSchema>;

/** GET /api/studies/:study/departures */
export const departuresSchema = z.strictObject({
  departures: z.array(departureSchema),
  retention: retentionSchema
    .extend({
      dueAt: z.string().nullable().describe("Null: the study is not closed."),
      doneAt: z.string().nullable(),
    })
    .nullable(),
  contact: z.string().nullable(),
  closedAt: z.string().nullable().describe("When the study was closed; null: it is not."),
  toPay: z
    .number()
    .int()
    .nonnegative()
    .describe(
      "With a retention that is still to come: participants who may have something to be paid, as far as is known here.",
    ),
});
export type Departures = z.infer<typeof departuresSchema>;

/** POST /api/studies/:study/withdraw and /erase: by the name in the study, or by the id at the platform. */
export const departRequestSchema = z.strictObject({ annotator: name });
export const departReplySchema = z.strictObject({ annotator: z.string() });

/** POST /api/studies/:study/departures/done: by the name in the study. */
export const finishDutyRequestSchema = z.strictObject({
  annotator: name,
  duty: dutySchema,
  undo: z.boolean().default(false).describe("Takes an earlier record back: it is left to do again."),
});

/** PATCH /api/studies/:study/retention. `days` null: nothing is erased by itself. */
export const retentionRequestSchema = z.strictObject({
  days: days.nullable(),
  names: z.boolean().default(false),
  typed: z
    .string()
    .max(100)
    .optional()
    .describe("The study’s name, where so few days after it was closed are over already."),
});
export type RetentionRequest = z.input<typeof retentionRequestSchema>;
