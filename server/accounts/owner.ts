import { hash } from "node:crypto";
import { type Context, newToken, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";

const TOKEN_BYTES = 32;
const DAY_MS = 24 * 3_600_000;
const SESSION_MS = 14 * DAY_MS;

class OwnerLinkExpired extends TiebreakError {
  constructor() {
    super(
      "OwnerLinkExpired",
      401,
      "This link is not valid, or is more than a day old. Create a new one with: npx tiebreak owner-link",
    );
  }
}

const hashOf = (token: string): string => hash("sha256", token);

/** Makes a token for an owner link, valid for a day; only its hash is kept. */
export async function makeOwnerToken(context: Context): Promise<string> {
  const token = newToken(context, TOKEN_BYTES);
  const expires = new Date(context.clock().getTime() + DAY_MS).toISOString();
  await context.database.transact(async ({ db }) => {
    await db.deleteFrom("owner_token").where("expires_at", "<", now(context)).execute();
    const row = { token_hash: hashOf(token), created_at: now(context), expires_at: expires };
    await db.insertInto("owner_token").values(row).execute();
  });
  return token;
}

/** Exchanges an owner link's token for a session. @throws OwnerLinkExpired @returns the session's secret */
export async function openSession(
  context: Context,
  token: string,
): Promise<{ secret: string; maxAgeS: number }> {
  const secret = newToken(context, TOKEN_BYTES);
  const expires = new Date(context.clock().getTime() + SESSION_MS).toISOString();
  await context.database.transact(async ({ db }) => {
    const valid = await db
      .selectFrom("owner_token")
      .select("id")
      .where("token_hash", "=", hashOf(token))
      .where("expires_at", ">", now(context))
      .executeTakeFirst();
    if (!valid) throw new OwnerLinkExpired();
    await db.deleteFrom("session").where("expires_at", "<", now(context)).execute();
    const row = { token_hash: hashOf(secret), created_at: now(context), expires_at: expires };
    await db.insertInto("session").values(row).execute();
  });
  return { secret, maxAgeS: SESSION_MS / 1000 };
}

/** Whether this is the secret of a session that has not ended. */
export async function isSession(context: Context, secret: string): Promise<boolean> {
  const row = await context.database.read(({ db }) =>
    db
      .selectFrom("session")
      .select("id")
      .where("token_hash", "=", hashOf(secret))
      .where("expires_at", ">", now(context))
      .executeTakeFirst(),
  );
  return row !== undefined;
}

export async function endSession(context: Context, secret: string): Promise<void> {
  await context.database.transact(({ db }) =>
    db.deleteFrom("session").where("token_hash", "=", hashOf(secret)).execute(),
  );
}
