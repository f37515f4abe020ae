/**
 * What prompts contribute to figures that are made of sums: row p has what prompt p adds to each of `width` sums. A
 * study with other prompts, or with some of them twice, is then other rows added up, whatever the judgments were.
 */
export interface PromptSums {
  readonly width: number;
  readonly prompts: number;
  /** Row by row; column 0 counts units, and is above 0 in the row of every prompt that takes part. */
  readonly values: Float64Array;
}

export function emptySums(prompts: number, width: number): PromptSums {
  return { width, prompts, values: new Float64Array(prompts * width) };
}

/** The rows of the prompts that take part. */
export function takingPart({ width, prompts, values }: PromptSums): PromptSums {
  const kept = new Float64Array(values.length);
  let count = 0;
  for (let p = 0; p < prompts; p++) {
    if (values[p * width]! > 0) kept.set(values.subarray(p * width, (p + 1) * width), width * count++);
  }
  return { width, prompts: count, values: kept.slice(0, width * count) };
}

export function totals({ width, values }: PromptSums): Float64Array {
  const sums = new Float64Array(width);
  for (let at = 0; at < values.length; at += width) {
    for (let k = 0; k < width; k++) sums[k]! += values[at + k]!;
  }
  return sums;
}

/**
 * At most `most` bundles of prompts, dealt out one by one in the order of the rows. Independent prompts make
 * independent bundles, so bundles may be resampled in the place of prompts; the standard error that they give is off
 * by about 1/√(2 · bundles), less than 1,000 resamples leave it uncertain. Source: random groups, K. Wolter,
 * Introduction to Variance Estimation (2007), chapter 2.
 */
export function bundled(sums: PromptSums, most: number): PromptSums {
  if (sums.prompts <= most) return sums;
  const { width } = sums;
  const bundles = emptySums(most, width);
  for (let p = 0; p < sums.prompts; p++) {
    const to = (p % most) * width;
    for (let k = 0; k < width; k++) bundles.values[to + k]! += sums.values[p * width + k]!;
  }
  return bundles;
}

/**
 * The sums of studies with other prompts: for each of them the rows added up as often as `drawn` says, row by row.
 * `drawn` has a line for each study, in it how often each row is drawn.
 */
export function resampledSums({ width, prompts, values }: PromptSums, drawn: Uint16Array): Float64Array {
  const resamples = drawn.length / prompts;
  const sums = new Float64Array(resamples * width);
  const column = new Float64Array(prompts);
  for (let k = 0; k < width; k++) {
    for (let p = 0; p < prompts; p++) column[p] = values[p * width + k]!;
    for (let r = 0; r < resamples; r++) sums[r * width + k] = weightedSum(column, drawn, r * prompts);
  }
  return sums;
}

/** Four sums side by side, so that no addition waits for the one before it. */
function weightedSum(column: Float64Array, drawn: Uint16Array, from: number): number {
  let [a, b, c, d, p] = [0, 0, 0, 0, 0];
  for (; p + 3 < column.length; p += 4) {
    a += column[p]! * drawn[from + p]!;
    b += column[p + 1]! * drawn[from + p + 1]!;
    c += column[p + 2]! * drawn[from + p + 2]!;
    d += column[p + 3]! * drawn[from + p + 3]!;
  }
  for (; p < column.length; p++) a += column[p]! * drawn[from + p]!;
  return a + b + (c + d);
}
