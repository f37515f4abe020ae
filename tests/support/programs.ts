import { spawnSync } from "node:child_process";

/**
 * Whether a program, or packages of it, are on this machine, for tests of what needs them. Where they are not, that is written out,
 * so that no run passes for one with them; under CI it is a failure.
 * @param args end with 0 where they are there
 * @throws where they are missing and the environment has CI
 */
export function isInstalled(what: string, [program = "", ...args]: readonly string[]): boolean {
  if (spawnSync(program, args).status === 0) return true;
  const missing = `Not tested, since this machine has no ${what}.`;
  if (process.env.CI) throw new Error(`${missing} Install it, or unset CI.`);
  process.stderr.write(`${missing}\n`);
  return false;
}

export const hasPython = (): boolean => isInstalled("Python", ["python3", "--version"]);
/** @param packages as they are imported: `requests, pandas` */
export const hasPythonPackages = (packages: string): boolean =>
  isInstalled(`Python with ${packages}`, ["python3", "-c", `import ${packages}`]);
