import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** A file or folder of the project, from the built server as from its source: below the nearest package.json. */
export const inProject = (...names: string[]): string =>
  path.join(root(path.dirname(fileURLToPath(import.meta.url))), ...names);

const root = (folder: string): string =>
  fs.existsSync(path.join(folder, "package.json")) ? folder : root(path.dirname(folder));

/** The version of the project, as its package.json has it. */
export const projectVersion = (): string =>
  (JSON.parse(fs.readFileSync(inProject("package.json"), "utf8")) as { version: string }).version;
