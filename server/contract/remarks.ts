import { z } from "zod";
import { choiceSchema } from "./words.ts";

/** What people can say besides a choice: with an answer, to the owner, and at the end. */

/** The longest comment, message or guess, in UTF-16 code units. */
const SAID_MAX = 2000;

/** Text of somebody's own as it is stored: without control characters but line breaks and tabs, and without space around it. */
export const cleaned = (text: string): string => text.replace(/[^\P{Cc}\n\t]/gu, "").trim();

/** Plain text of somebody's own: not blank. */
const saidSchema = z
  .string()
  .max(SAID_MAX)
  .refine((text) => cleaned(text) !== "", "must not be blank");

/** The flags that the annotator's page has words for in its own language; any other is the owner's, shown as it is. */
export const KNOWN_FLAGS = ["broken", "harmful", "names_maker"] as const;
const flagNameSchema = z
  .string()
  .max(60)
  .refine(
    (name) => name !== "" && cleaned(name) === name,
    "is blank, or has control characters or space around it",
  );

/** What a flag is put on. */
const flagOfSchema = z.enum(["left", "right", "prompt"]);
export type FlagOf = z.infer<typeof flagOfSchema>;

const flagSchema = z.strictObject({ flag: flagNameSchema, of: flagOfSchema });
export type Flag = z.infer<typeof flagSchema>;

const isUnique = (all: readonly unknown[]) => new Set(all).size === all.length;

/** In the protocol: always possible, always needed, or needed for these choices and possible for the others. */
export const commentRuleSchema = z.union(
  [z.enum(["optional", "required"]), z.array(choiceSchema).min(1).refine(isUnique, "names a choice twice")],
  { error: 'must be "optional", "required" or a list of choices, such as ["tie", "both_bad"]' },
);

/** In the protocol: what people can flag. */
export const flagNamesSchema = z.array(flagNameSchema).min(1).max(8).refine(isUnique, "names a flag twice");

/** What comes with an answer, on the wire; absent: nothing. */
export const remarksShape = {
  comment: saidSchema.optional(),
  flags: z
    .array(flagSchema)
    .min(1)
    .max(24)
    .refine((flags) => isUnique(flags.map(({ flag, of }) => `${of} ${flag}`)), "names a flag twice")
    .optional(),
} as const;
export interface Remarks {
  readonly comment?: string | undefined;
  readonly flags?: Flag[] | undefined;
}

/** What a study asks for besides a choice, as the annotator's page needs it; absent: not asked. */
export const askedShape = {
  comment: z.array(choiceSchema).optional().describe("The choices that need a comment; any may have one."),
  flags: z.array(z.string()).optional(),
  messages: z.literal(true).optional().describe("Whether they can write to the owner."),
  copyButtons: z.literal(true).optional().describe("Whether each answer has a button that copies it."),
  guess: z
    .literal(true)
    .optional()
    .describe("Whether they are still to be asked if they could tell the systems."),
} as const;

/** POST /api/judge/messages. `requestKey`: as of a judgment. */
export const messageRequestSchema = z.strictObject({
  text: saidSchema,
  requestKey: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
});
export type MessageRequest = z.infer<typeof messageRequestSchema>;

/** What an annotator and the owner wrote to each other, the oldest first. */
export const threadSchema = z.strictObject({
  messages: z.array(z.strictObject({ isMine: z.boolean(), text: z.string(), at: z.string() })),
});
export type Thread = z.infer<typeof threadSchema>;

const couldTellSchema = z.enum(["yes", "some", "no"]);
export type CouldTell = z.infer<typeof couldTellSchema>;

/**
 * POST /api/judge/guess: the latest one counts. Who has `declined` is not asked again, and has said nothing.
 */
export const guessRequestSchema = z.strictObject({
  couldTell: z.enum([...couldTellSchema.options, "declined"]),
  text: saidSchema.optional(),
});
export type GuessRequest = z.infer<typeof guessRequestSchema>;
export const guessReplySchema = z.strictObject({ accepted: z.literal(true) });

/** GET /api/studies/:study/messages: for the owner. */
export const studyMessagesSchema = z.strictObject({
  messages: z.array(
    z.strictObject({
      annotator: z.string(),
      group: z.string(),
      fromOwner: z.boolean(),
      text: z.string(),
      at: z.string().describe("UTC, ISO 8601."),
    }),
  ),
  waiting: z.number().int().nonnegative().describe("Annotators whose latest message has no answer."),
  guesses: z.array(
    z.strictObject({
      annotator: z.string(),
      group: z.string(),
      couldTell: couldTellSchema,
      text: z.string().nullable(),
    }),
  ),
});
export type StudyMessages = z.infer<typeof studyMessagesSchema>;

/** POST /api/studies/:study/messages: the owner's answer to an annotator. */
export const answerRequestSchema = z.strictObject({ annotator: z.string().max(200), text: saidSchema });
