import { type Context, now } from "../../context.ts";
import type { AccountWays, OpenIdProblem } from "../../contract/openid.ts";
import type { Transaction } from "../../storage/database.ts";
import { recordIn } from "../audit.ts";
import { AccountExists, InvitationNotValid, LastWayToSignIn, NothingToRevoke } from "../errors.ts";
import { invitationsTo, takeInvitationIn } from "../invitations.ts";
import { endSessionsIn, OPENID, type Opened, openSessionIn } from "../sessions.ts";
import { addAccountIn } from "../store.ts";
import type { Purpose } from "./flows.ts";
import type { Person } from "./provider.ts";

/** Somebody whom the provider vouches for does not get in, or not to where they wanted. */
export class NotSignedIn extends Error {
  constructor(readonly problem: OpenIdProblem) {
    super(problem);
  }
}

/** A person at the provider, what they came for, and their browser. */
interface Arrival {
  readonly person: Person;
  readonly purpose: Purpose;
  readonly browser: string | null;
}

/**
 * What happens when the provider has vouched for somebody. People are known by issuer and subject alone. A verified e-mail address
 * opens an invitation that was made out to it; it never opens an account.
 * @returns the session that was opened; null: the identity was connected to the account that asked
 * @throws NotSignedIn
 */
export async function arrive(context: Context, arrival: Arrival): Promise<Opened | null> {
  const { purpose } = arrival;
  try {
    return await context.database.transact(async (tx) => {
      if (purpose.sessionId !== null) return connectIn(context, tx, { ...arrival, id: purpose.sessionId });
      const accountId =
        purpose.invitationHash === null
          ? await knownOrInvitedIn(context, tx, arrival)
          : await invitedIn(context, tx, { ...arrival, tokenHashes: [purpose.invitationHash] });
      const { issuer, subject } = arrival.person;
      const identity = tx.db.updateTable("openid_identity").set({ used_at: now(context) });
      await identity.where("issuer", "=", issuer).where("subject", "=", subject).execute();
      return openSessionIn(context, tx, { accountId, browser: arrival.browser, via: OPENID });
    });
  } catch (error) {
    if (error instanceof AccountExists) throw new NotSignedIn("address-taken");
    if (error instanceof InvitationNotValid) throw new NotSignedIn("invitation");
    throw error;
  }
}

/** The account of a person who is known, or for whom an invitation waits under their verified address. */
async function knownOrInvitedIn(context: Context, tx: Transaction, arrival: Arrival): Promise<number> {
  const known = await accountIn(tx, arrival.person);
  const { email } = arrival.person;
  const tokenHashes = email === null ? [] : await invitationsTo(context, tx, email);
  if (known === undefined && tokenHashes.length === 0) throw new NotSignedIn("unknown");
  if (known !== undefined) await recordIn(context, tx, { who: known.name, via: OPENID, verb: "sign in" });
  return invitedIn(context, tx, { ...arrival, tokenHashes });
}

/** Accepts invitations, for the account of the person or a new one. */
async function invitedIn(
  context: Context,
  tx: Transaction,
  arrival: Arrival & { tokenHashes: readonly string[] },
): Promise<number> {
  const { person, purpose } = arrival;
  let id = (await accountIn(tx, person))?.id;
  for (const tokenHash of arrival.tokenHashes)
    id = await takeInvitationIn(context, tx, {
      ...{ tokenHash, via: OPENID, accountId: id ?? null },
      makeAccount: (invited) => newAccountIn(context, tx, { ...purpose, person, role: null, invited }),
    });
  return id!;
}

/** An account without a password, whose holder signs in at the provider. */
async function newAccountIn(
  context: Context,
  tx: Transaction,
  given: {
    name: string | null;
    email: string | null;
    invited: string;
    role: "owner" | null;
    person: Person;
  },
): Promise<number> {
  const { person, role } = given;
  const email = person.email ?? given.email;
  if (email === null) throw new NotSignedIn("no-address");
  const name = given.name ?? person.name ?? given.invited;
  const account = { name, email, phc: null, role };
  const accountId = await addAccountIn(context, tx, account);
  await addIdentityIn(context, tx, { accountId, person });
  return accountId;
}

