import { type Context, now } from "../context.ts";
import { NameNotTyped } from "../contract/errors.ts";
import type { Members } from "../contract/accounts.ts";
import { type MemberRole, mayGrant, type Right, RIGHTS_OF } from "../contract/rights.ts";
import type { Transaction } from "../storage/database.ts";
import { AccountNotFound, GrantsTooMuch, LastOwner, NotByOwnerLink } from "./errors.ts";
import { invitationsIn, revokeInvitationsOf } from "./invitations.ts";
import { hashPassword } from "./password.ts";
import { addAccountIn, grantIn, roleIn, studyIdIn } from "./store.ts";

/**
 * Makes an account with the role owner for who came by an owner link, and signs them in to it.
 * @throws AccountExists, NotByOwnerLink where the session is of an account already
 */
export async function createOwner(
  context: Context,
  given: { email: string; name: string; password: string; sessionId: number },
): Promise<void> {
  const phc = await hashPassword(given.password);
  await context.database.transact(async (tx) => {
    const id = await addAccountIn(context, tx, { ...given, phc, role: "owner" });
    const session = await tx.db
      .updateTable("session")
      .set({ account_id: id })
      .where("id", "=", given.sessionId)
      .where("account_id", "is", null)
      .executeTakeFirst();
    if (session.numUpdatedRows === 0n) throw new NotByOwnerLink();
  });
}

/**
 * Who may do what.
 * @param given.study null: every account with its roles, and invitations to the instance; a study: those with a role in it, and its invitations
 * @throws StudyUnknown
 */
export async function membersOf(context: Context, study: string | null): Promise<Members> {
  return context.database.read(async (reader) => {
    const studyId = study === null ? null : await studyIdIn(reader, study);
    const { db } = reader;
    const accounts = await db
      .selectFrom("account as a")
      .select(["a.id", "a.name", "a.email", "a.role"])
      .select((e) =>
        e
          .selectFrom("session as s")
          .select(({ fn }) => fn.max("s.used_at").as("at"))
          .whereRef("s.account_id", "=", "a.id")
          .where("s.expires_at", ">", now(context))
          .as("signedInAt"),
      )
      .orderBy("a.id")
      .execute();
    let memberships = db
      .selectFrom("membership as m")
      .innerJoin("study as s", "s.id", "m.study_id")
      .select(["m.account_id as accountId", "s.name as study", "m.role"]);
    if (studyId !== null) memberships = memberships.where("m.study_id", "=", studyId);
    const rows = await memberships.orderBy("m.study_id").execute();
    const members = accounts.map((account) => {
      const own = rows.filter(({ accountId }) => accountId === account.id);
      return { ...account, studies: own.map(({ study: name, role }) => ({ study: name, role })) };
    });
    const shown = members.filter((one) => studyId === null || one.role !== null || one.studies.length > 0);
    return { members: shown, invitations: await invitationsIn(context, reader, studyId) };
  });
}

interface RoleChange {
  readonly accountId: number;
  /** Null: the role in the instance. */
  readonly study: string | null;
  /** Null takes it away. */
  readonly role: MemberRole | null;
  /** What whoever changes it may do there. */
  readonly rights: ReadonlySet<Right>;
}

/**
 * Gives an account a role, or takes it away. Who loses a right loses the invitations that they made there.
 * @returns the account's name, and the role that it had
 * @throws AccountNotFound, also in a study for an account without a role there, which only who administers accounts may know;
 *   StudyUnknown, LastOwner; GrantsTooMuch where the role given, or the one that is taken, has rights that the
 *   giver does not have
 */
export async function changeRole(
  context: Context,
  change: RoleChange,
): Promise<{ name: string; before: MemberRole | null }> {
  const { accountId, study, role, rights } = change;
  return context.database.transact(async (tx) => {
    const { db } = tx;
    const of = tx.dialect.lockRows(
      db.selectFrom("account").select(["name", "role"]).where("id", "=", accountId),
    );
    const account = await of.executeTakeFirst();
    if (!account) throw new AccountNotFound();
    const studyId = study === null ? null : await studyIdIn(tx, study);
    const before = studyId === null ? account.role : await roleIn(tx, accountId, studyId);
    if (before === null && account.role === null && !rights.has("administer")) throw new AccountNotFound();
    for (const one of [role, before])
      if (one !== null && !mayGrant(rights, one, study)) throw new GrantsTooMuch(one);
    if (studyId === null) {
      await db.updateTable("account").set({ role }).where("id", "=", accountId).execute();
      if (before === "owner") await requireOwner(tx);
    } else if (role === null) {
      await db
        .deleteFrom("membership")
        .where("account_id", "=", accountId)
        .where("study_id", "=", studyId)
        .execute();
    } else await grantIn(tx, { accountId, studyId, role });
    const left = role === null ? [] : RIGHTS_OF[role];
    if (before !== null && RIGHTS_OF[before].some((right) => !left.includes(right)))
      await revokeInvitationsOf(context, tx, { name: account.name, studyId });
    return { name: account.name, before };
  });
}

/** Makes who created a study an owner of it; nothing for who came by an owner link. @throws StudyUnknown */
export async function ownStudy(context: Context, accountId: number | null, study: string): Promise<void> {
  if (accountId === null) return;
  await context.database.transact(async (tx) =>
    grantIn(tx, { accountId, studyId: await studyIdIn(tx, study), role: "owner" }),
  );
}

/**
 * Ends an account with its sessions, tokens, roles, and the invitations that it made, for good.
 * @param given.typed its name, as whoever removes it typed it
 * @returns its name @throws AccountNotFound, LastOwner; NameNotTyped where that is another name
 */
export async function removeAccount(
  context: Context,
  { accountId, typed }: { accountId: number; typed: string },
): Promise<string> {
  return context.database.transact(async (tx) => {
    const { db } = tx;
    const account = await db
      .selectFrom("account")
      .select(["name", "role"])
      .where("id", "=", accountId)
      .executeTakeFirst();
    if (!account) throw new AccountNotFound();
    if (typed.trim() !== account.name) throw new NameNotTyped(account.name);
    await db.deleteFrom("session").where("account_id", "=", accountId).execute();
    await db.deleteFrom("api_token").where("account_id", "=", accountId).execute();
    await db.deleteFrom("membership").where("account_id", "=", accountId).execute();
    await db.deleteFrom("invitation").where("account_id", "=", accountId).execute();
    await revokeInvitationsOf(context, tx, { name: account.name, studyId: null });
    await db.deleteFrom("account").where("id", "=", accountId).execute();
    if (account.role === "owner") await requireOwner(tx);
    return account.name;
  });
}

/** @throws LastOwner where no account is an owner any more */
async function requireOwner(tx: Transaction): Promise<void> {
  const owners = tx.dialect.lockRows(tx.db.selectFrom("account").select("id").where("role", "=", "owner"));
  if ((await owners.execute()).length === 0) throw new LastOwner();
}
