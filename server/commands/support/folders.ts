import path from "node:path";
import { fileURLToPath } from "node:url";

/** A file or folder of the project, from the built server as from its source. */
export const inProject = (...names: string[]): string =>
  path.join(fileURLToPath(new URL("../../", import.meta.url)), ...names);
