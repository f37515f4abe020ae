import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const PATIENCE_MS = 60_000;

/** The path of a program, if it is installed. */
export function installed(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const files = names.flatMap((name) =>
    path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name)),
  );
  return files.find((file) => fs.existsSync(file));
}

/** A folder for a profile, and how to delete it. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-browser-"));
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

export interface Program {
  /** What the pattern found in what it printed. */
  readonly ready: string;
  end(): Promise<void>;
}

/**
 * Starts a program as the head of a group of processes of its own, and waits until it prints what a pattern finds, with a
 * group for what is returned, or until it answers at an address.
 * @throws Error where it ends, or a minute passes, before
 */
export async function startProgram(
  command: readonly [file: string, ...args: string[]],
  ready: RegExp | { readonly answers: string },
  env: NodeJS.ProcessEnv = {},
): Promise<Program> {
  const [file, ...args] = command;
  const child = spawn(file, args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => (printed += bytes.toString()));
  const program = { end: () => endGroup(child) };
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const found = ready instanceof RegExp ? ready.exec(printed)?.[1] : await answering(ready.answers);
    if (found !== undefined) return { ...program, ready: found };
    if (child.exitCode !== null || Date.now() > end) {
      await program.end();
      throw new Error(`${path.basename(file)} did not start: ${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const answering = (address: string): Promise<string | undefined> =>
  fetch(address).then(
    () => address,
    () => undefined,
  );

/** Ends a program with all that it has started. */
async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const gone = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // nothing is left of it
  }
  await gone;
}
