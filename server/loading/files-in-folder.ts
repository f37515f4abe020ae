import fs from "node:fs";
import { FileUnusable } from "./errors.ts";

/** A file in a folder or an archive: where it is read, what it is called, and why it is left out, where that is known. */
export interface Inside {
  readonly path: string;
  readonly name: string;
  readonly reason?: string;
}

/** So many files of one folder or archive are loaded at once. */
export const FOLDER_FILES_MAX = 1000;
const LOOKED_AT_MAX = 10_000;
const DEPTH_MAX = 12;

/**
 * The files in a folder and those below it, sorted by their paths. Links to folders and links that lead out of the folder
 * are not followed, and hidden ones are not looked into.
 * @param name what the folder is called
 * @throws FileUnusable where there are more than ten thousand
 */
export async function filesIn(folder: string, name: string): Promise<Inside[]> {
  const root = fs.realpathSync(folder);
  const found: Inside[] = [];
  const walk = async (below: string, depth: number): Promise<void> => {
    const entries = await fs.promises.readdir(`${folder}${below}`, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const here = `${below}/${entry.name}`;
      const reason = whyNotFollowed(root, `${folder}${here}`, { entry, depth });
      if (reason === null && entry.isDirectory()) await walk(here, depth + 1);
      else
        found.push({
          path: `${folder}${here}`,
          name: `${name.replace(/\/+$/, "")}${here}`,
          ...(reason !== null && { reason }),
        });
      if (found.length > LOOKED_AT_MAX)
        throw new FileUnusable(
          `${name} holds more than ${LOOKED_AT_MAX.toLocaleString("en")} files. Name a folder in it.`,
        );
    }
  };
  await walk("", 1);
  return found;
}

function whyNotFollowed(
  root: string,
  path: string,
  { entry, depth }: { entry: fs.Dirent; depth: number },
): string | null {
  if (entry.name.startsWith(".")) return "hidden";
  if (entry.isDirectory()) return depth < DEPTH_MAX ? null : `more than ${DEPTH_MAX} folders deep`;
  if (entry.isFile()) return null;
  if (!entry.isSymbolicLink()) return "no file";
  const target = targetOf(path);
  if (target === null) return "a link that leads nowhere";
  if (!`${target}/`.startsWith(`${root}/`)) return "a link that leads out of the folder";
  return fs.statSync(target).isFile() ? null : "a link to a folder";
}

function targetOf(path: string): string | null {
  try {
    return fs.realpathSync(path);
  } catch {
    return null;
  }
}
