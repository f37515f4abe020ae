import { type Context, now } from "../context.ts";
import {
  type UploadChange,
  type UploadSettings,
  uploadSettingsSchema,
  withColumns,
} from "../contract/uploads.ts";
import type { Reader } from "../storage/database.ts";
import { lockStudy } from "../studies/lock-study.ts";
import { requireStudy } from "../studies/store.ts";
import { dropBytes, type UploadPlace } from "./folder.ts";
import { forgetPart, partsIn } from "./parts.ts";
import { toLoad } from "./to-load.ts";
import type { WaitingFile } from "./waiting-file.ts";
import { UploadNotFound, UploadRefused } from "./errors.ts";

/** So many files of one study wait at most; a folder of more is loaded as an archive. */
export const FILES_MAX = 1000;

/** The files of a study that wait to be loaded, by name. @throws StudyNotFound */
export async function waitingFiles(
  context: Context,
  study: string,
): Promise<{ studyId: number; files: WaitingFile[] }> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    return { studyId: id, files: await filesOf(reader, id) };
  });
}

/** What waits for a study: `drop` deletes the bytes, once the study with its table's rows is gone. @throws StudyNotFound */
export async function uploadsOf(context: Context, place: UploadPlace, study: string) {
  const { files, studyId } = await waitingFiles(context, study);
  const parts = await context.database.read((reader) => partsIn(reader, studyId));
  const keys = [...files, ...parts].map(({ key }) => key);
  return { drop: () => dropBytes(place, keys) };
}

async function filesOf({ db }: Reader, studyId: number): Promise<WaitingFile[]> {
  const rows = await db
    .selectFrom("upload")
    .select(["id", "name", "bytes", "file_key as key", "settings"])
    .where("study_id", "=", studyId)
    .orderBy("name")
    .execute();
  return rows.map((row) => ({ ...row, settings: uploadSettingsSchema.parse(JSON.parse(row.settings)) }));
}

/**
 * Notes a file whose bytes are kept. One of the same name is replaced, and keeps its settings.
 * @returns the keys of bytes that nobody needs any more
 * @throws StudyNotFound, UploadRefused where a thousand files wait
 */
export async function addFile(
  context: Context,
  { study, ...file }: { study: string; name: string; bytes: number; key: string },
): Promise<string[]> {
  return context.database.transact(async (tx) => {
    const { id } = await requireStudy(tx, study);
    await lockStudy(tx, id);
    const files = await filesOf(tx, id);
    const there = files.find(({ name }) => name === file.name);
    const parts = (await forgetPart(tx, id, file.name)).filter((key) => key !== file.key);
    const values = { bytes: file.bytes, file_key: file.key, uploaded_at: now(context) };
    if (there) {
      await tx.db.updateTable("upload").set(values).where("id", "=", there.id).execute();
      return [there.key, ...parts].filter((key) => key !== file.key);
    }
    if (files.length >= FILES_MAX)
      throw new UploadRefused(
        `${FILES_MAX.toLocaleString("en")} files are here already. Load them first, or pack the folder into one zip archive.`,
      );
    const row = { ...values, study_id: id, name: file.name, settings: "{}" };
    await tx.db.insertInto("upload").values(row).execute();
    return parts;
  });
}

/** The settings of a file, once it is clear that it can be read as they are. @throws UploadSettingWrong */
function readable(file: WaitingFile): UploadSettings {
  toLoad({ folder: "", bytesMax: 0 }, file);
  return file.settings;
}

/** Changes how files are read: what the change leaves out stays. @throws StudyNotFound, UploadNotFound, UploadSettingWrong */
export async function changeFiles(context: Context, study: string, change: UploadChange): Promise<void> {
  await context.database.transact(async (tx) => {
    const { id } = await requireStudy(tx, study);
    await lockStudy(tx, id);
    const files = await filesOf(tx, id);
    for (const one of change.files) {
      const file = files.find((there) => there.id === one);
      if (!file) throw new UploadNotFound();
      const { columns = {}, ...others } = change.settings;
      const chosen = withColumns(file.settings.columns ?? {}, columns);
      const changed = { ...file.settings, ...others, columns: chosen };
      const settings = JSON.stringify(readable({ ...file, settings: changed }));
      await tx.db.updateTable("upload").set({ settings }).where("id", "=", one).execute();
    }
  });
}

/** Forgets files of a study, by their bytes: one that was replaced meanwhile stays. @returns the keys of those that were there */
export async function forgetFiles(
  context: Context,
  studyId: number,
  keys: readonly string[],
): Promise<string[]> {
  if (keys.length === 0) return [];
  return context.database.transact(async ({ db }) => {
    const gone = await db
      .deleteFrom("upload")
      .where("study_id", "=", studyId)
      .where("file_key", "in", [...keys])
      .returning("file_key as key")
      .execute();
    return gone.map(({ key }) => key);
  });
}

/** Forgets the files that were uploaded before a moment. */
export async function forgetOlder(context: Context, before: Date): Promise<void> {
  await context.database.transact(async ({ db }) => {
    await db.deleteFrom("upload").where("uploaded_at", "<", before.toISOString()).execute();
    await db.deleteFrom("upload_part").where("begun_at", "<", before.toISOString()).execute();
  });
}
