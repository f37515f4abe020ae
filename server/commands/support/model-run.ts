import type { Context } from "../../context.ts";
import type { RunEnding } from "../../contract/judges.ts";
import type { RepetitionPenaltyName } from "../../model-servers/adapters/adapter.ts";
import { findAdapter } from "../../model-servers/adapters/index.ts";
import { anyAddress } from "../../model-servers/addresses.ts";
import { readKey } from "../../model-servers/keys.ts";
import { mannersOf } from "../../model-servers/manners.ts";
import type { ModelServer } from "../../model-servers/model-call.ts";
import { addressOf, openModelServer } from "../../model-servers/model-server.ts";
import { proxyFor } from "../../model-servers/proxy.ts";
import { bodyOf, limitsOf, type ModelFlags } from "./model-flags.ts";
import { say } from "./run.ts";
import { twoStops } from "./two-stops.ts";

interface Kind<Progress> {
  /** What is in progress, in the plural: calls. */
  readonly what: string;
  /** The progress so far, on one line. */
  readonly textOf: (progress: Progress) => string;
  readonly repetitionPenaltyAs?: readonly RepetitionPenaltyName[];
}

/** What a run of calls works with. */
interface Means<Progress> {
  readonly server: ModelServer;
  readonly random: () => number;
  readonly stop: AbortSignal;
  readonly abandon: AbortSignal;
  readonly onNotice: (line: string) => void;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Runs calls to the server that the flags name, until done or stopped: Ctrl-C once waits for what is in progress, twice
 * abandons it. @throws AddressNotAllowed, KeyUnusable, and what `run` throws
 */
export async function withModelServer<Progress, Summary>(
  context: Context,
  flags: ModelFlags,
  { what, textOf, ...more }: Kind<Progress>,
  run: (means: Means<Progress>) => Promise<Summary>,
): Promise<Summary> {
  const stops = twoStops({
    first: `Stopping: waiting for the ${what} in progress, which are paid for. (Press Ctrl-C again to abandon them)`,
    second: `Abandoning the ${what} in progress.`,
  });
  try {
    const server = await serverOf(context, flags, more);
    const onProgress = teller(context, textOf);
    return await run({ server, random: Math.random, ...stops.signals, onNotice: say, onProgress });
  } finally {
    stops.end();
  }
}

/** The server that was named, with its key. @throws AddressNotAllowed, KeyUnusable */
export async function serverOf(
  context: Context,
  flags: ModelFlags,
  more: Pick<Kind<never>, "repetitionPenaltyAs"> = {},
): Promise<ModelServer> {
  const adapter = findAdapter(flags.adapter)!;
  const url = addressOf(adapter, flags.baseUrl ?? null);
  const isOwn = url.origin === addressOf(adapter, null).origin;
  const key = await readKey({
    ...{ url, env: process.env, variable: flags.keyEnv, file: flags.keyFile },
    defaultVariable: isOwn ? adapter.keyVariable : null, // a key goes nowhere that nobody named
  });
  const { concurrency } = limitsOf(flags);
  const own = { headers: Object.fromEntries(flags.header ?? []), body: bodyOf(flags) ?? {} };
  const how = { concurrency, clock: context.clock, timeoutMs: flags.timeout * 1000, ...more };
  const reach = {
    addresses: anyAddress,
    proxy: proxyFor(url, process.env),
    manners: mannersOf(context, url),
  };
  return openModelServer({ adapter, baseUrl: flags.baseUrl ?? null, key, ...own, ...how, ...reach });
}

/** Reports the progress of a run: on one line of a terminal, otherwise every ten seconds. */
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

/** Exit code of a command that left work to do. */
export const UNFINISHED = 3;

/** Ends the line of `teller`, and sets the exit code: how the run ended, and whether all of its work is done. */
export function endTelling(ending: RunEnding, { done, of }: { done: number; of: number }): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
  if (ending === "gave up") process.exitCode = 1;
  else if ((ending !== "done" || done < of) && process.exitCode !== 1) process.exitCode = UNFINISHED;
}
