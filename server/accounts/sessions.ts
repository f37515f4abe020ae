import { hash } from "node:crypto";
import { type Context, newToken, now } from "../context.ts";
import type { Transaction } from "../storage/database.ts";

const TOKEN_BYTES = 32;
const SESSION_MS = 14 * 24 * 3_600_000;
/** How exactly the last use of a session or a token is kept. */
const USE_MS = 60_000;

/** Of sessions, tokens and invitations only this is kept: they are random, so a plain hash cannot be guessed back. */
export const hashOf = (secret: string): string => hash("sha256", secret);

/** A secret of 256 random bits, in base64url. */
export const newSecret = (context: Context): string => newToken(context, TOKEN_BYTES);

/** How somebody came whom the OpenID provider vouched for. */
export const OPENID = "OpenID Connect";

export interface Opened {
  readonly secret: string;
  readonly maxAgeS: number;
}

/** Opens a session of two weeks. @param given.accountId null: by an owner link @param given.via by default a password or an owner link */
export async function openSessionIn(
  context: Context,
  { db }: Transaction,
  given: { accountId: number | null; browser: string | null; via?: typeof OPENID },
): Promise<Opened> {
  const secret = newSecret(context);
  const expires = new Date(context.clock().getTime() + SESSION_MS).toISOString();
  await db.deleteFrom("session").where("expires_at", "<", now(context)).execute();
  await db
    .insertInto("session")
    .values({
      token_hash: hashOf(secret),
      created_at: now(context),
      expires_at: expires,
      account_id: given.accountId,
      used_at: null,
      browser: given.browser,
      via: given.via ?? null,
    })
    .execute();
  return { secret, maxAgeS: SESSION_MS / 1000 };
}

/** The session of a secret, with its account; undefined where there is none, or it has ended. */
export async function sessionOf(context: Context, secret: string) {
  return context.database.read(({ db }) =>
    db
      .selectFrom("session as s")
      .leftJoin("account as a", "a.id", "s.account_id")
      .select(["s.id", "s.used_at as usedAt", "s.account_id as accountId", "s.via", "a.name", "a.role"])
      .where("s.token_hash", "=", hashOf(secret))
      .where("s.expires_at", ">", now(context))
      .executeTakeFirst(),
  );
}

/** Whether a use at this moment is to be written down. */
export const isUseOld = (usedAt: string | null, moment: Date): boolean =>
  usedAt === null || moment.getTime() - Date.parse(usedAt) >= USE_MS;

/** Ends sessions of an account, or with null those by owner links. @returns how many there were */
export async function endSessionsIn(
  { db }: Transaction,
  { accountId, id, but }: { accountId: number | null; id?: number; but?: number | null },
): Promise<number> {
  let ended = db.deleteFrom("session").where("account_id", accountId === null ? "is" : "=", accountId);
  if (id !== undefined) ended = ended.where("id", "=", id);
  if (but !== undefined && but !== null) ended = ended.where("id", "<>", but);
  const { numDeletedRows } = await ended.executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

const BROWSERS = [
  ["Edge", /\bEdg\//],
  ["Opera", /\bOPR\//],
  ["Firefox", /\bFirefox\//],
  ["Chrome", /Chrom(e|ium)\//],
  ["Safari", /\bSafari\//],
] as const;
const SYSTEMS = [
  ["Android", /Android/],
  ["iOS", /iPhone|iPad/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS/],
  ["Linux", /Linux/],
] as const;

/** A browser as its user would name it, such as “Firefox, Linux”, from its User-Agent; null: unknown. The rest is not kept. */
export function browserName(userAgent: string | undefined): string | null {
  const of = (kinds: readonly (readonly [string, RegExp])[]) =>
    kinds.find(([, sign]) => sign.test(userAgent ?? ""))?.[0];
  return [of(BROWSERS), of(SYSTEMS)].filter((part) => part !== undefined).join(", ") || null;
}
