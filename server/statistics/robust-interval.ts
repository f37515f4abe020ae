import { type Estimate, isRefused } from "./estimate.ts";
import { nameOfCancelled, nameOfEffective, nameOfRobust } from "./method-name.ts";
import type { Sampling } from "./sampling.ts";
import { samplingVariance } from "./sandwich.ts";
import { wilson } from "./wilson.ts";

/** The values that a score can have, from lowest to highest; an interval is cut off there. */
export interface ScoreRange {
  low: number;
  high: number;
}

/** A weighted mean of scores, written as what each judgment does to it. */
export interface Linearised {
  value: number;
  /** Judgment by judgment: its weight times (its score − value). They add up to 0. */
  influence: Float64Array;
  /** Weighted mean of (score − value)². */
  spread: number;
  /** How many independent judgments stand behind it at worst, see effectiveJudgments. */
  effective: number;
}

const ALL_SAME = "every judgment has the same score";

/** Below this a variance of scores on a scale of about 1 is rounding. */
const NOTHING = 1e-24;

/**
 * 95 % interval for a weighted mean of scores: value ± t standard errors, clustered on whatever repeats, t with
 * one degree of freedom less than the smaller number of clusters, cut off at the range of the scores.
 *
 * Two edges, so that no interval is a point. Where every judgment has the same score at an end of the range,
 * Wilson's interval on the effective number stands in; where it is the same score between the ends (all ties),
 * nothing tells how scores vary, and the interval is refused. Where scores differ but have the same mean in every
 * cluster, the variance is that of the scores over the effective number.
 */
export function robustInterval(mean: Linearised, sampling: Sampling, range: ScoreRange): Estimate {
  const { value } = mean;
  const { reach, judgments } = sampling;
  if (isRefused(reach)) return { value, ...reach };
  if (mean.spread <= NOTHING) return intervalOfSame(mean, sampling, range);
  const robust = samplingVariance(mean.influence, sampling);
  if (typeof robust !== "number") return { value, ...robust };
  const { df, quantile } = reach;
  const cancels = robust <= NOTHING;
  const half = quantile * Math.sqrt(cancels ? (mean.spread / mean.effective) * ((df + 1) / df) : robust);
  const method = cancels ? nameOfCancelled(sampling, df, mean.effective) : nameOfRobust(sampling, df);
  return { value, n: judgments, ...cutOff(value - half, value + half, range), method };
}

function intervalOfSame({ value, effective }: Linearised, sampling: Sampling, range: ScoreRange): Estimate {
  if (value > range.low && value < range.high) return { value, notEstimable: ALL_SAME };
  const share = wilson(value === range.high ? effective : 0, effective);
  if (isRefused(share)) return { value, ...share };
  const at = (end: number) => range.low + end * (range.high - range.low);
  const method = nameOfEffective("Wilson", sampling, effective);
  return { value, n: sampling.judgments, low: at(share.low), high: at(share.high), method };
}

function cutOff(low: number, high: number, range: ScoreRange): { low: number; high: number } {
  return { low: Math.max(low, range.low), high: Math.min(high, range.high) };
}
