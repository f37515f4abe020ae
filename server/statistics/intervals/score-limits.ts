import { UPPER } from "../estimate.ts";
import { studentTQuantile } from "../special/student-t-quantile.ts";
import type { MeasuredVariance } from "./two-way.ts";
import { lowerScoreLimit } from "./wilson.ts";

/** The values that a score can have, from lowest to highest. */
export interface ScoreRange {
  low: number;
  high: number;
}

const SHARES: ScoreRange = { low: 0, high: 1 };

/**
 * The score interval of a mean θ of scores from 0 to 1: the values that `scoreT` would not reject in its place, by t with the
 * variance's own df.
 *
 * A variance V measured at θ is taken to change with the true rate v as v(1 − v), so that at v it is V v(1 − v)/(θ(1 − θ)): near 0
 * and 1 a study that saw few losses does not conclude that there are none. That is Wilson's interval on the number of
 * independent judgments that V is worth, n = θ(1 − θ)/V, with t in place of z. Unlike θ ± t √V it never leaves the range, and it
 * covers as often near the ends as in the middle (docs/methods/intervals.md).
 * Sources: E. B. Wilson, JASA 22 (1927); with the number that a variance is worth P. Kott, Survey Methodology 43 (2017), and
 * C. Franco, R. Little, T. Louis and E. Slud, Journal of Survey Statistics and Methodology 7 (2019).
 * Example: 0.6625 with V = 2.688e-3 on 34.5 df: 0.552 to 0.758. Edge: a θ at either end, where V tells nothing, has the whole range.
 * @param given.upper the quantile of t, where the interval is of another level
 */
export function scoreLimits(
  value: number,
  { variance, df }: MeasuredVariance,
  { range = SHARES, upper = UPPER }: { range?: ScoreRange; upper?: number } = {},
): { low: number; high: number } {
  const width = range.high - range.low;
  const share = (value - range.low) / width;
  if (!(share > 0 && share < 1)) return { ...range };
  const worth = (share * (1 - share) * width * width) / variance;
  const t = studentTQuantile(upper, df);
  return {
    low: range.low + width * lowerScoreLimit(share, worth, t),
    high: range.high - width * lowerScoreLimit(1 - share, worth, t),
  };
}

/** How many standard errors a mean of scores from 0 to 1 lies above `against`, were that the truth: the test of its interval. */
export function scoreT(value: number, variance: number, against: number): number {
  const there = (variance * against * (1 - against)) / (value * (1 - value));
  return (value - against) / Math.sqrt(there);
}
