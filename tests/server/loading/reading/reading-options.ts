import type { FileOptions } from "../../../../server/loading/reading/options.ts";

/** What nobody said of a file. */
export const options = (fileName: string, over: Partial<FileOptions> = {}): FileOptions => ({
  format: null,
  map: new Map(),
  system: null,
  group: null,
  annotator: null,
  fileName,
  ...over,
});
