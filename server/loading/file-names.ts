import type { FileToLoad } from "./file-to-load.ts";
import { isGenericName } from "./reading/file-stem.ts";

/** A file with its name in messages, and the system of its outputs where they name none. */
interface NamedFile extends FileToLoad {
  /** The shortest end of its path that no other file of the call shares; of a found file the whole path. */
  readonly name: string;
  /** The folder that is called as the system, where the file itself is not; null where it is. */
  readonly folderSystem: string | null;
}

/**
 * Names the files of one call by their paths as they were typed: by their last part, or by as many parts as it takes to
 * tell two apart. Where several have one name, or it is a name that says nothing, the folder that differs names the system.
 */
export function nameFiles(files: readonly FileToLoad[]): NamedFile[] {
  const paths = files.map(({ options }) => options.fileName);
  const parted = paths.map((path) => path.split(/[\\/]+/).filter((part) => part !== "" && part !== "."));
  return files.map((file, i) => {
    const naming = namingOf(i, { paths, parted });
    return { ...file, ...naming, ...(file.isFound && { name: file.options.fileName }) };
  });
}

function namingOf(
  i: number,
  { paths, parted }: { paths: readonly string[]; parted: readonly (readonly string[])[] },
): Pick<NamedFile, "name" | "folderSystem"> {
  const parts = parted[i] ?? [];
  const last = parts.at(-1) ?? paths[i] ?? "";
  const others = parted.filter((other, j) => j !== i && other.at(-1) === last && paths[j] !== paths[i]);
  if (others.length === 0) {
    const above = isGenericName(last)
      ? parts.slice(0, -1).findLast((folder) => !isGenericName(folder))
      : undefined;
    return isName(above)
      ? { name: parts.slice(-2).join("/"), folderSystem: systemOf(above) }
      : { name: last, folderSystem: null };
  }
  let length = 2;
  const endOf = (all: readonly string[]) => all.slice(-length).join("/");
  while (length < parts.length && others.some((other) => endOf(other) === endOf(parts))) length++;
  const first = parts.at(-length);
  return {
    name: endOf(parts),
    folderSystem: length <= parts.length && isName(first) ? systemOf(first) : null,
  };
}

const isName = (folder: string | undefined): folder is string => folder !== undefined && folder !== "..";

/** The system that a folder or an archive is called after. */
const systemOf = (folder: string): string => folder.replace(/\.(zip|tgz|tar(\.\w+)?)$/i, "");
