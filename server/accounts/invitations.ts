import { type Context, now } from "../context.ts";
import type { Invitation, InvitationShown } from "../contract/accounts.ts";
import { type MemberRole, mayGrant, type Right, RIGHTS_OF } from "../contract/rights.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { recordIn } from "./audit.ts";
import {
  AccountNotFound,
  GrantsTooMuch,
  InvitationNotValid,
  NothingToRevoke,
  SignInRefused,
} from "./errors.ts";
import { hashPassword } from "./password.ts";
import { hashOf, newSecret, type Opened, openSessionIn } from "./sessions.ts";
import { accountOf, setPasswordIn } from "./sign-in.ts";
import { addAccountIn, grantIn, roleIn, studyIdIn } from "./store.ts";

const VALID_MS = 7 * 24 * 3_600_000;

interface Made {
  readonly token: string;
  readonly invitation: Invitation;
}

/**
 * Invites somebody to a role, by a link of 256 random bits for one use within a week; only its hash is kept.
 * @param given.study null: the instance
 * @throws StudyUnknown, GrantsTooMuch
 */
export async function inviteMember(
  context: Context,
  given: { name: string; role: MemberRole; study: string | null; rights: ReadonlySet<Right>; by: string },
): Promise<Made> {
  const { name, role, study, by } = given;
  if (!mayGrant(given.rights, role, study)) throw new GrantsTooMuch(role);
  return context.database.transact(async (tx) => {
    const studyId = study === null ? null : await studyIdIn(tx, study);
    return makeIn(context, tx, { name, role, studyId, accountId: null, by });
  });
}

/**
 * Makes a link by which an account gets a new password.
 * @throws AccountNotFound; GrantsTooMuch for who lacks a right, since whoever has the link may what the account may
 */
export async function passwordLink(
  context: Context,
  { accountId, rights, by }: { accountId: number; rights: ReadonlySet<Right>; by: string },
): Promise<Made> {
  if (!mayGrant(rights, "owner", null)) throw new GrantsTooMuch("owner");
  return context.database.transact(async (tx) => {
    const of = tx.db.selectFrom("account").select("name").where("id", "=", accountId);
    const account = await of.executeTakeFirst();
    if (!account) throw new AccountNotFound();
    return makeIn(context, tx, { name: account.name, role: null, studyId: null, accountId, by });
  });
}

