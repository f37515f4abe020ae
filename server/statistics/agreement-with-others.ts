/**
 * Tie-discounted agreement of one judgment with others of the same comparison: 1 for each that says the same, one half
 * where exactly one of the two is a tie, 0 where they are opposite; the mean over the others.
 * `others`: how many of them prefer the second system, neither, the first; `said` likewise 0, 1, 2. Null without others.
 * Source: LIMA, arXiv 2305.11206.
 */
export function agreementWithOthers(said: number, others: readonly [number, number, number]): number | null {
  const all = others[0] + others[1] + others[2];
  if (all === 0) return null;
  const half = said === 1 ? others[0] + others[2] : others[1];
  return (others[said]! + half / 2) / all;
}

/** The middle of some numbers, or the mean of the two in the middle; null where there are none. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
