import { type Command, InvalidArgumentError, Option } from "commander";
import type { ConfigInput } from "../config.ts";
import type { Context } from "../context.ts";
import type { JudgeLimits, RunEnding } from "../contract/judges.ts";
import type { RepetitionPenaltyName } from "../judges/adapters/adapter.ts";
import { adapters, findAdapter } from "../judges/adapters/index.ts";
import { anyAddress } from "../judges/addresses.ts";
import { readKey } from "../judges/keys.ts";
import type { ModelServer } from "../judges/model-call.ts";
import { addressOf, openModelServer } from "../judges/model-server.ts";
import { say } from "./run.ts";

/** What commands that call model servers share: which server, with which key, and how far they may go. */
export interface ModelFlags extends ConfigInput {
  readonly adapter: string;
  readonly baseUrl?: string;
  readonly concurrency: number;
  readonly maxCalls?: number;
  readonly maxCost?: number;
  readonly maxMinutes?: number;
  readonly prices?: string;
  readonly keyEnv?: string;
  readonly keyFile?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export const addServerOptions = (command: Command): Command =>
  command
    .addOption(
      new Option("--adapter <name>", "how the server is spoken to")
        .choices(adapters.map(({ name }) => name))
        .default("openai"),
    )
    .option("--base-url <url>", "the server (the adapter’s own, if not said)");

export const addLimitOptions = (command: Command): Command =>
  command
    .option("--max-calls <n>", "stop after so many calls", whole)
    .option("--max-cost <dollars>", "stop before more is spent; needs --prices", decimal)
    .option("--max-minutes <n>", "stop after so many minutes", decimal)
    .option("--prices <file>", "YAML or JSON: model: {input, output}, in dollars per million tokens")
    .option(
      "--key-env <name>",
      "the environment variable with the key (OPENAI_API_KEY or ANTHROPIC_API_KEY for their own servers alone)",
    )
    .option("--key-file <file>", "a file with the key, that only you can read (chmod 600)");

export const limitsOf = (flags: ModelFlags): Omit<JudgeLimits, "attempts"> => ({
  calls: flags.maxCalls ?? null,
  dollars: flags.maxCost ?? null,
  minutes: flags.maxMinutes ?? null,
  concurrency: Math.max(1, flags.concurrency),
});

/** Where the server is, without what stands behind a question mark, where some servers take a key. */
export function addressShown({ adapter, baseUrl }: ModelFlags): string {
  const { origin, pathname } = addressOf(findAdapter(adapter)!, baseUrl ?? null);
  return `${origin}${pathname}`;
}

/** The server that was named, with its key. @throws AddressNotAllowed, KeyUnusable */
export async function serverOf(
  { clock }: Context,
  flags: ModelFlags,
  more: {
    readonly timeoutMs: number;
    readonly repetitionPenaltyAs?: readonly RepetitionPenaltyName[];
  },
): Promise<ModelServer> {
  const adapter = findAdapter(flags.adapter)!;
  const url = addressOf(adapter, flags.baseUrl ?? null);
  const isOwn = url.origin === addressOf(adapter, null).origin;
  const key = await readKey({
    ...{ url, env: process.env, variable: flags.keyEnv, file: flags.keyFile },
    defaultVariable: isOwn ? adapter.keyVariable : null, // a key goes nowhere that nobody named
  });
  const { concurrency } = limitsOf(flags);
  const reach = { addresses: anyAddress, concurrency, clock, ...more };
  return openModelServer({ adapter, baseUrl: flags.baseUrl ?? null, key, ...reach });
}

/** Tells how far a run is, on one line of a terminal, or now and then where there is none. */
export function teller<Progress>(
  { clock }: Context,
  textOf: (progress: Progress) => string,
): (progress: Progress) => void {
  const isTerminal = process.stderr.isTTY;
  const everyMs = isTerminal ? 200 : 10_000;
  let last = clock().getTime();
  return (progress) => {
    const now = clock().getTime();
    if (now - last < everyMs) return;
    last = now;
    if (isTerminal) process.stderr.write(`\r\u001b[2K${textOf(progress)}`);
    else say(textOf(progress));
  };
}

/** What a run ends with after which more is to be done. */
const UNFINISHED = 3;

/** Ends the line of `teller`, and sets the exit code that tells how a run ended, and whether all of its work is done. */
export function endTelling(ending: RunEnding, { done, of }: { done: number; of: number }): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
  if (ending === "gave up") process.exitCode = 1;
  else if (ending !== "done" || done < of) process.exitCode = UNFINISHED;
}

export function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number.");
}

export function decimal(text: string): number {
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a number, such as 0.5.");
}
