import type { Clusters } from "./clusters.ts";
import { type NotEstimable, ONE_JUDGMENT, ONE_PROMPT } from "./estimate.ts";
import type { Sampling } from "./sampling.ts";

/**
 * Variance of an estimate whose errors lean together within clusters.
 *
 * `influence[i]` is how far judgment i moves the estimate; for a mean of n scores it is (score − mean) / n. The
 * influences of a cluster are added before they are squared: C/(C − 1) Σ_c (Σ_{i in c} influence_i)². Assumes
 * that clusters are independent; says nothing of what happens inside them. It can be smaller than the variance
 * that ignores clusters, where the judgments of a cluster differ more than judgments at large.
 * Source: the sandwich estimator CR0 (K.-Y. Liang and S. Zeger, Biometrika 73, 1986) with the factor for a finite
 * number of clusters; for evaluations of language models E. Miller, arXiv 2411.00640.
 * Example: scores 0 … 19 in clusters i mod 4: √variance = 0.645. Edge: one cluster is refused, not 0.
 */
export function clusteredVariance(influence: Float64Array, clusters: Clusters): number | NotEstimable {
  if (clusters.count < 2) return { notEstimable: "only one cluster" };
  return (clusters.count / (clusters.count - 1)) * sumOfSquares(influence, clusters);
}

/** The same where every judgment is a cluster of its own: n/(n − 1) Σ influence². */
export function unclusteredVariance(influence: Float64Array): number | NotEstimable {
  const n = influence.length;
  if (n < 2) return { notEstimable: ONE_JUDGMENT };
  let sum = 0;
  for (let i = 0; i < n; i++) sum += influence[i]! * influence[i]!;
  return (n / (n - 1)) * sum;
}

/**
 * Variance where clusters cross: judgments share prompts and, independently, annotators.
 *
 * V_prompt + V_annotator − V_crossed, each with the factor for its own number of clusters; what a prompt and an
 * annotator have in common would be counted twice without the last term. The difference of estimates can fall
 * below either of them by chance, even below 0, so it is never taken as less than the larger one-way variance.
 * Source: A. C. Cameron, J. Gelbach and D. Miller, Journal of Business & Economic Statistics 29 (2011); the floor
 * is this product's choice.
 */
export function twoWayVariance(
  influence: Float64Array,
  { prompts, annotators, crossed }: { prompts: Clusters; annotators: Clusters; crossed: Clusters },
): number | NotEstimable {
  const byPrompt = clusteredVariance(influence, prompts);
  const byAnnotator = clusteredVariance(influence, annotators);
  const byBoth = clusteredVariance(influence, crossed);
  if (typeof byPrompt !== "number") return { notEstimable: ONE_PROMPT };
  if (typeof byAnnotator !== "number") return { notEstimable: "only one annotator" };
  if (typeof byBoth !== "number") return byBoth;
  return Math.max(byPrompt + byAnnotator - byBoth, byPrompt, byAnnotator);
}

/** The variance that fits what repeats among the judgments. */
export function samplingVariance(influence: Float64Array, sampling: Sampling): number | NotEstimable {
  const { prompts, annotators, crossed } = sampling;
  if (influence.length !== sampling.judgments) {
    throw new RangeError(`${influence.length} influences for ${sampling.judgments} judgments.`);
  }
  if (crossed !== null) return twoWayVariance(influence, { prompts, annotators, crossed });
  if (sampling.clusteredBy === "prompt") return clusteredVariance(influence, prompts);
  if (sampling.clusteredBy === "annotator") return clusteredVariance(influence, annotators);
  return unclusteredVariance(influence);
}

/** Σ_c (Σ_{i in c} influence_i)², in the order of the clusters' numbers. */
function sumOfSquares(influence: Float64Array, { count, code }: Clusters): number {
  const sums = new Float64Array(count);
  for (let i = 0; i < influence.length; i++) sums[code[i]!]! += influence[i]!;
  let total = 0;
  for (let c = 0; c < count; c++) total += sums[c]! * sums[c]!;
  return total;
}
