import { REASONS } from "../../contract/reasons.ts";
import { isRefused, type NotEstimable } from "../estimate.ts";
import { allOf } from "../intervals/exact-binomial.ts";
import { nameOfEffective } from "../intervals/method-name.ts";
import { type Linearised, measuredMean } from "../intervals/robust-interval.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { studentTTail } from "../special/student-t-cdf.ts";
import { scoreT } from "../intervals/score-limits.ts";
import { NOTHING } from "../intervals/two-way.ts";

export interface TTest {
  readonly p: number;
  /** How many standard errors the mean lies above what it is tested against; null, as `df`, where it is an exact test. */
  readonly t: number | null;
  readonly df: number | null;
  readonly method: string;
}

/**
 * Two-sided t test of a weighted mean of scores against one value: were that the truth, how often would a study with
 * other prompts and other annotators lie at least as far from it?
 *
 * t = (θ − v) / √(V v(1 − v)/(θ(1 − θ))) for the mean θ and the value v, with the variance V and the degrees of freedom of the
 * mean's own interval (robustInterval), so that p is below 0.05 exactly where that interval leaves the value out. Where annotators repeat it speaks of
 * annotators like these; where they are fixed, of these. Assumes a nearly normal mean. Source: as two-way.ts.
 * Example: 0.6625 with V = 2.688e-3 on 34.5 df against ½: t = 2.96, p = 0.0055.
 * Edges: where every score is at one end of the range, the exact binomial test on the effective number, as the interval;
 * refused where the sampling is, where every score is another same one, and where the interval is refused.
 */
export function tTest(mean: Linearised, sampling: Sampling, against: number): TTest | NotEstimable {
  if (sampling.refused !== null) return sampling.refused;
  if (mean.spread <= NOTHING) return testOfSame(mean, sampling, against);
  const measured = measuredMean(mean, sampling);
  if (isRefused(measured)) return measured;
  const { variance, df, method } = measured;
  return asTest(scoreT(mean.value, variance, against), df, method);
}

/** Two-sided t test of whether a difference of two means is 0, by its standard error: the test of its interval (differenceLimits). */
export function tTestOfDifference(difference: Linearised, sampling: Sampling): TTest | NotEstimable {
  if (sampling.refused !== null) return sampling.refused;
  const measured = measuredMean(difference, sampling, { by: "t" });
  if (isRefused(measured)) return measured;
  const { variance, df, method } = measured;
  return asTest(difference.value / Math.sqrt(variance), df, method);
}

const asTest = (t: number, df: number, method: string): TTest => ({
  ...{ p: Math.min(1, 2 * studentTTail(Math.abs(t), df)), t, df, method },
});

/** Scores from 0 to 1 that are all the same. */
function testOfSame({ value, effective }: Linearised, sampling: Sampling, against: number) {
  if (value > 0 && value < 1) return { notEstimable: REASONS.sameScore };
  const p = allOf(effective, value === 1 ? against : 1 - against);
  return { p, t: null, df: null, method: nameOfEffective("exact binomial", sampling, effective) };
}
