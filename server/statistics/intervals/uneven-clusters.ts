import type { OneWay } from "./two-way.ts";

/**
 * The variance between clusters of which some are larger than others, from the one that takes them for even.
 *
 * A mean follows its largest clusters, so that it lies near them however much clusters differ: Σ_c (Σ_{i in c} influence_i)²
 * is then too small by more than C/(C − 1), and it rests on fewer than C numbers. With W_c the share of the judgments in
 * cluster c and S_k = Σ W_c^k, and clusters that differ in their scores by a variance, the sum is a quadratic form with the
 * matrix M = (I − W1ᵀ) diag(W²) (I − 1Wᵀ): its expectation is tr M = S_2 − 2 S_3 + S_2² times that variance, where the
 * mean itself has S_2; and by Satterthwaite it has (tr M)² / tr M² degrees of freedom. So the factor is S_2 / tr M in place of
 * C/(C − 1), and the clusters are worth 1 + df.
 * Assumes that the shares of judgments are about the weights in the mean. Sources: R. Bell and D. McCaffrey, Survey Methodology
 * 28 (2002) 169; G. Imbens and M. Kolesár, Review of Economics and Statistics 98 (2016) 701. Examples: clusters of one size
 * stay as they are; three with 100, 10 and 10 judgments have the factor 14.07 and are worth 2.31.
 * @param part with the factor C/(C − 1), C at least two
 * @param sizes how many judgments each cluster has; zeros are none
 */
export function ofUneven(part: OneWay, sizes: ArrayLike<number>): OneWay {
  return withUnevenness(part, unevennessOf(sizes));
}

/** What makes the variance of `ofUneven` out of that of even clusters. */
export interface Unevenness {
  readonly factor: number;
  readonly even: number;
  readonly clusters: number;
}

/** The part of `ofUneven` that hangs on the sizes alone: worked out once for many variances. */
export function unevennessOf(sizes: ArrayLike<number>): Unevenness {
  let [count, judgments] = [0, 0];
  for (let c = 0; c < sizes.length; c++) {
    if (sizes[c]! > 0) count++;
    judgments += sizes[c]!;
  }
  const sum = (power: number) => {
    let total = 0;
    for (let c = 0; c < sizes.length; c++) if (sizes[c]! > 0) total += (sizes[c]! / judgments) ** power;
    return total;
  };
  const [s2, s3, s4, s5] = [sum(2), sum(3), sum(4), sum(5)];
  const trace = s2 - 2 * s3 + s2 * s2;
  const ofSquare = s4 - 4 * s5 + 2 * s3 * s3 + 4 * s2 * s4 - 4 * s2 * s2 * s3 + s2 ** 4;
  const df = Math.min(Math.max((trace * trace) / ofSquare, 1), count - 1);
  return { factor: s2 / trace, even: count / (count - 1), clusters: 1 + df };
}

/** The variance between uneven clusters, from `part` as `ofUneven` takes it. */
export function withUnevenness({ variance }: OneWay, { factor, even, clusters }: Unevenness): OneWay {
  return { variance: (variance * factor) / even, clusters };
}
