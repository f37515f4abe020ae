import { vi } from "vitest";
import { runCommandLine } from "../../server/command-line.ts";
import type { CommandOutcome } from "./server.ts";

/**
 * Runs the command line to its end within the test's own process, which is much cheaper than another one. For what neither
 * serves, nor is stopped, nor writes a stream to standard output.
 */
export async function tiebreakInProcess(
  args: readonly string[],
  env: Record<string, string>,
): Promise<CommandOutcome> {
  const written = { stdout: "", stderr: "" };
  const streams = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    return { code: Number((await runCommandLine(args)) ?? 0), ...written };
  } finally {
    process.exitCode = before;
    vi.unstubAllEnvs();
    for (const stream of streams) stream.mockRestore();
  }
}

/** The same, for what a test only needs to be there and what must succeed: standard output. */
export async function prepare(args: readonly string[], env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await tiebreakInProcess(args, env);
  if (code !== 0) throw new Error(`tiebreak ${args.join(" ")} ended with ${code}: ${stderr} ${stdout}`);
  return stdout;
}
