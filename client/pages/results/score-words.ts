import type { Score } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";

/** A half-tie rate as `.70 [.63, .76]`, alone where it has no interval, a dash where it cannot be had. */
export function scoreWords(score: Score, decimals = 2): string {
  if (!("value" in score)) return words.none;
  const value = words.decimal(score.value, decimals);
  if (!("low" in score)) return value;
  return `${value} [${words.decimal(score.low, decimals)}, ${words.decimal(score.high, decimals)}]`;
}
