/** Why a figure cannot be had, in words for the reader of a report, such as "only one prompt": see contract/reasons.ts. */
export interface NotEstimable {
  notEstimable: string;
}

/** A 95 % interval and the name of the method behind it. */
export interface Interval {
  low: number;
  high: number;
  method: string;
}

/**
 * A figure with its interval; `n` is the number of judgments behind it. Where only the interval cannot be had,
 * the value stands beside the reason.
 */
export type Estimate = ({ value: number; n: number } & Interval) | (NotEstimable & { value?: number });

/** How sure every interval of a report is meant to be: of many such intervals, this share covers the truth. */
const CONFIDENCE = 0.95;

/** The upper quantile that leaves half of what an interval may miss on either side. */
export const UPPER = (1 + CONFIDENCE) / 2;

/** Tells a refusal from a result. */
export function isRefused<T extends object>(result: T | NotEstimable): result is NotEstimable {
  return "notEstimable" in result;
}
