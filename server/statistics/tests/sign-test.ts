import { REASONS } from "../../contract/reasons.ts";
import type { NotEstimable } from "../estimate.ts";
import { binomialCdf } from "../special/binomial-cdf.ts";

/**
 * Exact two-sided sign test: if neither system were better, how often would wins and losses differ at least this
 * much?
 *
 * Ties are dropped; wins then follow Binomial(wins + losses, ½), and p = 2 P(X ≤ the smaller of the two), at most
 * 1. Assumes that each unit counts once and independently of the others: give it prompts, not judgments, where
 * prompts repeat. Source: W. J. Conover, Practical Nonparametric Statistics, section on the sign test.
 * Example: 8 wins, 2 losses: 0.109375. Edge: as many wins as losses give 1; none of either is refused.
 * @throws RangeError where a count is negative or not whole.
 */
export function signTest(wins: number, losses: number): { p: number } | NotEstimable {
  if (![wins, losses].every((count) => Number.isInteger(count) && count >= 0)) {
    throw new RangeError(`${wins} wins and ${losses} losses are not counts.`);
  }
  const n = wins + losses;
  if (n === 0) return { notEstimable: REASONS.noWinsOrLosses };
  return { p: Math.min(1, 2 * binomialCdf(Math.min(wins, losses), { n, p: 0.5 })) };
}
