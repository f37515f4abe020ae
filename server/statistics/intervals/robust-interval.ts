import { REASONS } from "../../contract/reasons.ts";
import { type Estimate, isRefused, type NotEstimable } from "../estimate.ts";
import { exactBinomial } from "./exact-binomial.ts";
import { type IntervalBy, nameOfCancelled, nameOfEffective, nameOfRobust } from "./method-name.ts";
import { dfOf, type Sampling } from "../judgments/sampling.ts";
import { samplingVariance } from "./sandwich.ts";
import { scoreLimits, type ScoreRange } from "./score-limits.ts";
import { reachOf } from "./t-interval.ts";
import { type MeasuredVariance, NOTHING } from "./two-way.ts";

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
 * 95 % interval for a weighted mean of scores: the score interval (scoreLimits) of its variance, clustered on whatever
 * repeats, with the degrees of freedom of that variance (see samplingVariance).
 *
 * Two edges, so that no interval is a point. Where every judgment has the same score at an end of the range,
 * the exact binomial interval on the effective number stands in (see exact-binomial.ts; a score interval would leave one
 * half out from four prompts on, which chance wins one time in eight); where it is the same score between the ends (all ties),
 * nothing tells how scores vary, and the interval is refused. Where scores differ but have the same mean in every
 * cluster, the variance is that of the scores over the effective number; where both prompts and annotators repeat,
 * nothing then tells how annotators vary, and the interval is refused.
 */
export function robustInterval(mean: Linearised, sampling: Sampling, range: ScoreRange): Estimate {
  const { value } = mean;
  if (sampling.refused !== null) return { value, ...sampling.refused };
  if (mean.spread <= NOTHING) return intervalOfSame(mean, sampling, range);
  const measured = measuredMean(mean, sampling);
  if (isRefused(measured)) return { value, ...measured };
  const { method } = measured;
  return { value, n: sampling.judgments, ...scoreLimits(value, measured, { range }), method };
}

/**
 * 95 % interval for a difference of two means of scores from 0 to 1 that vary: difference ± t standard errors, as the
 * variance of a difference does not fall towards an end of its range with the difference; cut off at −1 and 1.
 * @param measure where the variance is another than that of a mean
 */
export function differenceLimits(
  difference: Linearised,
  sampling: Sampling,
  measure: typeof samplingVariance = samplingVariance,
): Estimate {
  const { value } = difference;
  if (sampling.refused !== null) return { value, ...sampling.refused };
  const measured = measuredMean(difference, sampling, { by: "t", measure });
  if (isRefused(measured)) return { value, ...measured };
  const half = reachOf(measured);
  const [low, high] = [Math.max(-1, value - half), Math.min(1, value + half)];
  return { value, n: sampling.judgments, low, high, method: measured.method };
}

/** The variance of a mean whose scores differ, as its interval and its t test take it, with their name; edges as robustInterval. */
export function measuredMean(
  { influence, spread, effective }: Linearised,
  sampling: Sampling,
  {
    by = "score, t",
    measure = samplingVariance,
  }: { by?: IntervalBy; measure?: typeof samplingVariance } = {},
): (MeasuredVariance & { readonly method: string }) | NotEstimable {
  const measured = measure(influence, sampling);
  if (!isRefused(measured)) return { ...measured, method: nameOfRobust(sampling, measured.df, by) };
  if (sampling.clusteredBy === "both") return measured;
  const df = dfOf(sampling);
  const variance = (spread / effective) * ((df + 1) / df);
  return { variance, df, method: nameOfCancelled(sampling, df, effective, by) };
}

function intervalOfSame({ value, effective }: Linearised, sampling: Sampling, range: ScoreRange): Estimate {
  if (value > range.low && value < range.high) return { value, notEstimable: REASONS.sameScore };
  const share = exactBinomial(value === range.high ? effective : 0, effective);
  if (isRefused(share)) return { value, ...share };
  const at = (end: number) => range.low + end * (range.high - range.low);
  const method = nameOfEffective("exact binomial", sampling, effective);
  return { value, n: sampling.judgments, low: at(share.low), high: at(share.high), method };
}
