import type { AnnotatorFigures } from "../../contract/report-annotators.ts";
import { isRefused } from "../../statistics/estimate.ts";
import { wilson } from "../../statistics/intervals/wilson.ts";

/** A share of one annotator's judgments with Wilson's interval; `none` says why there is none. */
export function shareOf(count: number, of: number, none: string): AnnotatorFigures["left"] {
  const interval = wilson(count, of);
  if (of === 0 || isRefused(interval)) return { notEstimable: none };
  return { count, of, rate: count / of, low: interval.low, high: interval.high, method: "Wilson" };
}
