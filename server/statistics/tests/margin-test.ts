import { type Interval, isRefused, type NotEstimable } from "../estimate.ts";
import { intervalByT } from "../intervals/interval-by-t.ts";
import { type Linearised, measuredMean } from "../intervals/robust-interval.ts";
import { scoreT } from "../intervals/score-limits.ts";
import { NOTHING } from "../intervals/two-way.ts";
import type { Sampling } from "../judgments/sampling.ts";
import type { Random } from "../resampling/random.ts";
import { studentTCdf } from "../special/student-t-cdf.ts";
import { signFlipInterval, signFlipTail } from "./sign-flip-interval.ts";

/** What an equivalence test may miss on either side; its interval is one of 90 %. */
const MISSED = 0.05;

/** Tests of a half-tie rate against one half less a margin, and one half plus it. */
export interface MarginTest {
  /** One-sided p of the rate being at most ½ − margin: small where the system is not worse by that much. */
  readonly nonInferiority: number;
  /** The larger one-sided p of the two ends: small where the rate lies between both. */
  readonly equivalence: number;
  /** The 90 % interval, which lies between both ends exactly where `equivalence` is below 0.05. */
  readonly interval: Interval;
}

/**
 * Non-inferiority and equivalence of a mean of scores from 0 to 1 to one half, by t tests with the variance and the degrees of
 * freedom of the mean's own interval (see t-test.ts), for whom that is about.
 *
 * Equivalence takes two one-sided tests at 5 %: p is the larger one, and below 0.05 exactly if the 90 % interval lies between
 * ½ − margin and ½ + margin. Non-inferiority is the lower one of them, to be held against 2.5 %, where the 95 % interval lies
 * above ½ − margin. Source: D. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987) 657.
 * Edges: scores that are all 1, or all 0, have the exact binomial test; refused as the t test is.
 * @param margin above 0, below ½
 */
export function marginByT(mean: Linearised, sampling: Sampling, margin: number): MarginTest | NotEstimable {
  const interval = intervalByT(mean, sampling, MISSED);
  if (isRefused(interval)) return interval;
  if (mean.spread <= NOTHING) {
    const all = (0.5 - margin) ** mean.effective;
    return mean.value === 1 ? asMade(all, 1, interval) : asMade(1, all, interval);
  }
  const measured = measuredMean(mean, sampling);
  if (isRefused(measured)) return measured;
  const { variance, df } = measured;
  const tail = (against: number, side: 1 | -1) =>
    studentTCdf(-side * scoreT(mean.value, variance, against), df);
  return asMade(tail(0.5 - margin, 1), tail(0.5 + margin, -1), interval);
}

/**
 * The same for other prompts under these annotators, by flipping signs around either end instead of one half
 * (sign-flip-interval.ts, with its edges).
 */
export function marginBySignFlips(given: {
  means: Float64Array;
  weights: ArrayLike<number>;
  /** Of the two-sided test of one half. */
  p: number;
  margin: number;
  /** The same numbers each time it is called. */
  random: () => Random;
}): MarginTest | NotEstimable {
  const { means, weights, p, margin, random } = given;
  const above = signFlipTail({ means, weights, against: 0.5 - margin, side: 1, random: random() });
  const below = signFlipTail({ means, weights, against: 0.5 + margin, side: -1, random: random() });
  const interval = signFlipInterval({ means, weights, p, random: random(), missed: MISSED });
  if (typeof above === "object") return above;
  if (typeof below === "object") return below;
  return isRefused(interval) ? interval : asMade(above, below, interval);
}

const asMade = (above: number, below: number, interval: Interval): MarginTest => ({
  ...{ nonInferiority: above, equivalence: Math.max(above, below), interval },
});
