import { membersOf } from "./json-members.ts";
import type { Usage } from "./model-call.ts";

/**
 * What a reply says that the call took, in any of the words that servers use, whether or not anything else in the reply
 * can be read. Tokens read from a cache, or written to one, are tokens read: some servers count them among the others,
 * some apart from them. A total that is larger than its parts holds hidden reasoning. 0 tokens read is no count: no call
 * reads nothing.
 */
export function usageOf(json: unknown): Usage {
  const top = membersOf(json);
  const usage = membersOf(top.usage ?? membersOf(top.message).usage ?? top.usageMetadata);
  const { isApart, ...cache } = cacheIn(usage);
  const read = firstCount([
    usage.prompt_tokens,
    usage.input_tokens,
    usage.promptTokenCount,
    top.prompt_eval_count,
  ]);
  const cached = isApart ? cache.cacheReadTokens + cache.cacheWriteTokens : 0;
  const prompt = read === null && cached === 0 ? null : (read ?? 0) + cached;
  const written = firstCount([
    ...[usage.completion_tokens, usage.output_tokens, usage.candidatesTokenCount, top.eval_count],
  ]);
  const total = firstCount([usage.total_tokens, usage.totalTokenCount]);
  const rest = total === null || prompt === null ? null : Math.max(0, total - prompt);
  const completion = written === null && !rest ? null : Math.max(written ?? 0, rest ?? 0);
  const counts = { promptTokens: prompt || null, completionTokens: completion, costDollars: costIn(usage) };
  return cache.cacheReadTokens + cache.cacheWriteTokens === 0 ? counts : { ...counts, ...cache };
}

/** Anthropic counts them apart from the others, whoever names a total of all that was read among them. */
function cacheIn(usage: Readonly<Record<string, unknown>>) {
  const { cached_tokens: inDetails, cache_write_tokens: writtenInDetails } = membersOf(
    usage.prompt_tokens_details ?? usage.input_tokens_details,
  );
  const apart = [usage.cache_read_input_tokens, usage.cache_creation_input_tokens].map(count);
  const among = [inDetails, usage.prompt_cache_hit_tokens, usage.cachedContentTokenCount];
  const [input, output] = [count(usage.prompt_tokens), count(usage.completion_tokens)];
  const isTotal = input !== null && output !== null && count(usage.total_tokens) === input + output;
  return {
    isApart: !isTotal && apart.some((one) => one !== null),
    cacheReadTokens: apart[0] ?? firstCount(among) ?? 0,
    cacheWriteTokens: apart[1] ?? count(writtenInDetails) ?? 0,
  };
}

/** Both where both say something: of a stream, whose pieces say it one after the other. */
export function laterUsage(earlier: Usage, later: Usage): Usage {
  return {
    ...earlier,
    ...later,
    promptTokens: later.promptTokens ?? earlier.promptTokens,
    completionTokens: later.completionTokens ?? earlier.completionTokens,
    costDollars: later.costDollars ?? earlier.costDollars,
  };
}

function costIn(usage: Readonly<Record<string, unknown>>): number | null {
  const cost = [usage.cost, usage.total_cost, usage.estimated_cost].find(
    (one) => typeof one === "number" && Number.isFinite(one) && one >= 0,
  );
  if (cost === undefined) return null;
  const upstream = usage.is_byok === true ? membersOf(usage.cost_details).upstream_inference_cost : 0;
  return (cost as number) + (typeof upstream === "number" ? upstream : 0);
}

const firstCount = (values: readonly unknown[]): number | null =>
  values.map(count).find((value) => value !== null) ?? null;

const count = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
