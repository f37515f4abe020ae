import { type NotEstimable, UPPER } from "./estimate.ts";

/** Strengths nearer than this are the same: fits agree to about 1e-10. */
const SAME = 1e-8;

/** Each system's place by strength, 1 the best; equal strengths share a place. */
export function placesOf(strengths: Float64Array): number[] {
  return Array.from(strengths, (own) => {
    let above = 0;
    for (let i = 0; i < strengths.length; i++) if (strengths[i]! > own + SAME) above++;
    return 1 + above;
  });
}

/**
 * Each system's place as far as intervals tell it: 1 + the systems whose interval lies wholly above its own; null
 * without an interval. Systems without one stand above nobody. Source: W.-L. Chiang and others, arXiv 2403.04132,
 * who take limits that hold for all systems together; these hold one by one.
 */
export function placesByInterval(
  intervals: readonly ({ low: number; high: number } | null)[],
): (number | null)[] {
  const lows = intervals.flatMap((interval) => (interval === null ? [] : [interval.low]));
  return intervals.map((own) => own && 1 + lows.filter((low) => low > own.high).length);
}

/** Where a system's strength and place lie in 95 of 100 resampled studies. */
export interface ResampledPlace {
  readonly low: number;
  readonly high: number;
  readonly rankLow: number;
  readonly rankHigh: number;
}

/**
 * Percentile intervals from the strengths of resampled studies, system by system; null for a system that has the same
 * strength in all of them: a point is no interval. `rounds`: how many studies were drawn; those that could not be
 * fitted are missing from `resampled`, and more than one in twenty of them is refused, as the limits would be too
 * near. Strengths between two neighbours by their distance, places rounded outwards.
 */
export function resampledPlaces(
  resampled: readonly Float64Array[],
  rounds: number,
): (ResampledPlace | null)[] | NotEstimable {
  const failed = rounds - resampled.length;
  if (failed > rounds * 2 * (1 - UPPER) || resampled.length === 0)
    return { notEstimable: `no finite strengths in ${failed} of ${rounds} rounds` };
  const places = resampled.map(placesOf);
  return Array.from(resampled[0]!, (_, system) => {
    const strengths = Float64Array.from(resampled, (round) => round[system]!).sort();
    if (strengths.at(-1)! - strengths[0]! <= SAME) return null;
    const ranks = Int32Array.from(places, (round) => round[system]!).sort();
    const last = ranks.length - 1;
    return {
      low: quantileSorted(strengths, 1 - UPPER),
      high: quantileSorted(strengths, UPPER),
      rankLow: ranks[Math.floor(last * (1 - UPPER))]!,
      rankHigh: ranks[Math.ceil(last * UPPER)]!,
    };
  });
}

function quantileSorted(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return below + (at - Math.floor(at)) * (above - below);
}
