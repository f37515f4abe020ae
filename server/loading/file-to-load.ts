import type { FileOptions } from "./reading/options.ts";

export interface FileToLoad {
  /** Of a file, or of one in a zip archive: `folder.zip/ours.jsonl`. */
  readonly path: string;
  /** `fileName`: its path, as the researcher typed it. */
  readonly options: Omit<FileOptions, "knownSystems" | "folderSystem" | "wideColumns">;
  /** Found in a folder or an archive, or by a pattern: it is then called by its whole path. */
  readonly isFound?: boolean;
  /** Why the archive that it is cannot be opened; missing: it can, or it is none. */
  readonly damaged?: string;
}
