import { type Command, InvalidArgumentError, Option } from "commander";
import type { ConfigInput } from "../../config.ts";
import type { JudgeLimits } from "../../contract/judges.ts";
import { adapters, findAdapter } from "../../model-servers/adapters/index.ts";
import type { TokenPrice } from "../../model-servers/cost.ts";
import { addressOf } from "../../model-servers/model-server.ts";
import { readPrices } from "../../model-servers/prices.ts";
import { readText } from "./files.ts";

/** The flags that every command with a model server takes: which server, which key, and the limits. */
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
  readonly reasoningEffort?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export const addServerOptions = (command: Command): Command =>
  command
    .addOption(
      new Option("--adapter <name>", "API that the server speaks")
        .choices(adapters.map(({ name }) => name))
        .default("openai"),
    )
    .option("--base-url <url>", "address of the server (default: the adapter’s own)");

export const addLimitOptions = (command: Command): Command =>
  command
    .option("--max-calls <n>", "stop after this many calls", whole)
    .option("--max-cost <dollars>", "stop before spending more than this; needs --prices", decimal)
    .option("--max-minutes <n>", "stop after this many minutes", decimal)
    .option(
      "--prices <file>",
      "YAML or JSON file, model: {input, output}, in dollars per million tokens; cache_read and cache_write, too, where they differ",
    )
    .option(
      "--key-env <name>",
      "environment variable with the key (default: OPENAI_API_KEY or ANTHROPIC_API_KEY, sent only to those vendors’ own servers)",
    )
    .option("--key-file <file>", "file with the key, readable only by you (chmod 600)");

/** Adjustments to each call. @param timeout default, in seconds */
export const addCallOptions = (command: Command, timeout: number): Command =>
  command
    .option("--timeout <seconds>", "time limit per call", atLeastOneSecond, timeout)
    .option(
      "--reasoning-effort <level>",
      "how hard the model is to think, if it can: low, medium, high …",
      levelIn,
    )
    .option("--header <name=value>", "extra header of every request (repeatable)", headerIn)
    .option(
      "--body <name=value>",
      "extra field of every request body, as JSON or text; null removes a field (repeatable)",
      memberIn,
    );

export const limitsOf = (flags: ModelFlags): Omit<JudgeLimits, "attempts"> => ({
  calls: flags.maxCalls ?? null,
  dollars: flags.maxCost ?? null,
  minutes: flags.maxMinutes ?? null,
  concurrency: Math.max(1, flags.concurrency),
});

/** The server's address without its query, where some servers take a key. */
export function addressShown({ adapter, baseUrl }: ModelFlags): string {
  const { origin, pathname } = addressOf(findAdapter(adapter)!, baseUrl ?? null);
  return `${origin}${pathname}`;
}

/** The members of requests that were set by hand; undefined: none. */
export function bodyOf({ adapter, body, reasoningEffort }: ModelFlags): Record<string, unknown> | undefined {
  if (body === undefined && reasoningEffort === undefined) return undefined;
  const effort = reasoningEffort === undefined ? {} : findAdapter(adapter)!.effort(reasoningEffort);
  return { ...effort, ...Object.fromEntries(body ?? []) };
}

/** Prices of models from a price file; without a file, no price is known. */
export function pricesIn(file: string | undefined): (model: string) => TokenPrice | null {
  if (file === undefined) return () => null;
  return readPrices(readText(file)).priceOf;
}

export function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number.");
}

function decimal(text: string): number {
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a number, such as 0.5.");
}

/** The longest that a timer of the platform can wait. */
const SECONDS_MAX = 2_000_000;

function atLeastOneSecond(text: string): number {
  const value = decimal(text);
  if (value > 0 && value <= SECONDS_MAX) return value;
  throw new InvalidArgumentError(`Give a number of seconds above 0, at most ${SECONDS_MAX}.`);
}

function headerIn(text: string, before: readonly [string, string][] = []): readonly [string, string][] {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)\s*[=:]\s*([\x20-\x7e]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("Write it as name=value.");
  const why = whyNoHeader(name, value);
  if (why !== null) throw new InvalidArgumentError(why);
  return [...before, [name.toLowerCase(), value]];
}

function levelIn(text: string): string {
  if (/^[a-z]{1,20}$/.test(text)) return text;
  throw new InvalidArgumentError("Give a word that the server knows, such as low, medium or high.");
}

/** Why a header cannot be set by hand; null: it can. */
export function whyNoHeader(name: string, value: string): string | null {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value))
    return `“${name}” is no header that can be sent.`;
  return RESERVED.has(name.toLowerCase()) ? `${name} cannot be set by hand.` : null;
}

/** Headers that the client itself must set. */
const RESERVED = new Set(["content-length", "content-type", "host", "connection", "transfer-encoding"]);

function memberIn(text: string, before: readonly [string, unknown][] = []): readonly [string, unknown][] {
  const [, name, value] = /^([\w.-]+)=([^]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("Write it as name=value, such as reasoning_effort=low.");
  const why = whyNoMember(name);
  if (why !== null) throw new InvalidArgumentError(why);
  return [...before, [name, jsonOrText(value)]];
}

/** Why a member of requests cannot be set by hand, as what is on record would be untrue or a secret; null: it can. */
export function whyNoMember(name: string): string | null {
  if (["messages", "input", "model"].includes(name))
    return `${name} is set by the study and by the name of the model.`;
  return OF_A_KEY.test(name)
    ? `${name} would be stored and shown with the run. Give a key with --key-env, --key-file or --header.`
    : null;
}

const OF_A_KEY =
  /(?:^|[-_.])(?:api[-_]?key|secret|password|credentials?|authorization|(?:access|auth)[-_]?token)$/i;

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Tokens so far, as far as the server reports them. */
export function tokensText(progress: {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly notTold: number;
}): string {
  const tokens = progress.promptTokens + progress.completionTokens;
  if (tokens === 0 && progress.notTold > 0) return "tokens not reported";
  const some = progress.notTold > 0 ? ` and more that were not reported` : "";
  return `${tokens.toLocaleString("en")} tokens${some}`;
}

/** A sampling temperature, 0 to 2; null leaves it to the server. */
export function temperatureIn(text: string): number | null {
  return numberOrNone(text, { isRight: (value) => value <= 2, said: "Give a number from 0 to 2, or none." });
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
