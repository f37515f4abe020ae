import fs from "node:fs";
import path from "node:path";

/**
 * Makes a folder with those above it. Node's own `recursive` goes round for ever where a folder can neither be made nor
 * is missing its parent, as in /proc.
 * @throws the file system's error, such as ENOENT, EACCES or ENOTDIR
 */
export function makeFolders(folder: string): void {
  if (fs.existsSync(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) makeFolders(above);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
