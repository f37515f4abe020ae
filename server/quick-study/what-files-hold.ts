import { nameFiles } from "../loading/file-names.ts";
import type { FileToLoad } from "../loading/file-to-load.ts";
import type { FileOptions } from "../loading/reading/options.ts";
import { readFile } from "../loading/reading/read-file.ts";

/** What the first rows of a file hold, before anything is loaded. */
export interface Held {
  readonly file: FileToLoad;
  /** Whose outputs it holds, in the order in which they appear. */
  readonly systems: readonly string[];
  /** Why it, or its first row where none of these can be read, cannot be read; null where it can. */
  readonly problem: string | null;
}

/** Rows of a file that are read to find its systems. */
const ROWS = 5000;

/** @param columns names of columns that are outputs, each of a system of that name, in files that have them */
export async function whatFilesHold(
  files: readonly FileToLoad[],
  columns: readonly string[],
): Promise<Held[]> {
  const named = nameFiles(files);
  return Promise.all(
    files.map((file, i) =>
      holds(file, { ...file.options, folderSystem: named[i]?.folderSystem ?? null, knownSystems: columns }),
    ),
  );
}

async function holds(file: FileToLoad, options: FileOptions): Promise<Held> {
  const systems = new Set<string>();
  let rows = 0;
  let problem: string | null = null;
  let isRead = false;
  for await (const items of readFile(file.path, options)) {
    for (const item of items) {
      if ("remark" in item) continue;
      if ("problem" in item) {
        if (item.problem.row === 0) return { file, systems: [], problem: item.problem.message };
        problem ??= item.problem.message;
        continue;
      }
      if ("remark" in item) continue;
      isRead = true;
      if (!("record" in item)) continue;
      if (item.record.kind === "response") systems.add(item.record.system);
      else if (item.record.kind === "judgment")
        for (const system of [item.record.leftSystem, item.record.rightSystem]) systems.add(system);
    }
    rows += items.length;
    if (rows >= ROWS) break;
  }
  return { file, systems: [...systems], problem: isRead ? null : problem };
}
