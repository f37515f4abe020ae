import { type Context, now } from "../context.ts";
import type { MemberRole } from "../contract/rights.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { AccountExists, StudyUnknown } from "./errors.ts";

/** The id of a study by its name. @throws StudyUnknown */
export async function studyIdIn({ db }: Reader, study: string): Promise<number> {
  const row = await db.selectFrom("study").select("id").where("name", "=", study).executeTakeFirst();
  if (!row) throw new StudyUnknown(study);
  return row.id;
}

/** @param account.phc null: without a password @throws AccountExists */
export async function addAccountIn(
  context: Context,
  { db }: Transaction,
  account: { email: string; name: string; phc: string | null; role: MemberRole | null },
): Promise<number> {
  const { email, name, phc, role } = account;
  const taken = await db.selectFrom("account").select("id").where("email", "=", email).executeTakeFirst();
  if (taken) throw new AccountExists(email);
  const { id } = await db
    .insertInto("account")
    .values({ email, name, password: phc, role, created_at: now(context) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** The role of an account in a study; null: none. */
export async function roleIn({ db }: Reader, accountId: number, studyId: number): Promise<MemberRole | null> {
  const row = await db
    .selectFrom("membership")
    .select("role")
    .where("account_id", "=", accountId)
    .where("study_id", "=", studyId)
    .executeTakeFirst();
  return row?.role ?? null;
}

/** Gives a role in a study, in place of an earlier one. */
export async function grantIn(
  { db }: Transaction,
  { accountId, studyId, role }: { accountId: number; studyId: number; role: MemberRole },
): Promise<void> {
  await db
    .insertInto("membership")
    .values({ account_id: accountId, study_id: studyId, role })
    .onConflict((conflict) => conflict.columns(["account_id", "study_id"]).doUpdateSet({ role }))
    .execute();
}
