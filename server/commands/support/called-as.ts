import fs from "node:fs";
import path from "node:path";
import { inProject } from "../../in-project.ts";

const IN_CLONE = "npx tiebreak";
const ELSEWHERE = "npx tiebreak-eval";

/**
 * How the command is called from a folder. Within a clone npx finds the package that it stands in by either of its commands;
 * elsewhere `tiebreak` is another package of the registry, and would run a stranger's program.
 * @param root the folder of this package
 * @internal
 */
export function commandIn(folder: string, root: string): typeof IN_CLONE | typeof ELSEWHERE {
  const stands = packageAround(folder);
  return stands !== null && fs.realpathSync(stands) === fs.realpathSync(root) ? IN_CLONE : ELSEWHERE;
}

/** The nearest folder, this one or above, that npm takes for a package; null where there is none. */
function packageAround(folder: string): string | null {
  const isPackage = ["package.json", "node_modules"].some((name) => fs.existsSync(path.join(folder, name)));
  if (isPackage) return folder;
  const above = path.dirname(folder);
  return above === folder ? null : packageAround(above);
}

/** The text with commands as they work in a folder. @internal */
export const calledFrom = (text: string, command: string): string =>
  text.replaceAll(/npx tiebreak(?![\w-])/g, command);

/** The text with commands as they work where this process was started. */
export const asCalled = (text: string): string =>
  calledFrom(text, (here ??= commandIn(process.cwd(), inProject("."))));
let here: string | undefined;
