import { REASONS } from "../../contract/reasons.ts";
import { type NotEstimable, UPPER } from "../estimate.ts";
import { quantileSorted } from "../quantile.ts";
import { studentTQuantile } from "../special/student-t-quantile.ts";
import { studentTTail } from "../special/student-t-cdf.ts";
import { holm } from "../tests/holm.ts";

/** Strengths nearer than this are the same: fits agree to about 1e-10. */
const SAME = 1e-8;

/** Each system's place by strength, 1 the best; equal strengths share a place. @internal */
export function placesOf(strengths: Float64Array): number[] {
  return Array.from(strengths, (own) => {
    let above = 0;
    for (let i = 0; i < strengths.length; i++) if (strengths[i]! > own + SAME) above++;
    return 1 + above;
  });
}

/** A system's place, and the places that its interval and those of the others leave open. */
export interface Rank {
  readonly rank: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Each system's place by strength, with its range: not better than below the systems whose interval lies wholly above
 * its own, not worse than above those whose interval lies wholly below. The place always lies in its range, as a
 * strength lies in its interval, and neither hangs on a seed.
 *
 * Null for a system without an interval; such a system has its place among the strengths, but is never wholly above or
 * below another. The lower end is the rank of Chatbot Arena (W.-L. Chiang and others, arXiv 2403.04132), who take
 * limits that hold for all systems together; these hold one by one.
 */
export function placesByInterval(
  strengths: Float64Array,
  intervals: readonly ({ low: number; high: number } | null)[],
): (Rank | null)[] {
  const ranks = placesOf(strengths);
  const known = intervals.filter((interval) => interval !== null);
  return intervals.map((own, i) => {
    if (own === null) return null;
    const above = known.filter(({ low }) => low > own.high).length;
    const below = known.filter(({ high }) => high < own.low).length;
    return { rank: ranks[i]!, low: 1 + above, high: intervals.length - below };
  });
}

/** The difference of two log strengths, the first the greater; `pHolm` is corrected over all pairs of systems. */
interface StrengthDifference {
  readonly first: number;
  readonly second: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly pHolm: number;
}

/**
 * Compares every two systems: their difference with its 95 % interval, and the p of its t test, corrected by Holm over all
 * pairs. Pairs without an error are left out, and count as p = 1.
 */
export function compareStrengths(
  strengths: Float64Array,
  errorOf: (one: number, other: number) => { standardError: number; df: number } | NotEstimable,
): StrengthDifference[] {
  const pairs: { first: number; second: number }[] = [];
  for (let i = 0; i < strengths.length; i++) {
    for (let j = 0; j < i; j++)
      pairs.push(strengths[j]! >= strengths[i]! ? { first: j, second: i } : { first: i, second: j });
  }
  const errors = pairs.map(({ first, second }) => errorOf(first, second));
  const apart = pairs.map(({ first, second }) => strengths[first]! - strengths[second]!);
  const corrected = holm(
    errors.map((error, k) =>
      "df" in error ? Math.min(1, 2 * studentTTail(apart[k]! / error.standardError, error.df)) : 1,
    ),
  );
  return pairs.flatMap((pair, k) => {
    const [error, difference] = [errors[k]!, apart[k]!];
    if ("notEstimable" in error) return [];
    const half = studentTQuantile(UPPER, error.df) * error.standardError;
    return [{ ...pair, difference, low: difference - half, high: difference + half, pHolm: corrected[k]! }];
  });
}

/**
 * The places that stay open for each system when every two are compared: not better than below those that are shown to be
 * stronger after correction, not worse than above those shown to be weaker. All ranges hold together in at least 95 of 100
 * studies, as no false claim is among the comparisons in as many; each holds the place by strength.
 * Source: M. Mogstad, J. Romano, A. Shaikh and D. Wilhelm, Review of Economic Studies 91 (2024) 476, with Holm's correction.
 */
export function placesTogether(
  systems: number,
  differences: readonly StrengthDifference[],
): { low: number; high: number }[] {
  const places = Array.from({ length: systems }, () => ({ low: 1, high: systems }));
  for (const { first, second, pHolm } of differences) {
    if (pHolm >= 2 * (1 - UPPER)) continue;
    places[first]!.high--;
    places[second]!.low++;
  }
  return places;
}

/** Where a system's strength lies in 95 of 100 resampled studies. */
export interface ResampledStrength {
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile intervals from the strengths of resampled studies, system by system; null for a system that has the same
 * strength in all of them: a point is no interval. `rounds`: how many studies were drawn; those that could not be
 * fitted are missing from `resampled`, and more than one in twenty of them is refused, as the limits would be too
 * near. Limits between two neighbours by their distance.
 */
export function resampledStrengths(
  resampled: readonly Float64Array[],
  rounds: number,
): (ResampledStrength | null)[] | NotEstimable {
  const failed = rounds - resampled.length;
  if (failed > rounds * 2 * (1 - UPPER) || resampled.length === 0)
    return { notEstimable: REASONS.noFiniteStrengths(failed, rounds) };
  return Array.from(resampled[0]!, (_, system) => {
    const strengths = Float64Array.from(resampled, (round) => round[system]!).sort();
    if (strengths.at(-1)! - strengths[0]! <= SAME) return null;
    return { low: quantileSorted(strengths, 1 - UPPER), high: quantileSorted(strengths, UPPER) };
  });
}
