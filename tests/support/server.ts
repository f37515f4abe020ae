import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { promisify } from "node:util";
import { freePort } from "./postgres.ts";

export const MAIN = path.resolve(import.meta.dirname, "../../dist/server/main.js");
const run = promisify(execFile);

export interface CommandOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line to its end. */
export async function tiebreak(
  args: readonly string[],
  env: Record<string, string>,
  folder?: string,
): Promise<CommandOutcome> {
  const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024, cwd: folder };
  try {
    const { stdout, stderr } = await run(process.execPath, [MAIN, ...args], options);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

/** The same, for what must succeed: standard output. */
export async function tiebreakOk(args: readonly string[], env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await tiebreak(args, env);
  if (code !== 0) throw new Error(`tiebreak ${args.join(" ")} ended with ${code}: ${stderr} ${stdout}`);
  return stdout;
}

export interface RunningServer {
  readonly origin: string;
  readonly port: number;
  /** What it has printed so far. */
  output(): string;
  /** Ends it as an operator does. */
  readonly stop: () => Promise<void>;
}

interface ServerProcess extends RunningServer {
  /** Ends it as a power cut does. */
  readonly kill: () => Promise<void>;
}

/** Starts the built server as a process of its own, and waits until it answers. */
export async function startServer(
  env: Record<string, string>,
  options: { port?: number; args?: readonly string[]; main?: string; folder?: string } = {},
): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, [options.main ?? MAIN, "serve", ...(options.args ?? ["--no-demo"])], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
    cwd: options.folder,
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await untilRunning(child, () => output);
  const origin = /running at (\S+)/.exec(output)?.[1] ?? "";
  return {
    origin,
    port,
    output: () => output,
    stop: () => end(child, "SIGTERM"),
    kill: () => end(child, "SIGKILL"),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

/** Waits until a server prints that it runs. @throws where its process ends, or it does not within a minute */
export async function untilRunning(child: ChildProcess, output: () => string): Promise<void> {
  const patience = Date.now() + 60_000;
  while (!output().includes("Stop with Ctrl-C")) {
    if (child.exitCode !== null || Date.now() > patience)
      throw new Error(`The server did not start: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
