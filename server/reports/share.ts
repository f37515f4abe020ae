import { type Context, newToken, now } from "../context.ts";
import { LinkNotValid, LinkRevoked } from "../studies/errors.ts";
import { hashToken } from "../studies/keys.ts";
import { isUseOld } from "../studies/link-use.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import { takeSnapshot } from "./snapshots.ts";

/**
 * Makes a read-only link to a study's results: as they stand whenever it is opened, or `frozen` as they are now.
 * Where nothing is said, frozen once the study is closed. @returns its token; only a hash is kept
 */
export async function shareResults(
  context: Context,
  given: { study: string; frozen?: boolean | undefined; by: string },
): Promise<{ token: string; snapshot: number | null }> {
  const { state } = await context.database.read((reader) => requireStudy(reader, given.study));
  const frozen = given.frozen ?? state === "closed";
  const snapshot = frozen
    ? await takeSnapshot(context, { ...given, reason: "the results were shared" })
    : null;
  const token = newToken(context, 32);
  await context.database.transact(async (tx) => {
    const { id } = await requireStudy(tx, given.study);
    const link = { study_id: id, token_hash: hashToken(token), snapshot_id: snapshot?.id ?? null };
    await tx.db
      .insertInto("share_link")
      .values({ ...link, created_at: now(context), revoked_at: null })
      .execute();
    const detail = { snapshot: snapshot?.number ?? null };
    await recordChange(tx, { studyId: id, kind: "shared", detail, at: now(context), by: given.by });
  });
  return { token, snapshot: snapshot?.number ?? null };
}

/** What this token may read: a study, as it stands or as one snapshot. @throws LinkNotValid, LinkRevoked */
export async function sharedBy(
  context: Context,
  token: string,
): Promise<{ study: string; snapshotId: number | null }> {
  const row = await context.database.read(({ db }) =>
    db
      .selectFrom("share_link as l")
      .innerJoin("study as s", "s.id", "l.study_id")
      .select(["l.id", "s.name as study", "l.snapshot_id as snapshotId"])
      .select(["l.used_at as usedAt", "l.revoked_at as revokedAt"])
      .where("l.token_hash", "=", hashToken(token))
      .executeTakeFirst(),
  );
  if (!row) throw new LinkNotValid();
  const { id, study, snapshotId, usedAt, revokedAt } = row;
  if (revokedAt !== null) throw new LinkRevoked();
  const moment = context.clock();
  if (isUseOld(usedAt, moment)) {
    const used = { used_at: moment.toISOString() };
    const noted = context.database.transact(({ db }) =>
      db.updateTable("share_link").set(used).where("id", "=", id).execute(),
    );
    await noted.catch(() => undefined); // results can be read where nothing can be written
  }
  return { study, snapshotId };
}
