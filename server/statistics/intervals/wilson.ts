import { REASONS } from "../../contract/reasons.ts";
import { type NotEstimable, UPPER } from "../estimate.ts";
import { normalQuantile } from "../special/normal-quantile.ts";

const Z = normalQuantile(UPPER);

/**
 * Wilson's 95 % interval for a proportion, count / n: which proportions would not be rejected by the score test,
 * given what was counted?
 *
 * With p = count / n and z = 1.96: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Assumes n independent
 * trials, so it stands where no prompt and no annotator repeats. `n` need not be whole: an effective number of
 * trials may be given, with count = p n. Unlike p ± z·se it never leaves [0, 1] and never shrinks to a point.
 * Source: E. B. Wilson, JASA 22 (1927). Example: wilson(100, 200) = {low: 0.4313609, high: 0.5686391}.
 * Edge: none of n gives a low of exactly 0, all of n a high of exactly 1; n = 0 is refused.
 * @throws RangeError where count is not between 0 and n.
 */
export function wilson(count: number, n: number): { low: number; high: number } | NotEstimable {
  if (!(count >= 0 && count <= n && n < Infinity)) throw new RangeError(`${count} of ${n} is no proportion.`);
  if (n === 0) return { notEstimable: REASONS.noJudgments };
  const low = count === 0 ? 0 : lowerScoreLimit(count / n, n, Z);
  const high = count === n ? 1 : 1 - lowerScoreLimit((n - count) / n, n, Z);
  return { low, high };
}

/**
 * The lower limit at a quantile z of a proportion p of n trials: below p, and above 0 for p above 0; the upper limit is this
 * one seen from the other side.
 */
export function lowerScoreLimit(p: number, n: number, z: number): number {
  const square = (z * z) / n;
  const half = Math.sqrt(square * (p * (1 - p) + square / 4));
  return (p * p) / (p + square / 2 + half); // the smaller root, without subtracting
}
