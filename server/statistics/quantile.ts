/**
 * The quantile of some numbers at a share between 0 and 1, linear between two of them (Hyndman and Fan 1996, type 7).
 * @param sorted at least one, in ascending order. Example: quantileSorted([1, 2, 4], 0.75) = 3
 */
export function quantileSorted(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}
