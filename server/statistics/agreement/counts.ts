/** Codes of what a judgment says of the two systems of a comparison; which of the two is first is the caller's. */
export const FIRST = 0;
export const TIED = 1;
export const SECOND = 2;

/** Judgments in the order of their comparisons, one element a judgment. */
export interface JudgedComparisons {
  /** Numbers of the comparisons: from 0, never falling along the column. */
  readonly comparison: Int32Array;
  /** FIRST, TIED or SECOND. */
  readonly outcome: Uint8Array;
}

/**
 * How the judgments of some annotators fell, comparison by comparison; only comparisons that they judged are listed.
 * All that agreement needs: who said what does not matter, only how often each thing was said.
 */
export interface OutcomeCounts {
  readonly categories: number;
  /** Numbers of the comparisons, rising. */
  readonly comparison: Int32Array;
  /** Row by row the counts of each category: element i · categories + k is category k in the i-th comparison. */
  readonly counts: Int32Array;
}

/** Counts the judgments that `isTaken` admits, by their place. */
export function countOutcomes(
  { comparison, outcome }: JudgedComparisons,
  isTaken: (at: number) => boolean,
): OutcomeCounts {
  const listed = listComparisons(comparison, isTaken);
  const counts = new Int32Array(3 * listed.length);
  let row = -1;
  for (let i = 0; i < comparison.length; i++) {
    if (!isTaken(i)) continue;
    if (row < 0 || listed[row] !== comparison[i]) row++;
    counts[3 * row + outcome[i]!]!++;
  }
  return { categories: 3, comparison: listed, counts };
}

function listComparisons(comparison: Int32Array, isTaken: (at: number) => boolean): Int32Array {
  const listed = new Int32Array(comparison.length);
  let count = 0;
  for (let i = 0; i < comparison.length; i++) {
    if (isTaken(i) && (count === 0 || listed[count - 1] !== comparison[i])) listed[count++] = comparison[i]!;
  }
  return listed.slice(0, count);
}
