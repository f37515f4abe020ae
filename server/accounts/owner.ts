import { type Context, now } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import { recordIn } from "./audit.ts";
import { hashOf, newSecret, type Opened, openSessionIn } from "./sessions.ts";

const DAY_MS = 24 * 3_600_000;

class OwnerLinkExpired extends TiebreakError {
  constructor() {
    super(
      "OwnerLinkExpired",
      401,
      "This link is not valid, or is more than a day old. Create a new one with: npx tiebreak owner-link",
    );
  }
}

/** Makes a token for an owner link, valid for a day; only its hash is kept. */
export async function makeOwnerToken(context: Context): Promise<string> {
  const token = newSecret(context);
  const expires = new Date(context.clock().getTime() + DAY_MS).toISOString();
  await context.database.transact(async ({ db }) => {
    await db.deleteFrom("owner_token").where("expires_at", "<", now(context)).execute();
    const row = { token_hash: hashOf(token), created_at: now(context), expires_at: expires };
    await db.insertInto("owner_token").values(row).execute();
  });
  return token;
}

/** Exchanges an owner link's token for a session, which has every right. @throws OwnerLinkExpired */
export async function openByOwnerLink(
  context: Context,
  { token, browser }: { token: string; browser: string | null },
): Promise<Opened> {
  const opened = await context.database.transact(async (tx) => {
    const valid = await tx.db
      .selectFrom("owner_token")
      .select("id")
      .where("token_hash", "=", hashOf(token))
      .where("expires_at", ">", now(context))
      .executeTakeFirst();
    const by = { who: valid ? "owner" : "unknown link", via: "owner link" } as const;
    await recordIn(context, tx, { ...by, verb: valid ? "sign in" : "sign-in failed" });
    if (!valid) return null;
    return openSessionIn(context, tx, { accountId: null, browser });
  });
  if (opened === null) throw new OwnerLinkExpired();
  return opened;
}
