/** A quarter of a sample: the values from `low` to `high`, both in it. */
interface Quarter {
  readonly low: number;
  readonly high: number;
}

/**
 * Cuts a sample into four parts of about equal size by value. Equal values stay together, so that parts can differ in
 * size, and there are fewer of them where few values differ; none without values.
 *
 * Part k ends at the value in place ⌈k n / 4⌉ of the sorted sample. Example: 1 … 8 give 1–2, 3–4, 5–6, 7–8.
 */
export function quartersOf(values: Float64Array): Quarter[] {
  const sorted = values.slice().sort();
  const quarters: Quarter[] = [];
  for (let k = 1, from = 0; k <= 4 && from < sorted.length; k++) {
    const place = Math.ceil((k * sorted.length) / 4) - 1;
    if (place < from) continue;
    const high = sorted[place]!;
    quarters.push({ low: sorted[from]!, high });
    while (from < sorted.length && sorted[from]! <= high) from++;
  }
  return quarters;
}

/** The place of a value's quarter; −1 where it lies in none. */
export function quarterOf(quarters: readonly Quarter[], value: number): number {
  return quarters.findIndex(({ low, high }) => value >= low && value <= high);
}
