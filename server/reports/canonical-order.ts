import type { JudgmentRows } from "./columns.ts";

/** Above this value a column is sorted by comparing: counting would need a table as long as the value. */
const COUNTED_MAX = 1 << 22;

/**
 * Positions of the rows in the order low, high, prompt, turn, annotator. An annotator has one counted
 * judgment of a comparison, so this order is the same for the same judgments, however they were stored:
 * sums of floating-point numbers over it agree to the last bit. Time grows with the number of rows.
 */
export function canonicalOrder(rows: JudgmentRows): Int32Array {
  let order = Int32Array.from({ length: rows.count }, (_, i) => i);
  for (const column of [rows.annotator, rows.turn, rows.prompt, rows.high, rows.low]) {
    order = stableBy(order, column); // least significant first
  }
  return order;
}

/** One pass of a radix sort: the positions by their value in `column`, equal ones as they were. */
function stableBy(order: Int32Array<ArrayBuffer>, column: Int32Array): Int32Array<ArrayBuffer> {
  let largest = 0;
  for (const position of order) largest = Math.max(largest, column[position]!);
  if (largest > COUNTED_MAX) return order.sort((a, b) => column[a]! - column[b]!);
  const next = new Int32Array(largest + 2);
  for (const position of order) next[column[position]! + 1]!++;
  for (let value = 1; value < next.length; value++) next[value]! += next[value - 1]!;
  const sorted = new Int32Array(order.length);
  for (const position of order) sorted[next[column[position]!]!++] = position;
  return sorted;
}
