import { REASONS } from "../../contract/reasons.ts";
import { type NotEstimable, UPPER } from "../estimate.ts";
import { binomialCdf } from "../special/binomial-cdf.ts";

/** What an interval may miss on either side. */
const MISSED = 1 - UPPER;

/**
 * The exact 95 % interval for a proportion, count / n, by inverting both one-sided binomial tests at 2.5 %: it leaves a
 * proportion out exactly where the two-sided exact test (twice the smaller tail, see sign-test.ts) gives p below 0.05.
 *
 * The lower limit is the θ with P(X ≥ count) = 0.025 for X from Binomial(n, θ), the upper the one with P(X ≤ count) =
 * 0.025. Covers at least 95 % whatever θ is. Source: C. Clopper and E. Pearson, Biometrika 26 (1934). Example: 8 of 10:
 * 0.4439 to 0.9748. Edges: none of n: 0 to 1 − 0.025^(1/n), all of n: 0.025^(1/n) to 1, where `n` need not be whole (an
 * effective number of trials); n = 0 is refused.
 * @param missed what the interval may miss on either side
 * @throws RangeError where count is not between 0 and n, or neither is at an end and one of them is not whole.
 */
export function exactBinomial(
  count: number,
  n: number,
  missed = MISSED,
): { low: number; high: number } | NotEstimable {
  if (!(count >= 0 && count <= n && n < Infinity)) throw new RangeError(`${count} of ${n} is no proportion.`);
  if (n === 0) return { notEstimable: REASONS.noJudgments };
  if (count === 0) return { low: 0, high: 1 - missed ** (1 / n) };
  if (count === n) return { low: missed ** (1 / n), high: 1 };
  return { low: lowerLimit(count, n, missed), high: 1 - lowerLimit(n - count, n, missed) };
}

/** The two-sided p that all of `n` trials succeed if each does with probability `against`; the same test. */
export const allOf = (n: number, against: number): number => Math.min(1, 2 * against ** n);

function lowerLimit(count: number, n: number, missed: number): number {
  let [low, high] = [0, count / n];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (binomialCdf(n - count, { n, p: 1 - middle }) < missed) low = middle;
    else high = middle;
  }
  return low;
}
