import fs from "node:fs";
import { finishFile, UNFINISHED } from "./finish-file.ts";
import { loadSqliteDriver } from "./sqlite-driver.ts";

/**
 * Writes a complete copy of a database file, whatever its log still holds, that only its owner can read. It is written
 * beside, synced and renamed, so that what has the copy's name is whole; refuses to overwrite.
 * @throws the file system's error, such as ENOSPC, or SQLite's
 */
export function copySqlite(file: string, copy: string): void {
  if (fs.existsSync(copy)) throw new Error(`${copy} exists already.`);
  const half = `${copy}${UNFINISHED}`;
  fs.writeFileSync(half, "", { flag: "wx", mode: 0o600 }); // SQLite fills an empty file and leaves its mode alone
  const handle = new (loadSqliteDriver())(file, { readonly: true });
  try {
    handle.prepare("vacuum into ?").run(half);
    finishFile(half, copy);
  } finally {
    handle.close();
    fs.rmSync(half, { force: true });
  }
}
