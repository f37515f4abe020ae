/** Means of which nobody can tell whether they differ: far above what adding up rounds. */
const SAME = 1e-9;

/** A weighted mean of prompts: the mean score of each, 0 to 1, and what each weighs, above 0. */
interface WeightedPrompts {
  readonly means: Float64Array;
  readonly weights: ArrayLike<number>;
}

/**
 * What each prompt does to the weighted mean of at least two: the mean less that of the others, exactly.
 *
 * With θ the mean and W all weight, θ − θ₋p = w_p (m_p − θ) / (W − w_p). Example: prompts with means 1, 1 and ½ of equal
 * weight: 1/12 for either of the first, −1/6 for the last.
 * @returns one number for each prompt, −1 to 1
 */
export function promptInfluence({ means, weights }: WeightedPrompts): Float64Array {
  let [total, sum] = [0, 0];
  for (let p = 0; p < means.length; p++) {
    total += weights[p]!;
    sum += weights[p]! * means[p]!;
  }
  const value = sum / total;
  return means.map((mean, p) => (weights[p]! * (mean - value)) / (total - weights[p]!));
}

interface Pulls {
  /** The side of one half on which the mean is; 0: neither. */
  readonly side: -1 | 0 | 1;
  /** Prompts in the order in which they are left out: those that pull most towards that side first, equals as given. */
  readonly order: Int32Array;
  /** How many must be left out until the mean of the others reaches one half; null: while any is left it does not. */
  readonly toHalf: number | null;
  /** Whether a prompt after the first `count` pulls as much as the last of these. */
  readonly isShared: (count: number) => boolean;
}

/**
 * In which order prompts carry a weighted mean to its side of one half, and the fewest that do.
 *
 * A prompt pulls by w (m − ½), and the mean is above one half exactly where the pulls add up to more than 0. Of all sets of k
 * prompts the k strongest leave the least, so `toHalf` is the smallest size that any set can have, whatever the weights.
 * Source: the idea is that of T. Broderick, R. Giordano and R. Meager, arXiv 2011.14999, who approximate the effect of
 * leaving observations out; for a mean it is exact.
 */
export function promptPulls({ means, weights }: WeightedPrompts): Pulls {
  const count = means.length;
  const pulls = means.map((mean, p) => weights[p]! * (mean - 0.5));
  const [sum, total] = [added(pulls), added(weights)];
  const side = Math.abs(sum) <= SAME * total ? 0 : sum > 0 ? 1 : -1;
  const order = Int32Array.from(means, (_, p) => p).sort((a, b) => side * (pulls[b]! - pulls[a]!) || a - b);
  let toHalf: number | null = null;
  let left = side * sum;
  for (let k = 1; k < count && toHalf === null; k++) {
    left -= side * pulls[order[k - 1]!]!;
    if (left <= SAME * total) toHalf = k;
  }
  const isShared = (taken: number) =>
    taken < count && Math.abs(pulls[order[taken - 1]!]! - pulls[order[taken]!]!) <= SAME;
  return { side, order, toHalf: side === 0 ? null : toHalf, isShared };
}

function added(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!;
  return sum;
}
