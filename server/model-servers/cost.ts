import type { JudgeSettings } from "../contract/judges.ts";
import {
  CallFailed,
  hasText,
  type ModelMessage,
  type ModelReply,
  type ModelRequest,
  NO_USAGE,
  type Usage,
} from "./model-call.ts";

/** US dollars per million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  /** Of tokens read from a cache; not said: as any that are read. */
  readonly cacheRead?: number | undefined;
  /** Of tokens read and written to a cache; not said: as any that are read. */
  readonly cacheWrite?: number | undefined;
}

/** One dollar per million tokens is a thousand billionths of a dollar per token. */
const NANODOLLARS_PER_TOKEN = 1000;

type Used = Pick<Usage, "promptTokens" | "completionTokens" | "cacheReadTokens" | "cacheWriteTokens">;

/** What a call costs in whole billionths of a US dollar; null: the server does not say how many tokens it used. */
export function costOf(used: Used, price: TokenPrice): number | null {
  const { promptTokens, completionTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = used;
  if (promptTokens === null || completionTokens === null) return null;
  const { input, output, cacheRead = input, cacheWrite = input } = price;
  const read = Math.min(cacheReadTokens, promptTokens);
  const written = Math.min(cacheWriteTokens, promptTokens - read);
  const others = promptTokens - read - written;
  const dollars = others * input + read * cacheRead + written * cacheWrite + completionTokens * output;
  return Math.round(dollars * NANODOLLARS_PER_TOKEN);
}

/** The most tokens that a call may read and write. */
export interface WorstTokens {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/**
 * The most that a call may take: no tokenizer makes more tokens of a text than it has bytes, and a reply ends at its
 * limit. With what servers add around messages, and where a schema is asked for.
 * @param own members that somebody set by hand: limits of tokens, and how many replies are asked for
 */
export function worstOf(
  { messages, maxTokens, schema }: Pick<ModelRequest, "messages" | "maxTokens" | "schema">,
  own: Readonly<Record<string, unknown>> = {},
): WorstTokens {
  const texts = messages.reduce(
    (sum, { content }) => sum + Buffer.byteLength(content) + MESSAGE_TOKENS_MAX,
    0,
  );
  const form = schema === null ? 0 : Buffer.byteLength(JSON.stringify(schema)) + SCHEMA_TOKENS_MAX;
  const numbers = Object.entries(own).filter((one): one is [string, number] => typeof one[1] === "number");
  const limits = numbers.flatMap(([name, value]) => (TOKEN_LIMIT.test(name) ? [value] : []));
  const replies = numbers.flatMap(([name, value]) => (REPLY_COUNT.test(name) ? [value] : []));
  return {
    promptTokens: texts + form,
    completionTokens: Math.max(maxTokens, ...limits) * Math.max(1, ...replies),
  };
}

const MESSAGE_TOKENS_MAX = 64;
/** Some servers tell a model in words of their own what a schema or a tool is. */
const SCHEMA_TOKENS_MAX = 600;
const TOKEN_LIMIT = /^(?:max|n|num)_.*(?:tokens|predict)$/;
const REPLY_COUNT = /^(?:n|best_of)$/;

/** The dearest that a call may cost, in whole billionths of a US dollar; 0 where nobody knows a price. */
export const worstCost = (worst: WorstTokens, price: TokenPrice | null): number =>
  price === null ? 0 : (costOf(worst, dearest(price)) ?? 0);

const dearest = ({ input, output, cacheRead = 0, cacheWrite = 0 }: TokenPrice): TokenPrice => ({
  input: Math.max(input, cacheRead, cacheWrite),
  output,
});

/** What a call is counted at. */
export interface Charge {
  /** Whole billionths of a US dollar; null: no price is known. */
  readonly nanodollars: number | null;
  /** Whether it is the most that it may be, since the server does not say. */
  readonly isAtMost: boolean;
}

export const FREE: Charge = { nanodollars: null, isAtMost: false };

/**
 * What a call that may be billed is counted at: as the server says, in dollars or by its tokens; what it does not say is
 * taken to be the most that it can be, so that a limit in dollars holds.
 * @param took what the server says; `hasText`: whether something was written, which is never 0 tokens
 */
function chargeOf(
  took: Usage & { readonly hasText: boolean },
  worst: WorstTokens,
  price: TokenPrice | null,
): Charge {
  if (took.costDollars !== null)
    return { nanodollars: Math.round(took.costDollars * NANODOLLARS_PER_TOKEN * 1e6), isAtMost: false };
  if (price === null) return FREE;
  const written = took.hasText && took.completionTokens === 0 ? null : took.completionTokens;
  const isAtMost = took.promptTokens === null || written === null;
  const completionTokens = written ?? worst.completionTokens;
  if (took.promptTokens !== null)
    return { nanodollars: costOf({ ...took, completionTokens }, price), isAtMost };
  const { promptTokens } = worst;
  return { nanodollars: costOf({ promptTokens, completionTokens }, dearest(price)), isAtMost };
}

/** What a call that came back, or failed, is counted at. */
export function chargeOfCall(
  came: ModelReply | CallFailed,
  worst: WorstTokens,
  price: TokenPrice | null,
): Charge {
  if (came instanceof CallFailed) {
    const usage = came.more.usage ?? NO_USAGE;
    const isTold = usage.costDollars !== null || usage.promptTokens !== null;
    if (came.more.mayBeBilled !== true && !isTold) return FREE;
    return chargeOf({ ...usage, hasText: false }, worst, price);
  }
  return came.mayBeBilled ? chargeOf({ ...came, hasText: hasText(came) }, worst, price) : FREE;
}

/** Tokens that a verdict with its reasons is taken to have where nobody says better. */
const COMPLETION_TOKENS = 250;

interface EstimateWanted {
  /** What would be sent about each comparison, once. */
  readonly comparisons: Iterable<readonly ModelMessage[]>;
  readonly again: Pick<JudgeSettings, "orders" | "repeats" | "maxTokens">;
  /** Tokens that a reply is expected to have; cut at `maxTokens`. */
  readonly completionTokens?: number;
  /** null: not known. */
  readonly price: TokenPrice | null;
}

export interface CostEstimate {
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Billionths of a US dollar; null: no price is known. */
  readonly nanodollars: number | null;
  /** Of one call, on average; null: no price is known, or no calls. */
  readonly nanodollarsPerCall: number | null;
}

/**
 * What a run would take if every call succeeds at once: each comparison is asked about once, once more for the other
 * order, and once more for each repeat. Tokens are estimated from the texts, so the servers' own counts will differ.
 */
export function estimateRun({ comparisons, again, completionTokens, price }: EstimateWanted): CostEstimate {
  const presentations = 1 + (again.orders === "both" ? 1 : 0) + again.repeats;
  let [count, tokens] = [0, 0];
  for (const messages of comparisons) {
    count++;
    for (const { content } of messages) tokens += estimateTokens(content) + MESSAGE_TOKENS;
  }
  const calls = count * presentations;
  const perReply = Math.min(completionTokens ?? COMPLETION_TOKENS, again.maxTokens);
  const used = { promptTokens: tokens * presentations, completionTokens: calls * perReply };
  const nanodollars = price && costOf(used, price);
  const perCall = nanodollars === null || calls === 0 ? null : nanodollars / calls;
  return { calls, ...used, nanodollars, nanodollarsPerCall: perCall };
}

/** What servers add around a message. */
export const MESSAGE_TOKENS = 4;
export const CHARACTERS_PER_TOKEN = 4;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/**
 * Tokens of a text, estimated: one for each Chinese, Japanese or Korean character and one for every four of the others,
 * rounded up. A rule of thumb for English and its like; code, numbers and other scripts often take more.
 */
export function estimateTokens(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0;
  const all = text.length - (text.match(/[\u{10000}-\u{10FFFF}]/gu)?.length ?? 0);
  return wide + Math.ceil((all - wide) / CHARACTERS_PER_TOKEN);
}
