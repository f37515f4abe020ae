import { z } from "zod";
import { FINISH_KINDS, finishKindSchema } from "./words.ts";

/** How crowd platforms and panels lead people to a study and get them back. */

const word = z.string().regex(/\S/, "must not be blank").max(200, "has more than 200 characters");
const code = z.string().regex(/^[\w.-]{1,64}$/, "a code has letters, digits and . _ - only");
const minutes = z.number().int().min(1).max(10_080);
const group = z.string().max(200);

/** What an address may be filled with; each value is escaped. */
const FILLED = /\{(?:code|participant|session|study)\}/g;

/** A page with a certificate, or one on this machine. */
const page = z.union([
  z.url({ protocol: /^https$/ }),
  z.url({ protocol: /^http$/, hostname: /^(?:localhost|127\.0\.0\.1)$/ }),
]);

function isAddress(text: string): boolean {
  const filled = text.replace(FILLED, "x");
  return /^https?:\/\//.test(text) && page.safeParse(filled).success && !/[{}]/.test(filled);
}

/** An address that somebody is sent back to, with {code}, {participant}, {session} and {study} in it. */
const addressSchema = z
  .string()
  .max(2000)
  .refine(
    isAddress,
    "an address begins with https:// (http:// only on this machine) and may hold {code}, {participant}, {session} and {study}",
  );

/** A parameter of the address by which people come. */
const parameterSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z][\w.-]{0,63}$/, "a parameter begins with a letter"),
  placeholder: word
    .optional()
    .describe(
      "What the platform replaces by the value, such as %SURVEY_CODE%; none: it adds the parameter itself.",
    ),
  optional: z.boolean().optional().describe("Whether people may come without it."),
});
export type Parameter = z.infer<typeof parameterSchema>;

/** Where somebody goes, by how their part ends. */
const wayBackSchema = z.strictObject({
  code: code.optional(),
  address: addressSchema
    .nullable()
    .optional()
    .describe("Absent: as it was set before; null: the platform’s own, or the code is shown."),
});
const waysBackSchema = z.partialRecord(finishKindSchema, wayBackSchema);
export type WaysBack = z.infer<typeof waysBackSchema>;

/** Any panel that leads people here by a link: which parameters hold their ids, and where they go afterwards. */
export const panelSchema = z.strictObject({
  name: word.describe("As participants know it."),
  participant: parameterSchema.describe("Holds the id of the person."),
  session: parameterSchema.optional().describe("Holds the id of this visit."),
  study: parameterSchema.optional().describe("Holds the id of the study there."),
  finishes: waysBackSchema.default({}),
});
export type Panel = z.infer<typeof panelSchema>;

/** A public RSA key with which a platform signs its addresses, as a JWK; what else it has is not kept. */
const signingKeySchema = z.object({
  kty: z.literal("RSA"),
  n: z.string().max(2000),
  e: z.string().max(20),
  kid: z.string().max(200).optional(),
});
export type SigningKey = z.infer<typeof signingKeySchema>;

/** A platform's published set of keys (JWKS). */
export const keySetSchema = z.object({ keys: z.array(signingKeySchema).min(1).max(20) });

/** Whom a platform's address lets in, besides having its parameters; absent: as before, at first nothing. */
const admission = {
  platformStudy: z
    .string()
    .regex(/^[\w.@:-]{1,128}$/, "an id has letters, digits and . _ @ : - only")
    .nullable()
    .optional()
    .describe("The id of the study at the platform: an address with another one is refused; null: any."),
  keys: keySetSchema
    .nullable()
    .optional()
    .describe("The platform’s public keys: only addresses that it has signed are let in; null: all are."),
  notAfter: z
    .array(z.string().min(1).max(100))
    .max(100)
    .optional()
    .describe("Studies of this server whose participants are not let in; empty: everybody is."),
};

/** What a file that describes a panel holds: the panel, and whom its addresses let in. */
export const panelFileSchema = panelSchema.extend({
  platformStudy: admission.platformStudy,
  notAfter: admission.notAfter,
});

/** One with an adapter of its own, by its name, or a panel. */
const whichSchema = z.union([z.enum(["prolific", "connect"]), panelSchema]);

/** POST /api/studies/:study/platform. What is absent stays as it was set before; codes are drawn. */
export const platformRequestSchema = z.strictObject({
  group: group.optional().describe("By default crowd."),
  platform: whichSchema,
  finishes: waysBackSchema.default({}),
  minutes: minutes
    .nullable()
    .optional()
    .describe("The time that the platform gives; null: no limit; absent: as before, at first no limit."),
  ...admission,
});
export type PlatformRequest = z.infer<typeof platformRequestSchema>;

const finishSettingSchema = z.strictObject({
  finish: finishKindSchema,
  code: z.string().nullable().describe("To be entered at the platform; null: the address needs none."),
  address: z.string().nullable().describe("Where people are sent; null: they are shown the code."),
  advice: z.string().describe("What to set at the platform."),
});

/** What to paste at a platform, and where. */
export const platformSchema = z.strictObject({
  group,
  platform: whichSchema,
  name: z.string(),
  address: z.string().nullable().describe("For the platform; null: its link was replaced, so set it again."),
  parameters: z.array(parameterSchema),
  finishes: z.array(finishSettingSchema).length(FINISH_KINDS.length),
  minutes: minutes.nullable(),
  platformStudy: z
    .string()
    .nullable()
    .describe("The only study of the platform whose people are let in; null: any."),
  isSigned: z.boolean().describe("Whether only addresses are let in that the platform has signed."),
  notAfter: z.array(z.string()).describe("Studies whose participants are not let in."),
  isRecognised: z.boolean().describe("People came from it although nobody set it: they are shown the codes."),
});
export type PlatformShown = z.infer<typeof platformSchema>;

export const platformsSchema = z.strictObject({ platforms: z.array(platformSchema) });
export type Platforms = z.infer<typeof platformsSchema>;

/** How somebody's part ended, and how they get back to where they came from. */
export const finishSchema = z.strictObject({
  platform: z.string(),
  finish: finishKindSchema,
  code: z.string().nullable(),
  address: z.string().nullable(),
});
export type Finish = z.infer<typeof finishSchema>;

/** How long people of a platform may stay from their start on, and whether they can get more time on their page. */
export const timeLimitSchema = z.strictObject({ minutes, mayExtend: z.boolean() });
export type TimeLimit = z.infer<typeof timeLimitSchema>;

/** POST /api/judge/finish: null as long as there is something to judge, and for those who came from no platform. */
export const finishReplySchema = z.strictObject({ finish: finishSchema.nullable() });
export type FinishReply = z.infer<typeof finishReplySchema>;
