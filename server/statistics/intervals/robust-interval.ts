import { REASONS } from "../../contract/reasons.ts";
import { type Estimate, isRefused } from "../estimate.ts";
import { nameOfCancelled, nameOfEffective, nameOfRobust } from "./method-name.ts";
import { dfOf, type Sampling } from "../judgments/sampling.ts";
import { samplingVariance } from "./sandwich.ts";
import { reachOf } from "./t-interval.ts";
import { NOTHING } from "./two-way.ts";
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

/**
 * 95 % interval for a weighted mean of scores: value ± t standard errors, clustered on whatever repeats, t with the
 * degrees of freedom of that variance (see samplingVariance), cut off at the range of the scores.
 *
 * Two edges, so that no interval is a point. Where every judgment has the same score at an end of the range,
 * Wilson's interval on the effective number stands in; where it is the same score between the ends (all ties),
 * nothing tells how scores vary, and the interval is refused. Where scores differ but have the same mean in every
 * cluster, the variance is that of the scores over the effective number; where both prompts and annotators repeat,
 * nothing then tells how annotators vary, and the interval is refused. `measure`: where the variance is another.
 */
export function robustInterval(
  mean: Linearised,
  sampling: Sampling,
  range: ScoreRange,
  measure: typeof samplingVariance = samplingVariance,
): Estimate {
  const { value } = mean;
  if (sampling.refused !== null) return { value, ...sampling.refused };
  if (mean.spread <= NOTHING) return intervalOfSame(mean, sampling, range);
  const measured = measure(mean.influence, sampling);
  if (isRefused(measured)) {
    return sampling.clusteredBy === "both"
      ? { value, ...measured }
      : intervalOfCancelled(mean, sampling, range);
  }
  const half = reachOf(measured);
  const method = nameOfRobust(sampling, measured.df);
  return { value, n: sampling.judgments, ...cutOff(value - half, value + half, range), method };
}

function intervalOfCancelled(
  { value, spread, effective }: Linearised,
  sampling: Sampling,
  range: ScoreRange,
): Estimate {
  const df = dfOf(sampling);
  const half = reachOf({ variance: (spread / effective) * ((df + 1) / df), df });
  const method = nameOfCancelled(sampling, df, effective);
  return { value, n: sampling.judgments, ...cutOff(value - half, value + half, range), method };
}

function intervalOfSame({ value, effective }: Linearised, sampling: Sampling, range: ScoreRange): Estimate {
  if (value > range.low && value < range.high) return { value, notEstimable: REASONS.sameScore };
  const share = wilson(value === range.high ? effective : 0, effective);
  if (isRefused(share)) return { value, ...share };
  const at = (end: number) => range.low + end * (range.high - range.low);
  const method = nameOfEffective("Wilson", sampling, effective);
  return { value, n: sampling.judgments, low: at(share.low), high: at(share.high), method };
}

function cutOff(low: number, high: number, range: ScoreRange): { low: number; high: number } {
  return { low: Math.max(low, range.low), high: Math.min(high, range.high) };
}
