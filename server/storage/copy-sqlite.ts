import fs from "node:fs";
import path from "node:path";
import { loadSqliteDriver } from "./sqlite-driver.ts";

/** Behind the name of a copy that is not whole yet: one that was cut off keeps it, and may be removed. @internal */
export const UNFINISHED = ".unfinished";

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
    sync(half);
    fs.renameSync(half, copy);
    sync(path.dirname(copy));
  } finally {
    handle.close();
    fs.rmSync(half, { force: true });
  }
}

function sync(place: string): void {
  const handle = fs.openSync(place, "r");
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}