async function makeIn(
  context: Context,
  tx: Transaction,
  given: {
    name: string;
    role: MemberRole | null;
    studyId: number | null;
    accountId: number | null;
    by: string;
  },
): Promise<Made> {
  const { name, role, studyId, accountId, by } = given;
  const token = newSecret(context);
  const { id } = await tx.db
    .insertInto("invitation")
    .values({
      ...{ token_hash: hashOf(token), name, role, study_id: studyId, account_id: accountId, by_whom: by },
      ...{ created_at: now(context), used_at: null, revoked_at: null },
      expires_at: new Date(context.clock().getTime() + VALID_MS).toISOString(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const invitation = (await invitationsIn(context, tx, studyId)).find((one) => one.id === id);
  return { token, invitation: invitation! };
}

/** The invitations to a study, or with null to the instance, the latest first; never the links themselves. */
export async function invitationsIn(
  context: Context,
  { db }: Reader,
  studyId: number | null,
): Promise<Invitation[]> {
  const rows = await db
    .selectFrom("invitation as i")
    .leftJoin("study as s", "s.id", "i.study_id")
    .select(["i.id", "i.name", "i.role", "s.name as study", "i.by_whom as by"])
    .select(["i.created_at as createdAt", "i.expires_at as expiresAt", "i.used_at", "i.revoked_at"])
    .where("i.study_id", studyId === null ? "is" : "=", studyId)
    .orderBy("i.id", "desc")
    .limit(200)
    .execute();
  return rows.map(({ used_at: used, revoked_at: revoked, ...row }) => {
    const isOver = row.expiresAt <= now(context);
    const state = used !== null ? "used" : revoked !== null ? "revoked" : isOver ? "expired" : "open";
    return { ...row, state };
  });
}

/** Revokes an open invitation. @returns for whom it was @throws NothingToRevoke */
export async function revokeInvitation(
  context: Context,
  { id, study }: { id: number; study: string | null },
): Promise<string> {
  return context.database.transact(async (tx) => {
    const studyId = study === null ? null : await studyIdIn(tx, study);
    const row = await tx.db
      .updateTable("invitation")
      .set({ revoked_at: now(context) })
      .where("id", "=", id)
      .where("study_id", studyId === null ? "is" : "=", studyId)
      .where("used_at", "is", null)
      .where("revoked_at", "is", null)
      .returning("name")
      .executeTakeFirst();
    if (!row) throw new NothingToRevoke("invitation");
    return row.name;
  });
}

/**
 * Revokes the open invitations and password links that somebody made, by themselves or by a token of theirs: whoever loses a role
 * keeps no link to come back by. @param given.studyId those to this study alone; null: all
 */
export async function revokeInvitationsOf(
  context: Context,
  { db }: Transaction,
  { name, studyId }: { name: string; studyId: number | null },
): Promise<void> {
  let open = db.selectFrom("invitation").select(["id", "by_whom as by"]).where("used_at", "is", null);
  if (studyId !== null) open = open.where("study_id", "=", studyId);
  const made = await open.where("revoked_at", "is", null).execute();
  const theirs = made.filter(({ by }) => by === name || by.startsWith(`${name} (token `));
  for (const { id } of theirs)
    await db
      .updateTable("invitation")
      .set({ revoked_at: now(context) })
      .where("id", "=", id)
      .execute();
}

/** An invitation that can still be used. @throws InvitationNotValid */
async function usable(context: Context, { db }: Reader, tokenHash: string) {
  const row = await db
    .selectFrom("invitation as i")
    .leftJoin("study as s", "s.id", "i.study_id")
    .leftJoin("account as a", "a.id", "i.account_id")
    .select(["i.id", "i.name", "i.role", "i.study_id as studyId", "i.account_id as accountId"])
    .select(["s.name as study", "a.email"])
    .where("i.token_hash", "=", tokenHash)
    .where("i.used_at", "is", null)
    .where("i.revoked_at", "is", null)
    .where("i.expires_at", ">", now(context))
    .executeTakeFirst();
  if (!row) throw new InvitationNotValid();
  return row;
}

/** What an invitation is for, to whoever holds its link. @throws InvitationNotValid */
export async function showInvitation(context: Context, token: string): Promise<InvitationShown> {
  const { name, role, study, email } = await context.database.read((reader) =>
    usable(context, reader, hashOf(token)),
  );
  return { name, role, study, email };
}

interface Acceptance {
  readonly token: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly password: string;
  /** Where it comes from, as for signing in. */
  readonly address: string;
  readonly browser: string | null;
}

/**
 * Uses an invitation: makes an account, adds the role to the account of that address where the password is its own, or sets
 * a new password; then signs in. @throws InvitationNotValid; SignInRefused where the account has another password, SignInSlowed
 */
export async function acceptInvitation(context: Context, given: Acceptance): Promise<Opened> {
  const { token, email = null, password, address, browser } = given;
  const before = await context.database.read(async (reader) => {
    const invitation = await usable(context, reader, hashOf(token));
    if (invitation.accountId !== null) return undefined;
    const known = reader.db.selectFrom("account").select("email");
    return known.where("email", "=", email ?? "").executeTakeFirst();
  });
  const known = before && (await accountOf(context, { email: before.email, password, address }));
  const phc = await hashPassword(password);
  return context.database.transact(async (tx) => {
    const tokenHash = hashOf(token);
    const of = (await usable(context, tx, tokenHash)).accountId;
    const accountId =
      of !== null
        ? await takePasswordLinkIn(context, tx, { tokenHash, accountId: of, phc })
        : await takeInvitationIn(context, tx, {
            ...{ tokenHash, via: "invitation", accountId: known?.id ?? null },
            makeAccount: (invited) => newAccountIn(context, tx, { ...given, email, phc, invited }),
          });
    return openSessionIn(context, tx, { accountId, browser });
  });
}

interface Taken {
  readonly tokenHash: string;
  readonly via: string;
  /** Whose it becomes; null: of a new account. */
  readonly accountId: number | null;
  /** @param invited for whom the invitation is, as whoever made it wrote */
  readonly makeAccount: (invited: string) => Promise<number>;
}

/** Uses an invitation to a role, once. @returns the account that has the role now @throws InvitationNotValid */
export async function takeInvitationIn(context: Context, tx: Transaction, given: Taken): Promise<number> {
  const { id, accountId: of, role, studyId, study, name } = await usable(context, tx, given.tokenHash);
  if (of !== null) throw new InvitationNotValid(); // it sets a password, and gives no role
  await useUp(context, tx, id);
  const accountId = given.accountId ?? (await given.makeAccount(name));
  if (role !== null) await addRoleIn(tx, { accountId, studyId, role });
  const who = await nameIn(tx, accountId);
  await recordIn(context, tx, { who, via: given.via, verb: "accept invitation", study, detail: role });
  return accountId;
}

async function takePasswordLinkIn(
  context: Context,
  tx: Transaction,
  { tokenHash, accountId, phc }: { tokenHash: string; accountId: number; phc: string },
): Promise<number> {
  await useUp(context, tx, (await usable(context, tx, tokenHash)).id);
  await setPasswordIn(tx, { accountId, phc, but: null });
  const who = await nameIn(tx, accountId);
  await recordIn(context, tx, { who, via: "invitation", verb: "set password" });
  return accountId;
}

/** @throws InvitationNotValid where somebody else used it meanwhile */
async function useUp(context: Context, { db }: Transaction, id: number): Promise<void> {
  const used = db
    .updateTable("invitation")
    .set({ used_at: now(context) })
    .where("id", "=", id);
  const { numUpdatedRows } = await used.where("used_at", "is", null).executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new InvitationNotValid();
}

async function nameIn({ db }: Reader, accountId: number): Promise<string> {
  const row = db.selectFrom("account").select("name").where("id", "=", accountId);
  return (await row.executeTakeFirstOrThrow()).name;
}

/** The hashes of the tokens of the open invitations to a role that were made out to an e-mail address. @param email in lower case */
export async function invitationsTo(context: Context, { db }: Reader, email: string): Promise<string[]> {
  const rows = await db
    .selectFrom("invitation")
    .select(["token_hash", "name"])
    .where("account_id", "is", null)
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now(context))
    .orderBy("id")
    .execute();
  return rows.filter(({ name }) => name.trim().toLowerCase() === email).map((row) => row.token_hash);
}

const newAccountIn = (
  context: Context,
  tx: Transaction,
  {
    name,
    email,
    phc,
    invited,
  }: { name?: string | undefined; email: string | null; phc: string; invited: string },
): Promise<number> => {
  if (email === null) throw new SignInRefused();
  return addAccountIn(context, tx, { name: name ?? invited, email, phc, role: null });
};

/** Gives the role of an invitation, where it brings a right that the account does not have there. */
async function addRoleIn(
  tx: Transaction,
  { accountId, studyId, role }: { accountId: number; studyId: number | null; role: MemberRole },
): Promise<void> {
  const row = tx.db.selectFrom("account").select("role").where("id", "=", accountId);
  const before =
    studyId === null ? (await row.executeTakeFirstOrThrow()).role : await roleIn(tx, accountId, studyId);
  if (before !== null && RIGHTS_OF[role].every((right) => RIGHTS_OF[before].includes(right))) return;
  if (studyId !== null) return grantIn(tx, { accountId, studyId, role });
  await tx.db.updateTable("account").set({ role }).where("id", "=", accountId).execute();
}
