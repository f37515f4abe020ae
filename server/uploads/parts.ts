import { type Context, newToken, now } from "../context.ts";
import type { ArrivingFile } from "../contract/uploads.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { lockStudy } from "../studies/lock-study.ts";
import { requireStudy } from "../studies/store.ts";
import { bytesOf, type UploadPlace } from "./folder.ts";

/** A name for the bytes on disk, of which nothing comes from whoever uploads. */
export const newKey = (context: Context): string => newToken(context, 18);

/** What tells a file from another of its name. */
interface Whole {
  readonly name: string;
  readonly bytes: number;
  readonly modified: number;
}

/**
 * Notes a file whose bytes begin to come. Where a part of the same file is here, it keeps its bytes.
 * @returns the key of its bytes, and the keys of bytes that nobody needs any more
 * @throws StudyNotFound
 */
export async function beginPart(
  context: Context,
  { study, name, bytes, modified }: Whole & { study: string },
): Promise<{ key: string; dropped: string[] }> {
  return context.database.transact(async (tx) => {
    const { id } = await requireStudy(tx, study);
    await lockStudy(tx, id);
    const there = (await partsIn(tx, id)).find((part) => part.name === name);
    const isSame = there?.bytes === bytes && there.modified === modified;
    const key = isSame ? there.key : newKey(context);
    await forgetPart(tx, id, name);
    const row = { study_id: id, name, bytes, modified, file_key: key, begun_at: now(context) };
    await tx.db.insertInto("upload_part").values(row).execute();
    return { key, dropped: there && !isSame ? [there.key] : [] };
  });
}

/** Forgets the part of a file, since it is here as a whole or is begun anew. @returns the key of its bytes */
export async function forgetPart({ db }: Transaction, studyId: number, name: string): Promise<string[]> {
  const gone = await db
    .deleteFrom("upload_part")
    .where("study_id", "=", studyId)
    .where("name", "=", name)
    .returning("file_key as key")
    .execute();
  return gone.map(({ key }) => key);
}

/** The files of a study of which a part has arrived, by name. */
export async function arrivingFiles(
  context: Context,
  { place, studyId }: { place: UploadPlace; studyId: number },
): Promise<ArrivingFile[]> {
  const parts = await context.database.read((reader) => partsIn(reader, studyId));
  const arriving = await Promise.all(
    parts.map(async ({ key, ...part }) => ({ ...part, arrived: await bytesOf(place, key) })),
  );
  return arriving.filter(({ arrived }) => arrived > 0);
}

/** The files of a study of which a part is here. */
export async function partsIn({ db }: Reader, studyId: number): Promise<(Whole & { key: string })[]> {
  const parts = db.selectFrom("upload_part").select(["name", "bytes", "modified", "file_key as key"]);
  return parts.where("study_id", "=", studyId).orderBy("name").execute();
}
