import type { Columns } from "./judgment-columns.ts";

/** Above this value a column is sorted by comparing: counting would need a table as long as the value. */
const COUNTED_MAX = 1 << 22;

/**
 * Sorts positions of rows by low, high, prompt, turn, annotator. An annotator has one counted judgment of a
 * comparison, so this order is the same for the same judgments, however they were stored: sums of floating-point
 * numbers over it agree to the last bit. Time grows with the number of rows.
 */
export function canonicalOrder(columns: Columns, positions: Int32Array): Int32Array {
  let order = positions;
  for (const column of [columns.annotator, columns.turn, columns.prompt, columns.high, columns.low]) {
    order = stableBy(order, column); // least significant first
  }
  return order;
}

/** Whether rows `i` and `j` are about the same comparison: in canonical order such rows stand together. */
export const isSameComparison = (
  { low, high, prompt, turn }: Pick<Columns, "low" | "high" | "prompt" | "turn">,
  i: number,
  j: number,
): boolean => low[i] === low[j] && high[i] === high[j] && prompt[i] === prompt[j] && turn[i] === turn[j];

/** One pass of a radix sort: the positions by their value in `column`, equal ones as they were. */
function stableBy(order: Int32Array, column: Int32Array): Int32Array {
  const values = new Int32Array(order.length);
  let [least, largest] = [Infinity, 0];
  for (let i = 0; i < order.length; i++) {
    const value = (values[i] = column[order[i]!]!);
    if (value > largest) largest = value;
    if (value < least) least = value;
  }
  if (least >= largest) return order; // all alike, as turns mostly are
  if (largest > COUNTED_MAX) return order.slice().sort((a, b) => column[a]! - column[b]!);
  const next = new Int32Array(largest + 2);
  for (let i = 0; i < values.length; i++) next[values[i]! + 1]!++;
  for (let value = 1; value < next.length; value++) next[value]! += next[value - 1]!;
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[values[i]!]!++] = order[i]!;
  return sorted;
}
