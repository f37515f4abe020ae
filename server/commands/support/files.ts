import fs from "node:fs";
import path from "node:path";
import { FileUnusable } from "../../loading/errors.ts";

/** @throws FileUnusable where there is no such file, or this user may not read it */
export function requireFile(file: string): void {
  if (!fs.existsSync(file)) throw new FileUnusable(`There is no file ${file} (looked in ${process.cwd()}).`);
  if (fs.statSync(file).isDirectory()) throw new FileUnusable(`${file} is a folder. Name a file in it.`);
  try {
    fs.accessSync(file, fs.constants.R_OK);
  } catch {
    throw new FileUnusable(`${file} may not be read by this user.`);
  }
}

/** The whole text of a small file. @throws FileUnusable */
export function readText(file: string): string {
  requireFile(file);
  return fs.readFileSync(file, "utf8");
}

/** What a small JSON file holds. @throws FileUnusable */
export function readJson(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FileUnusable(`${file} is not JSON: ${why.replace(/\s+/g, " ")}`);
  }
}

/** Refuses a file that is to be written where there is no folder for it. @throws FileUnusable */
export function requireFolderOf(file: string): void {
  const folder = path.dirname(path.resolve(file));
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new FileUnusable(`There is no folder ${folder}. Create it, or name another file.`);
}
