import type { JudgeSettings } from "../contract/judges.ts";
import type { ModelMessage, ModelReply } from "./model-call.ts";

/** US dollars per million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

/** One dollar per million tokens is a thousand billionths of a dollar per token. */
const NANODOLLARS_PER_TOKEN = 1000;

/** What a call costs in whole billionths of a US dollar; null: the server does not say how many tokens it used. */
export function costOf(
  used: Pick<ModelReply, "promptTokens" | "completionTokens">,
  price: TokenPrice,
): number | null {
  const { promptTokens, completionTokens } = used;
  if (promptTokens === null || completionTokens === null) return null;
  return Math.round((promptTokens * price.input + completionTokens * price.output) * NANODOLLARS_PER_TOKEN);
}

/** The same, by the texts' lengths where the server does not say: a limit in dollars must hold there, too. */
export function costOfReply(
  reply: Pick<ModelReply, "text" | "promptTokens" | "completionTokens">,
  messages: readonly ModelMessage[],
  price: TokenPrice,
): number | null {
  const told = costOf(reply, price);
  if (told !== null) return told;
  const promptTokens = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
  return costOf({ promptTokens, completionTokens: estimateTokens(reply.text) }, price);
}

/** Tokens that a verdict with its reasons is taken to have where nobody says better. */
export const COMPLETION_TOKENS = 250;

export interface EstimateWanted {
  /** What would be sent about each comparison, once. */
  readonly comparisons: Iterable<readonly ModelMessage[]>;
  readonly again: Pick<JudgeSettings, "orders" | "repeats" | "maxTokens">;
  /** Tokens that a reply is expected to have; cut at `maxTokens`. */
  readonly completionTokens?: number;
  /** null: not known. */
  readonly price: TokenPrice | null;
}

export interface Estimate {
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
export function estimateRun({ comparisons, again, completionTokens, price }: EstimateWanted): Estimate {
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
