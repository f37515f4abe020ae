import fs from "node:fs";
import { FileUnusable } from "./errors.ts";

/** Whether a path holds signs that stand for others. */
export const isPattern = (path: string): boolean => /[*?[]/.test(path);

/**
 * The files and folders that fit a pattern, sorted: `*` stands for any signs of a name, `?` for one, `[ab]` for one of
 * several, and `**` for any folders. Hidden ones fit only where the pattern names the point, and
 * links to folders do not.
 */
export async function matching(pattern: string): Promise<string[]> {
  const isAbsolute = pattern.startsWith("/");
  let paths = [isAbsolute ? "/" : ""];
  for (const part of pattern.split("/").filter((one) => one !== "")) {
    const next: string[] = [];
    for (const path of paths) next.push(...(await fitting(path, part)));
    paths = [...new Set(next)];
  }
  return paths.sort();
}

async function fitting(folder: string, part: string): Promise<string[]> {
  if (part === "**") return [folder, ...(await foldersBelow(folder))];
  if (!isPattern(part)) return fs.existsSync(joined(folder, part)) ? [joined(folder, part)] : [];
  const fits = signsOf(part);
  const entries = await entriesOf(folder);
  return entries
    .filter(({ name }) => fits.test(name) && (part.startsWith(".") || !name.startsWith(".")))
    .filter((entry) => !entry.isSymbolicLink() || isLinkToFile(joined(folder, entry.name)))
    .map(({ name }) => joined(folder, name));
}

const isLinkToFile = (path: string): boolean =>
  fs.statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

async function foldersBelow(folder: string): Promise<string[]> {
  const below: string[] = [];
  for (const entry of await entriesOf(folder)) {
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    const inside = joined(folder, entry.name);
    below.push(inside, ...(await foldersBelow(inside)));
  }
  return below;
}

/** What stands in a folder; nothing where it is none. */
const entriesOf = (folder: string): Promise<fs.Dirent[]> =>
  fs.promises.readdir(folder === "" ? "." : folder, { withFileTypes: true }).catch(() => []);

const joined = (folder: string, name: string): string =>
  folder === "" || folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`;

/** What a part of a pattern stands for. @throws FileUnusable where a bracket holds no range of signs, such as `[z-a]` */
function signsOf(part: string): RegExp {
  const source = part.replace(/\[!?[^\]]+\]|[\\^$.*+?()[\]{}|]/g, (sign) => {
    if (sign === "*") return ".*";
    if (sign === "?") return ".";
    if (sign.length > 1) return sign.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    return `\\${sign}`;
  });
  try {
    return new RegExp(`^${source}$`, "su");
  } catch {
    throw new FileUnusable(`“${part}” is no pattern for files, and there is no file of that name.`);
  }
}
