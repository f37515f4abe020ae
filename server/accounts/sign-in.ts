import { hash } from "node:crypto";
import { type Context, now } from "../context.ts";
import type { Transaction } from "../storage/database.ts";
import { record, recordIn } from "./audit.ts";
import { SignInRefused, SignInSlowed } from "./errors.ts";
import { checkPassword, hashPassword } from "./password.ts";
import { endSessionsIn, type Opened, openSessionIn } from "./sessions.ts";

/** Wrong passwords that nobody has to wait for. */
const FREE = 3;
const WAIT_S_MAX = 60;
/** How long a wrong password counts. */
const REMEMBERED_MS = 15 * 60_000;

interface Attempt {
  readonly email: string;
  readonly password: string;
  /** Where it comes from: who tries elsewhere holds up nobody here. */
  readonly address: string;
  readonly browser: string | null;
}

/**
 * Signs in by e-mail address and password. A password whose hash is of an older cost is hashed again.
 * @throws SignInRefused, after the same time for an unknown address and a wrong password; SignInSlowed after several from one
 *   address, for a minute at most, so that nobody is locked out
 */
export async function signIn(context: Context, attempt: Attempt): Promise<Opened> {
  const { password, browser } = attempt;
  const account = await accountOf(context, attempt);
  const better = account.isOld ? await hashPassword(password) : null;
  return context.database.transact(async (tx) => {
    const row = tx.db.updateTable("account").where("id", "=", account.id);
    // a password that was changed meanwhile is no longer the one that was checked
    const still = await row
      .set({ password: better ?? account.password })
      .where("password", "=", account.password)
      .executeTakeFirst();
    if (still.numUpdatedRows === 0n) throw new SignInRefused();
    await tx.db.deleteFrom("sign_in_failure").where("name_hash", "=", keyOf(attempt)).execute();
    await recordIn(context, tx, { who: account.name, via: "password", verb: "sign in" });
    return openSessionIn(context, tx, { accountId: account.id, browser });
  });
}

/**
 * The account to which an e-mail address and a password belong; wherever a password is asked for, it is looked at here.
 * @throws SignInRefused, SignInSlowed
 */
export async function accountOf(context: Context, attempt: Omit<Attempt, "browser">) {
  const { email, password } = attempt;
  await requireRest(context, attempt);
  const account = await context.database.read(({ db }) =>
    db.selectFrom("account").select(["id", "name", "password"]).where("email", "=", email).executeTakeFirst(),
  );
  const { isRight, isOld } = await checkPassword(password, account?.password ?? null);
  if (!account || !isRight) {
    await noteFailure(context, attempt, account?.name ?? "unknown address");
    throw new SignInRefused();
  }
  return { ...account, isOld };
}

const keyOf = ({ email, address }: Pick<Attempt, "email" | "address">): string =>
  hash("sha256", `${email} ${address}`);

const rememberedSince = (context: Context): string =>
  new Date(context.clock().getTime() - REMEMBERED_MS).toISOString();

async function requireRest(context: Context, attempt: Parameters<typeof keyOf>[0]): Promise<void> {
  const failures = await context.database.read(({ db }) =>
    db
      .selectFrom("sign_in_failure")
      .select("failed_at")
      .where("name_hash", "=", keyOf(attempt))
      .where("failed_at", ">", rememberedSince(context))
      .orderBy("failed_at", "desc")
      .execute(),
  );
  const latest = failures[0]?.failed_at;
  if (latest === undefined || failures.length < FREE) return;
  const waitS = Math.min(2 ** (failures.length - FREE), WAIT_S_MAX);
  const leftMs = Date.parse(latest) + waitS * 1000 - context.clock().getTime();
  if (leftMs > 0) throw new SignInSlowed(Math.ceil(leftMs / 1000));
}

async function noteFailure(
  context: Context,
  attempt: Parameters<typeof keyOf>[0],
  who: string,
): Promise<void> {
  await context.database.transact(async ({ db }) => {
    await db.deleteFrom("sign_in_failure").where("failed_at", "<=", rememberedSince(context)).execute();
    const row = { name_hash: keyOf(attempt), failed_at: now(context) };
    await db.insertInto("sign_in_failure").values(row).execute();
  });
  await record(context, { who, via: "password", verb: "sign-in failed" });
}

/** Gives an account a password, and ends its sessions but one. */
export async function setPasswordIn(
  tx: Transaction,
  { accountId, phc, but }: { accountId: number; phc: string; but: number | null },
): Promise<void> {
  await tx.db.updateTable("account").set({ password: phc }).where("id", "=", accountId).execute();
  await endSessionsIn(tx, { accountId, but });
}

/**
 * Changes one's own password; every other session ends.
 * @throws SignInRefused where the current one is wrong, SignInSlowed as for signing in
 */
export async function changePassword(
  context: Context,
  given: {
    address: string;
    accountId: number;
    sessionId: number;
    current: string;
    password: string;
  },
): Promise<void> {
  const { accountId, current: password, address } = given;
  await checkOwnPassword(context, { accountId, password, address });
  const phc = await hashPassword(given.password);
  await context.database.transact((tx) => setPasswordIn(tx, { accountId, phc, but: given.sessionId }));
}

/** Whether a password is the one of an account. @throws SignInRefused, SignInSlowed as for signing in */
export async function checkOwnPassword(
  context: Context,
  { accountId, password, address }: { accountId: number; password: string; address: string },
): Promise<void> {
  const { email } = await context.database.read(({ db }) =>
    db.selectFrom("account").select("email").where("id", "=", accountId).executeTakeFirstOrThrow(),
  );
  await accountOf(context, { email, password, address });
}
