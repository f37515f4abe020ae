import { type Context, now } from "../context.ts";
import { type MemberRole, type Right, RIGHTS, RIGHTS_OF, rightsBy } from "../contract/rights.ts";
import { bearerIn, type Caller, type Identify, SESSION_COOKIE } from "../http/access.ts";
import { API_TOKEN } from "./api-token.ts";
import { hashOf, isUseOld, OPENID, sessionOf } from "./sessions.ts";

/** Knows who sent a request: by a token for programs, else by the session's cookie. */
export const identifyBy =
  (context: Context): Identify =>
  async (request) => {
    const bearer = bearerIn(request);
    if (bearer !== null && API_TOKEN.test(bearer)) return byToken(context, bearer);
    if (bearer !== null) return null; // a link's token: whoever brings one comes by it alone
    const secret = request.cookies[SESSION_COOKIE];
    return secret === undefined ? null : bySession(context, secret);
  };

async function bySession(context: Context, secret: string): Promise<Caller | null> {
  const session = await sessionOf(context, secret);
  if (session === undefined) return null;
  const { id: sessionId, accountId, name, usedAt } = session;
  const via = session.via === OPENID ? OPENID : "password";
  await noteUse(context, { sessionId, usedAt });
  if (accountId === null || name === null)
    return { name: "owner", accountId: null, via: "owner link", sessionId, rightsIn: ofOwner };
  const rightsIn = ofAccount(context, { accountId, role: session.role });
  return { name, accountId, via, sessionId, rightsIn };
}

async function byToken(context: Context, token: string): Promise<Caller | null> {
  const row = await context.database.read(({ db }) =>
    db
      .selectFrom("api_token as t")
      .leftJoin("account as a", "a.id", "t.account_id")
      .leftJoin("study as s", "s.id", "t.study_id")
      .select(["t.id", "t.name as token", "t.scopes", "t.used_at as usedAt", "t.account_id as accountId"])
      .select(["a.name", "a.role", "s.name as study"])
      .where("t.token_hash", "=", hashOf(token))
      .where("t.revoked_at", "is", null)
      .where("t.expires_at", ">", now(context))
      .executeTakeFirst(),
  );
  if (row === undefined) return null;
  await noteUse(context, { tokenId: row.id, usedAt: row.usedAt });
  const { accountId, study: only } = row;
  const rightsOfHolder = accountId === null ? ofOwner : ofAccount(context, { accountId, role: row.role });
  const scopes = new Set(row.scopes.split(" "));
  const rightsIn: Caller["rightsIn"] = async (study) => {
    if (only !== null && study !== only) return new Set();
    const held = await rightsOfHolder(study);
    return new Set(RIGHTS.filter((right) => held.has(right) && scopes.has(right)));
  };
  return {
    name: `${row.name ?? "owner"} (token ${row.token})`,
    accountId,
    via: "token",
    sessionId: null,
    rightsIn,
  };
}

const ofOwner = (): Promise<ReadonlySet<Right>> => Promise.resolve(new Set(RIGHTS_OF.owner));

const ofAccount =
  (context: Context, { accountId, role }: { accountId: number; role: MemberRole | null }) =>
  async (study: string | null): Promise<ReadonlySet<Right>> => {
    if (study === null) return rightsBy({ instance: role, study: null });
    const membership = await context.database.read(({ db }) =>
      db
        .selectFrom("membership as m")
        .innerJoin("study as s", "s.id", "m.study_id")
        .select("m.role")
        .where("m.account_id", "=", accountId)
        .where("s.name", "=", study)
        .executeTakeFirst(),
    );
    return rightsBy({ instance: role, study: membership?.role ?? null });
  };

/** Writes down when a session or token was used; not being able to does not stop its holder. */
async function noteUse(
  context: Context,
  { sessionId, tokenId, usedAt }: { sessionId?: number; tokenId?: number; usedAt: string | null },
): Promise<void> {
  if (!isUseOld(usedAt, context.clock())) return;
  const used = { used_at: now(context) };
  const noted = context.database.transact(async ({ db }) => {
    if (sessionId !== undefined)
      await db.updateTable("session").set(used).where("id", "=", sessionId).execute();
    if (tokenId !== undefined)
      await db.updateTable("api_token").set(used).where("id", "=", tokenId).execute();
  });
  await noted.catch(() => undefined);
}
