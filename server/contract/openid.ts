import { z } from "zod";
import { emailSchema, personNameSchema, secretSchema } from "./accounts.ts";

const providerSchema = z.strictObject({ name: z.string().describe("As the button names it.") });

/** How one can sign in here, besides by a password and an owner link. */
export const signInWaysSchema = z.strictObject({
  openId: providerSchema.nullable().describe("The server’s OpenID provider; null: none."),
});
export type SignInWays = z.infer<typeof signInWaysSchema>;

/** Begins to sign in at the OpenID provider. With the token of an invitation, to accept it: then a name and an address may be given. */
export const openIdBeginSchema = z.strictObject({
  token: secretSchema.optional(),
  name: personNameSchema.optional(),
  email: emailSchema.optional().describe("For where the provider vouches for none."),
});
export type OpenIdBegin = z.infer<typeof openIdBeginSchema>;

/**
 * Begins to connect one’s account with a person at the OpenID provider, or, signed in by an owner link, to make an account of them.
 * `password` is asked of an account that has one.
 */
export const openIdConnectSchema = z.strictObject({
  password: z.string().min(1).max(200).optional(),
  name: personNameSchema.optional(),
  email: emailSchema.optional(),
});
export type OpenIdConnect = z.infer<typeof openIdConnectSchema>;

export const openIdBegunSchema = z.strictObject({
  url: z
    .string()
    .describe("Where the browser goes next, at the provider; valid for 10 minutes in this browser."),
});

/** How the account of who asks signs in. */
export const accountWaysSchema = z.strictObject({
  ...signInWaysSchema.shape,
  hasPassword: z.boolean(),
  identities: z.array(
    z.strictObject({
      id: z.number().int().positive(),
      issuer: z.string(),
      createdAt: z.string().describe("ISO 8601, UTC."),
      usedAt: z.string().nullable().describe("The latest sign-in; null: none yet."),
    }),
  ),
});
export type AccountWays = z.infer<typeof accountWaysSchema>;

/** Why signing in at the provider came to nothing; the page that the browser is sent to says it in words. */
export type OpenIdProblem =
  | "late"
  | "refused"
  | "unreachable"
  | "not-valid"
  | "unknown"
  | "invitation"
  | "taken"
  | "address-taken"
  | "no-address";
