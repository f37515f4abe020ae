import { type Context, newToken, now } from "../context.ts";
import { LinkNotValid } from "./errors.ts";
import { hashToken } from "./keys.ts";
import { recordChange, requireStudy } from "./store.ts";

/** Makes a read-only link to a study's results. @returns its token; only a hash is kept */
export async function shareResults(context: Context, study: string): Promise<string> {
  const token = newToken(context, 32);
  await context.database.transact(async (tx) => {
    const { id } = await requireStudy(tx, study);
    const row = { study_id: id, token_hash: hashToken(token), created_at: now(context), revoked_at: null };
    await tx.db.insertInto("share_link").values(row).execute();
    await recordChange(tx, { studyId: id, kind: "shared", detail: {}, at: now(context), by: "owner" });
  });
  return token;
}

/** The name of the study whose results this token may read. @throws LinkNotValid */
export async function studyOfShare(context: Context, token: string): Promise<string> {
  const row = await context.database.read(({ db }) =>
    db
      .selectFrom("share_link as l")
      .innerJoin("study as s", "s.id", "l.study_id")
      .select("s.name")
      .where("l.token_hash", "=", hashToken(token))
      .where("l.revoked_at", "is", null)
      .executeTakeFirst(),
  );
  if (!row) throw new LinkNotValid();
  return row.name;
}
