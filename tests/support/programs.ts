import { spawnSync } from "node:child_process";

/**
 * Whether a program, or packages of it, are on this machine, for tests of what needs them. Where they are not, that is written out,
 * so that no run passes for one with them.
 * @param args end with 0 where they are there
 */
export function isInstalled(what: string, [program = "", ...args]: readonly string[]): boolean {
  if (spawnSync(program, args).status === 0) return true;
  process.stderr.write(`Not tested, since this machine has no ${what}.\n`);
  return false;
}

export const hasPython = (): boolean => isInstalled("Python", ["python3", "--version"]);
/** @param packages as they are imported: `requests, pandas` */
export const hasPythonPackages = (packages: string): boolean =>
  isInstalled(`Python with ${packages}`, ["python3", "-c", `import ${packages}`]);