/** Connects a person with the account of a session, or makes an owner's account for a session by an owner link. */
async function connectIn(
  context: Context,
  tx: Transaction,
  { id, person, purpose }: Arrival & { id: number },
): Promise<null> {
  const session = await tx.db
    .selectFrom("session as s")
    .leftJoin("account as a", "a.id", "s.account_id")
    .select(["s.account_id as accountId", "a.name"])
    .where("s.id", "=", id)
    .where("s.expires_at", ">", now(context))
    .executeTakeFirst();
  if (session === undefined) throw new NotSignedIn("late");
  const known = await accountIn(tx, person);
  if (known !== undefined && known.id !== session.accountId) throw new NotSignedIn("taken");
  if (known !== undefined) return null;
  const { accountId, name } = session;
  if (accountId !== null && name !== null) {
    await addIdentityIn(context, tx, { accountId, person });
    await recordIn(context, tx, { who: name, via: OPENID, verb: "connect identity" });
    return null;
  }
  const own = { ...purpose, person, role: "owner" as const, invited: person.email ?? "Owner" };
  const made = await newAccountIn(context, tx, own);
  await tx.db.updateTable("session").set({ account_id: made, via: OPENID }).where("id", "=", id).execute();
  const who = (await accountIn(tx, person))?.name ?? "owner";
  await recordIn(context, tx, { who, via: OPENID, verb: "create account" });
  return null;
}

async function accountIn({ db }: Transaction, { issuer, subject }: Person) {
  return db
    .selectFrom("openid_identity as i")
    .innerJoin("account as a", "a.id", "i.account_id")
    .select(["a.id", "a.name"])
    .where("i.issuer", "=", issuer)
    .where("i.subject", "=", subject)
    .executeTakeFirst();
}

async function addIdentityIn(
  context: Context,
  { db }: Transaction,
  { accountId, person }: { accountId: number; person: Person },
): Promise<void> {
  const { issuer, subject } = person;
  const identity = { account_id: accountId, issuer, subject, created_at: now(context), used_at: null };
  await db.insertInto("openid_identity").values(identity).execute();
}

/** How an account signs in. */
export async function waysOf(
  context: Context,
  accountId: number | null,
): Promise<Omit<AccountWays, "openId">> {
  return context.database.read(async ({ db }) => {
    const of = accountId ?? 0;
    const account = db.selectFrom("account").select("password").where("id", "=", of);
    const identities = await db
      .selectFrom("openid_identity")
      .select(["id", "issuer", "created_at as createdAt", "used_at as usedAt"])
      .where("account_id", "=", of)
      .orderBy("id")
      .execute();
    return { hasPassword: ((await account.executeTakeFirst())?.password ?? null) !== null, identities };
  });
}

/**
 * Disconnects an identity from an account; every other session of it ends.
 * @throws NothingToRevoke, LastWayToSignIn where there is no password and no other identity
 */
export async function disconnect(
  context: Context,
  { accountId, sessionId, id }: { accountId: number; sessionId: number; id: number },
): Promise<void> {
  await context.database.transact(async (tx) => {
    const { db, dialect } = tx;
    const row = db.selectFrom("account").select("password").where("id", "=", accountId);
    const { password } = await dialect.lockRows(row).executeTakeFirstOrThrow();
    const identity = db.deleteFrom("openid_identity").where("account_id", "=", accountId);
    const { numDeletedRows } = await identity.where("id", "=", id).executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new NothingToRevoke("identity");
    const left = db.selectFrom("openid_identity").select("id").where("account_id", "=", accountId).limit(1);
    if (password === null && (await left.executeTakeFirst()) === undefined) throw new LastWayToSignIn();
    await endSessionsIn(tx, { accountId, but: sessionId });
  });
}
