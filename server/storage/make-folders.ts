import fs from "node:fs";
import path from "node:path";

/**
 * Makes a folder with those above it. Node's own `recursive` goes round for ever where a folder can neither be made nor
 * is missing its parent, as in /proc.
 * @throws the file system's error, such as ENOENT, EACCES or EEXIST (a file stands there)
 */
export function makeFolders(folder: string): void {
  if (isFolder(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) makeFolders(above);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if (!isFolder(folder)) throw error; // somebody else may have made it
  }
}

const isFolder = (place: string): boolean =>
  fs.statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
