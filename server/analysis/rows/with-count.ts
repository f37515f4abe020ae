import type { Estimate } from "../../contract/report-estimates.ts";
import { type Estimate as Estimated, isRefused } from "../../statistics/estimate.ts";

/** An estimate as a report tells it: a value without an interval says its number of judgments too. */
export function withCount(estimate: Estimated, n: number): Estimate {
  if (!isRefused(estimate)) return estimate;
  const { value, notEstimable } = estimate;
  return value === undefined ? { notEstimable } : { value, n, notEstimable };
}
