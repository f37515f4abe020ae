/** One figure with its interval; `null` where it cannot be had. Ends in order: `low` ≤ `value` ≤ `high`. */
export interface DotRow {
  name: string;
  value: number | null;
  low: number | null;
  high: number | null;
  /** The figure in words, beside the dot. */
  says: string;
}
