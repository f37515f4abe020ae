import { REASONS } from "../../contract/reasons.ts";
import { type NotEstimable, UPPER } from "../estimate.ts";
import { quantileSorted } from "../quantile.ts";

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
