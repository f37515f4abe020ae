import { type Context, now } from "../context.ts";
import { type ApiToken, TOKEN_DAYS, type TokenCreated } from "../contract/accounts.ts";
import { type Right, RIGHTS } from "../contract/rights.ts";
import type { Reader } from "../storage/database.ts";
import { apiTokenOf, startOf } from "./api-token.ts";
import { NothingToRevoke, ScopeTooWide } from "./errors.ts";
import { hashOf, newSecret } from "./sessions.ts";
import { studyIdIn } from "./store.ts";

const DAY_MS = 24 * 3_600_000;

interface Wanted {
  readonly name: string;
  readonly scopes: readonly Right[];
  /** The only study that it opens; null: all of its holder. */
  readonly study: string | null;
  /** How long it is valid. */
  readonly days?: number;
  /** Null: an owner without an account, such as one on the server's machine. */
  readonly accountId: number | null;
  /** What its holder may now in that study, or in the instance; null: everything. */
  readonly rights: ReadonlySet<Right> | null;
}

/**
 * Makes a token for programs: a prefix and 256 random bits, of which only the hash is kept. What it may is what its scopes and
 * its holder's roles, whenever it is used, have in common.
 * @throws StudyUnknown; ScopeTooWide for a scope that its holder does not have
 */
export async function createToken(context: Context, wanted: Wanted): Promise<TokenCreated> {
  const { name, scopes, study, days = TOKEN_DAYS, accountId, rights } = wanted;
  const tooWide = scopes.find((scope) => rights !== null && !rights.has(scope));
  if (tooWide !== undefined) throw new ScopeTooWide(tooWide);
  const token = apiTokenOf(newSecret(context));
  const about = await context.database.transact(async (tx) => {
    const { id } = await tx.db
      .insertInto("api_token")
      .values({
        ...{ account_id: accountId, name, starts_with: startOf(token), token_hash: hashOf(token) },
        scopes: RIGHTS.filter((right) => scopes.includes(right)).join(" "),
        study_id: study === null ? null : await studyIdIn(tx, study),
        ...{ created_at: now(context), used_at: null, revoked_at: null },
        expires_at: new Date(context.clock().getTime() + days * DAY_MS).toISOString(),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return (await tokensIn(context, tx)).find((one) => one.id === id)!;
  });
  return { token, about };
}

/** Tokens, the latest first: of an account, with null of owners without one; default: all. */
export async function listTokens(context: Context, accountId?: number | null): Promise<ApiToken[]> {
  return context.database.read((reader) => tokensIn(context, reader, accountId));
}

async function tokensIn(context: Context, { db }: Reader, accountId?: number | null): Promise<ApiToken[]> {
  let of = db
    .selectFrom("api_token as t")
    .leftJoin("account as a", "a.id", "t.account_id")
    .leftJoin("study as s", "s.id", "t.study_id")
    .select(["t.id", "t.name", "t.starts_with as startsWith", "t.scopes", "t.used_at as usedAt"])
    .select(["t.created_at as createdAt", "t.expires_at as expiresAt", "t.revoked_at as revokedAt"])
    .select(["s.name as study", "a.name as holder"]);
  if (accountId !== undefined) of = of.where("t.account_id", accountId === null ? "is" : "=", accountId);
  const rows = await of.orderBy("t.id", "desc").execute();
  return rows.map(({ revokedAt, scopes, holder, ...row }) => {
    const state = revokedAt !== null ? "revoked" : row.expiresAt <= now(context) ? "expired" : "valid";
    const named = scopes.split(" ");
    return { ...row, holder: holder ?? "owner", scopes: RIGHTS.filter((one) => named.includes(one)), state };
  });
}

/** Ends a token. @param given.accountId whose it must be; left out: anybody's @returns its name @throws NothingToRevoke */
export async function revokeToken(
  context: Context,
  { id, accountId }: { id: number; accountId?: number | null },
): Promise<string> {
  const row = await context.database.transact(({ db }) => {
    let ended = db
      .updateTable("api_token")
      .set({ revoked_at: now(context) })
      .where("id", "=", id);
    if (accountId !== undefined)
      ended = ended.where("account_id", accountId === null ? "is" : "=", accountId);
    return ended.where("revoked_at", "is", null).returning("name").executeTakeFirst();
  });
  if (!row) throw new NothingToRevoke("token");
  return row.name;
}
