import { z } from "zod";
import { memberRoleSchema, rightSchema } from "./rights.ts";

const moment = z.string().describe("ISO 8601, UTC.");
const id = z.number().int().positive();
const study = z.string().min(1).max(100);
export const personNameSchema = z.string().trim().min(1).max(100);
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, "must be an e-mail address");

/** The fewest characters of a password, which may be any. */
const PASSWORD_LENGTH = 12;
const password = z.string().min(PASSWORD_LENGTH).max(200);
/** A password that was set earlier, whatever it had to be then. */
const oldPassword = z.string().min(1).max(200);
/** The token of a link. */
export const secretSchema = z.string().min(20).max(64);

/** By the token of an owner link, or by e-mail address and password. */
export const signInSchema = z.union([
  z.strictObject({ token: secretSchema }),
  z.strictObject({ email: emailSchema, password: oldPassword }),
]);

export const sessionSchema = z.strictObject({
  name: z.string(),
  email: z.string().nullable().describe("Null: signed in by an owner link or a token without an account."),
  role: memberRoleSchema.nullable().describe("In the instance; null: in studies only."),
  via: z.enum(["owner link", "password", "OpenID Connect", "token"]),
  rights: z.array(rightSchema).describe("In the study that was asked for, else in the instance."),
});
export type SessionView = z.infer<typeof sessionSchema>;

export const accountCreateSchema = z.strictObject({ name: personNameSchema, email: emailSchema, password });
export const passwordChangeSchema = z.strictObject({ current: oldPassword, password });

const signedInSchema = z.strictObject({
  id,
  browser: z.string().nullable(),
  createdAt: moment,
  usedAt: moment.nullable().describe("Within a minute."),
  expiresAt: moment,
  isThis: z.boolean().describe("Whether it is the one that asks."),
});
export const sessionsSchema = z.strictObject({ sessions: z.array(signedInSchema) });
export type Sessions = z.infer<typeof sessionsSchema>;

const invitationSchema = z.strictObject({
  id,
  name: z.string().describe("For whom it is, as whoever made it wrote."),
  role: memberRoleSchema.nullable().describe("Null: it sets a new password."),
  study: z.string().nullable().describe("The study of the role; null: the whole instance."),
  by: z.string(),
  state: z.enum(["open", "used", "revoked", "expired"]),
  createdAt: moment,
  expiresAt: moment,
});
export type Invitation = z.infer<typeof invitationSchema>;

const memberSchema = z.strictObject({
  id,
  name: z.string(),
  email: z.string(),
  role: memberRoleSchema.nullable().describe("In the instance."),
  studies: z.array(z.strictObject({ study, role: memberRoleSchema })),
  signedInAt: moment.nullable().describe("The latest use of a session that has not ended, within a minute."),
});
export const membersSchema = z.strictObject({
  members: z.array(memberSchema),
  invitations: z.array(invitationSchema),
});
export type Members = z.infer<typeof membersSchema>;

/** A role; null takes it away. */
export const memberRoleChangeSchema = z.strictObject({ role: memberRoleSchema.nullable() });
/** The name of the account, typed: removing it cannot be undone. */
export const memberRemoveSchema = z.strictObject({ name: z.string().max(100) });
export const inviteMemberSchema = z.strictObject({ name: personNameSchema, role: memberRoleSchema });
export const memberInvitedSchema = z.strictObject({
  url: z.string().describe("Shown once: only its hash is kept. Valid for 7 days and one use."),
  invitation: invitationSchema,
});
export type MemberInvited = z.infer<typeof memberInvitedSchema>;

export const invitationTokenSchema = z.strictObject({ token: secretSchema });
export const invitationShownSchema = z.strictObject({
  name: z.string(),
  role: memberRoleSchema.nullable(),
  study: z.string().nullable(),
  email: z.string().nullable().describe("Of the account whose password it sets; null: of an invitation."),
});
export type InvitationShown = z.infer<typeof invitationShownSchema>;
/** `name` and `email` are left out where the link sets a new password. Who has an account gives its e-mail address and password. */
export const invitationAcceptSchema = z.strictObject({
  token: secretSchema,
  name: personNameSchema.optional(),
  email: emailSchema.optional(),
  password,
});

/** The longest that a token for programs can be valid, in days. */
const TOKEN_DAYS_MAX = 366;
/** How long it is valid by default, in days. */
export const TOKEN_DAYS = 90;
export const tokenCreateSchema = z.strictObject({
  name: personNameSchema,
  scopes: z.array(rightSchema).min(1).max(10),
  study: study.nullable().default(null).describe("The only study that it opens; null: all of its holder."),
  days: z.int().min(1).max(TOKEN_DAYS_MAX).default(TOKEN_DAYS),
});
export type TokenCreate = z.input<typeof tokenCreateSchema>;
const apiTokenSchema = z.strictObject({
  id,
  name: z.string(),
  startsWith: z.string(),
  holder: z.string(),
  scopes: z.array(rightSchema),
  study: z.string().nullable(),
  createdAt: moment,
  expiresAt: moment,
  usedAt: moment.nullable().describe("Within a minute; null: never."),
  state: z.enum(["valid", "revoked", "expired"]),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;
export const tokensSchema = z.strictObject({ tokens: z.array(apiTokenSchema) });
export type Tokens = z.infer<typeof tokensSchema>;
export const tokenCreatedSchema = z.strictObject({
  token: z.string().describe("Shown once: only its hash is kept."),
  about: apiTokenSchema,
});
export type TokenCreated = z.infer<typeof tokenCreatedSchema>;

export const auditQuerySchema = z.strictObject({
  study: study.optional(),
  /** Only what came before this one: the `next` of the page before. */
  before: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const auditEntrySchema = z.strictObject({
  at: moment,
  who: z.string(),
  via: z.string().describe("owner link, password, OpenID Connect, token, invitation, or command line."),
  verb: z
    .string()
    .describe("For a change over HTTP the operationId of this document in words: “rename study”."),
  study: z.string().nullable(),
  object: z.string().nullable(),
  detail: z.string().nullable().describe("What it was before and is now, in short."),
  request: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditSchema = z.strictObject({
  entries: z.array(auditEntrySchema).describe("The latest first."),
  next: z.string().nullable().describe("For the page after this one; null: this is the last."),
});
export type Audit = z.infer<typeof auditSchema>;
