import { type Context, now } from "../context.ts";
import type { StudyChange } from "../contract/study-names.ts";
import type { Transaction } from "../storage/database.ts";
import { StudyExists, SystemNotFound } from "./errors.ts";
import { findStudy, recordChange, requireStudy, systemsOf } from "./store.ts";

/** Does what gives a study a name, which another request may take at the same moment. @throws StudyExists */
export async function nameOnce(
  { database }: Context,
  name: string,
  give: (tx: Transaction) => Promise<void>,
): Promise<void> {
  try {
    await database.transact(give);
  } catch (error) {
    if (database.dialect.isUniqueViolation(error)) throw new StudyExists(name);
    throw error;
  }
}

/**
 * Gives a study another name, or another title, in any state. Links go on working; addresses of the dashboard have the new name.
 * @throws StudyNotFound, StudyExists
 */
export async function renameStudy(
  context: Context,
  { study, by, ...change }: StudyChange & { study: string; by: string },
): Promise<void> {
  await nameOnce(context, change.name ?? study, async (tx) => {
    const there = await requireStudy(tx, study);
    const record = async (what: string, from: string, to: string) =>
      recordChange(tx, {
        ...{ studyId: there.id, kind: "rename", at: now(context), by },
        detail: { what, from, to, merged: false },
      });
    const { name = there.name, publicTitle = there.public_title } = change;
    if (name !== there.name) {
      if (await findStudy(tx, name)) throw new StudyExists(name);
      await record("study", there.name, name);
    }
    if (publicTitle !== there.public_title) await record("title", there.public_title, publicTitle);
    const values = { name, public_title: publicTitle };
    await tx.db.updateTable("study").set(values).where("id", "=", there.id).execute();
  });
}

/**
 * Sets the name by which a system stands in reports and on the dashboard, in any state; files and commands keep its own.
 * @throws StudyNotFound, SystemNotFound
 */
export async function setDisplayName(
  context: Context,
  given: { study: string; system: string; displayName: string; by: string },
): Promise<void> {
  const { study, system, displayName, by } = given;
  await context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, study);
    const row = (await systemsOf(tx, studyId)).find(({ name }) => name === system);
    if (!row) throw new SystemNotFound(study, system);
    if (row.display_name === displayName) return;
    await tx.db.updateTable("system").set({ display_name: displayName }).where("id", "=", row.id).execute();
    const detail = { what: "system", from: row.display_name, to: displayName, merged: false };
    await recordChange(tx, { studyId, kind: "rename", detail, at: now(context), by });
  });
}
