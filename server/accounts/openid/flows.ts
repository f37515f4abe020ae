import { type Context, newToken, now } from "../../context.ts";
import { hashOf, newSecret } from "../sessions.ts";
import type { Challenge } from "./provider.ts";

/** How long somebody may take at the provider. */
export const FLOW_S = 600;
const RANDOM_BYTES = 32;

/** What a sign-in is for, besides signing in. */
export interface Purpose {
  /** The hash of the token of an invitation that it accepts; null: none. */
  readonly invitationHash: string | null;
  /** The session whose account gets the identity; null: none. */
  readonly sessionId: number | null;
  /** As they were typed for a new account. */
  readonly name: string | null;
  readonly email: string | null;
}

/**
 * Begins a sign-in.
 * @returns the secret for the browser's cookie, whose hash is the state, so that only the browser that began it can finish it
 */
export async function beginFlow(
  context: Context,
  purpose: Purpose,
): Promise<{ secret: string; challenge: Challenge }> {
  const secret = newSecret(context);
  const challenge = {
    state: hashOf(secret),
    nonce: newToken(context, RANDOM_BYTES),
    verifier: newToken(context, RANDOM_BYTES),
  };
  const { invitationHash, sessionId, name, email } = purpose;
  await context.database.transact(async ({ db }) => {
    await db.deleteFrom("openid_flow").where("expires_at", "<=", now(context)).execute();
    await db
      .insertInto("openid_flow")
      .values({
        ...challenge,
        ...{ invitation_hash: invitationHash, session_id: sessionId, name, email },
        expires_at: new Date(context.clock().getTime() + FLOW_S * 1000).toISOString(),
      })
      .execute();
  });
  return { secret, challenge };
}

/**
 * Takes a sign-in that is under way, once: the same answer sent again finds none.
 * @param given.secret of the browser's cookie
 * @param given.state of the answer; one of another sign-in leaves this one as it is
 * @returns null where there is none, it has ended, or it was begun in another browser
 */
export async function takeFlow(
  context: Context,
  { secret, state }: { secret: string | undefined; state: string | null },
): Promise<{ purpose: Purpose; challenge: Challenge } | null> {
  if (secret === undefined || state === null || hashOf(secret) !== state) return null;
  const row = await context.database.transact(({ db }) =>
    db.deleteFrom("openid_flow").where("state", "=", state).returningAll().executeTakeFirst(),
  );
  if (row === undefined || row.expires_at <= now(context)) return null;
  const { nonce, verifier, name, email } = row;
  const purpose = { invitationHash: row.invitation_hash, sessionId: row.session_id, name, email };
  return { purpose, challenge: { state, nonce, verifier } };
}
