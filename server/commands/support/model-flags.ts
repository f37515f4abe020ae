import { type Command, InvalidArgumentError, Option } from "commander";
import type { ConfigInput } from "../../config.ts";
import type { Context } from "../../context.ts";
import type { JudgeLimits, RunEnding } from "../../contract/judges.ts";
import type { RepetitionPenaltyName } from "../../model-servers/adapters/adapter.ts";
import { adapters, findAdapter } from "../../model-servers/adapters/index.ts";
import { anyAddress } from "../../model-servers/addresses.ts";
import { readKey } from "../../model-servers/keys.ts";
import type { ModelServer } from "../../model-servers/model-call.ts";
import { addressOf, openModelServer } from "../../model-servers/model-server.ts";
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
  /** Seconds for a whole call. */
  readonly timeout: number;
  readonly header?: readonly [string, string][];
  readonly body?: readonly [string, unknown][];
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

/** How each call is made, where the usual way does not do. @param timeout seconds */
export const addCallOptions = (command: Command, timeout: number): Command =>
  command
    .option("--timeout <seconds>", "how long a call may take", atLeastOneSecond, timeout)
    .option("--header <name=value>", "a header of each request besides; may be repeated", headerIn)
    .option(
      "--body <name=value>",
      "a member of each request (JSON, else a text); null leaves one out; may be repeated",
      memberIn,
    );

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

/** The members of requests that were set by hand; undefined: none. */
export const bodyOf = ({ body }: ModelFlags): Record<string, unknown> | undefined =>
  body === undefined ? undefined : Object.fromEntries(body);

/** The server that was named, with its key. @throws AddressNotAllowed, KeyUnusable */
export async function serverOf(
  { clock }: Context,
  flags: ModelFlags,
  more: { readonly repetitionPenaltyAs?: readonly RepetitionPenaltyName[] } = {},
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
  const reach = { addresses: anyAddress, concurrency, clock, timeoutMs: flags.timeout * 1000, ...more };
  return openModelServer({ adapter, baseUrl: flags.baseUrl ?? null, key, ...own, ...reach });
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

/** What a command ends with after which more is to be done. */
export const UNFINISHED = 3;

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

function decimal(text: string): number {
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a number, such as 0.5.");
}

/** A timer of the platform holds no more milliseconds. */
const SECONDS_MAX = 2_000_000;

function atLeastOneSecond(text: string): number {
  const value = decimal(text);
  if (value > 0 && value <= SECONDS_MAX) return value;
  throw new InvalidArgumentError(`It is a number of seconds above 0, at most ${SECONDS_MAX}.`);
}

function headerIn(text: string, before: readonly [string, string][] = []): readonly [string, string][] {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)\s*[=:]\s*([\x20-\x7e]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("Write it as name=value.");
  if (RESERVED.has(name.toLowerCase())) throw new InvalidArgumentError(`${name} cannot be set by hand.`);
  return [...before, [name.toLowerCase(), value]];
}

/** What a request cannot do without, or has from elsewhere. */
const RESERVED = new Set(["content-length", "content-type", "host", "connection", "transfer-encoding"]);

function memberIn(text: string, before: readonly [string, unknown][] = []): readonly [string, unknown][] {
  const [, name, value] = /^([\w.-]+)=([^]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("Write it as name=value, such as reasoning_effort=low.");
  if (name === "messages" || name === "model")
    throw new InvalidArgumentError(`${name} is set by the study and by --model.`);
  return [...before, [name, jsonOrText(value)]];
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Tokens so far, where the server tells them. */
export function tokensText(progress: {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly notTold: number;
}): string {
  const tokens = progress.promptTokens + progress.completionTokens;
  if (tokens === 0 && progress.notTold > 0) return "tokens not told";
  const some = progress.notTold > 0 ? ` and more that were not told` : "";
  return `${tokens.toLocaleString("en")} tokens${some}`;
}

/** Of a model: from 0 to 2, null: left to the server. */
export function temperatureIn(text: string): number | null {
  return numberOrNone(text, { isRight: (value) => value <= 2, said: "It is a number from 0 to 2, or none." });
}

export function numberOrNone(
  text: string,
  { isRight, said }: { isRight: (value: number) => boolean; said: string },
): number | null {
  if (text === "none") return null;
  const value = /^\d/.test(text) ? decimal(text) : NaN;
  if (isRight(value)) return value;
  throw new InvalidArgumentError(said);
}
