import { membersOf } from "./json-members.ts";
import type { Usage } from "./model-call.ts";

/**
 * What a reply says that the call took, in any of the words that servers use, whether or not anything else in the reply
 * can be read. Tokens read from a cache, or written to one, are tokens read. A total that is larger than its parts holds
 * hidden reasoning. 0 tokens read is no count: no call reads nothing.
 */
export function usageOf(json: unknown): Usage {
  const top = membersOf(json);
  const usage = membersOf(top.usage ?? membersOf(top.message).usage ?? top.usageMetadata);
  const cached =
    (count(usage.cache_read_input_tokens) ?? 0) + (count(usage.cache_creation_input_tokens) ?? 0);
  const read = firstCount([
    usage.prompt_tokens,
    usage.input_tokens,
    usage.promptTokenCount,
    top.prompt_eval_count,
  ]);
  const prompt = read === null && cached === 0 ? null : (read ?? 0) + cached;
  const written = firstCount([
    ...[usage.completion_tokens, usage.output_tokens, usage.candidatesTokenCount, top.eval_count],
  ]);
  const total = firstCount([usage.total_tokens, usage.totalTokenCount]);
  const rest = total === null || prompt === null ? null : Math.max(0, total - prompt);
  const completion = written === null && !rest ? null : Math.max(written ?? 0, rest ?? 0);
  return { promptTokens: prompt || null, completionTokens: completion, costDollars: costIn(usage) };
}

/** Both where both say something: of a stream, whose pieces say it one after the other. */
export function laterUsage(earlier: Usage, later: Usage): Usage {
  return {
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
