import fs from "node:fs";
import type { LeftOut } from "../contract/loading.ts";
import { ArchiveDamaged, FileUnusable } from "./errors.ts";
import type { FileToLoad } from "./file-to-load.ts";
import { filesIn, FOLDER_FILES_MAX, type Inside } from "./files-in-folder.ts";
import { insideArchive, isArchive, membersOf } from "./reading/archives.ts";
import { isPattern, matching } from "./path-pattern.ts";
import { firstBytes } from "./reading/bytes.ts";
import { Unreadable } from "./reading/unreadable.ts";
import { whyLeftOut } from "./why-left-out.ts";

/** The files that are meant, and those of folders and archives that hold no rows. */
interface Found {
  readonly files: FileToLoad[];
  readonly leftOut: LeftOut[];
}

/**
 * The files that were named, with those of named folders, archives and patterns (`runs/*.jsonl`), sorted by name.
 * @param how.keepDamaged whether an archive that cannot be opened is among them, to be refused when it is loaded
 * @throws FileUnusable where there is no such file, or none that holds rows
 */
export async function findFiles(
  given: readonly FileToLoad[],
  { keepDamaged = false }: { keepDamaged?: boolean } = {},
): Promise<Found> {
  const found: Found = { files: [], leftOut: [] };
  for (const file of given) {
    const inside = await filesBehind(file).catch((error: unknown) => {
      if (!(error instanceof Unreadable)) throw error;
      if (keepDamaged) return error.message;
      throw new ArchiveDamaged(file.options.fileName, error.message);
    });
    if (inside === null) found.files.push(file);
    else if (typeof inside === "string") found.files.push({ ...file, damaged: inside });
    else await addAll(found, file, inside);
  }
  return found;
}

async function addAll(found: Found, given: FileToLoad, inside: readonly Inside[]): Promise<void> {
  const before = found.files.length;
  const leftOut: LeftOut[] = [];
  for (const { path, name, reason } of inside) {
    const file = { path, options: { ...given.options, fileName: name }, isFound: true };
    const why = reason ?? (await whyLeftOut(file));
    if (why === null) found.files.push(file);
    else leftOut.push({ file: name, reason: why });
  }
  const count = found.files.length - before;
  if (count === 0) throw new FileUnusable(nothingIn(given.options.fileName, leftOut));
  if (count > FOLDER_FILES_MAX)
    throw new FileUnusable(
      `${given.options.fileName} holds ${count.toLocaleString("en")} files with rows. Load at most ${FOLDER_FILES_MAX.toLocaleString("en")} at once.`,
    );
  found.leftOut.push(...leftOut);
}

const SHOWN = 5;

function nothingIn(name: string, leftOut: readonly LeftOut[]): string {
  const shown = leftOut.slice(0, SHOWN).map(({ file, reason }) => `${file} (${reason})`);
  const more = leftOut.length > SHOWN ? ` and ${(leftOut.length - SHOWN).toLocaleString("en")} more` : "";
  return shown.length === 0
    ? `${name} holds no files.`
    : `${name} holds no file with rows. Left out: ${shown.join("; ")}${more}.`;
}

/** A file is read more than once: to see what it is, to know it again, and for its rows. */
const NO_FILE = "is a pipe or a device, which can be read only once. Write it to a file, and load that.";

/** What stands in a folder or an archive, or fits a pattern; null where the file itself is meant. */
async function filesBehind({ path, options: { fileName } }: FileToLoad): Promise<Inside[] | null> {
  if (fs.existsSync(path)) {
    const stat = fs.statSync(path);
    if (stat.isDirectory()) return filesIn(path, fileName);
    if (!stat.isFile()) throw new FileUnusable(`${fileName} ${NO_FILE}`);
    requireReadable(path, fileName);
    return (await isArchiveAt(path)) ? membersBelow(path, fileName, "") : null;
  }
  if (isPattern(path)) return matchesOf(path);
  const inside = insideArchive(path);
  if (inside === null || !(await isArchiveAt(inside.archive)))
    throw new FileUnusable(`There is no file ${fileName} (looked in ${process.cwd()}).`);
  const members = await membersOf(inside.archive);
  if (members.some(({ name }) => name === inside.member)) return null;
  const below = `${inside.member.replace(/\/$/, "")}/`;
  if (!members.some(({ name }) => name.startsWith(below)))
    throw new FileUnusable(`The archive ${inside.archive} holds no file ${inside.member}.`);
  return membersBelow(inside.archive, fileName.slice(0, -inside.member.length - 1), below);
}

async function matchesOf(pattern: string): Promise<Inside[]> {
  const paths = await matching(pattern);
  if (paths.length === 0) throw new FileUnusable(`No file fits ${pattern} (looked in ${process.cwd()}).`);
  const all: Inside[] = [];
  for (const path of paths) all.push(...(await withInside({ path, name: path })));
  return all;
}

/** A file that was found, or what stands in it where it is a folder or an archive. */
async function withInside(one: Inside): Promise<Inside[]> {
  if (fs.statSync(one.path).isDirectory()) return filesIn(one.path, one.name);
  return (await isArchiveAt(one.path)) ? membersBelow(one.path, one.name, "") : [one];
}

async function membersBelow(archive: string, name: string, below: string): Promise<Inside[]> {
  const members = await membersOf(archive);
  return members
    .filter((member) => member.name.startsWith(below))
    .map(({ name: inside, reason }) => ({
      path: `${archive}/${inside}`,
      name: `${name}/${inside}`,
      ...(reason !== undefined && { reason }),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function isArchiveAt(path: string): Promise<boolean> {
  return isArchive(await firstBytes(path, 64 * 1024));
}

function requireReadable(path: string, name: string): void {
  try {
    fs.accessSync(path, fs.constants.R_OK);
  } catch {
    throw new FileUnusable(`${name} may not be read by this user.`);
  }
}
