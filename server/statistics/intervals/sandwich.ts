import { REASONS } from "../../contract/reasons.ts";
import type { Clusters } from "../judgments/clusters.ts";
import { isRefused, type NotEstimable } from "../estimate.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { type MeasuredVariance, measuredVariance, type OneWay, type VarianceParts } from "./two-way.ts";
import { ofUneven } from "./uneven-clusters.ts";

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
 * @internal
 */
export function clusteredVariance(influence: Float64Array, clusters: Clusters): number | NotEstimable {
  if (clusters.count < 2) return { notEstimable: REASONS.oneCluster };
  return (clusters.count / (clusters.count - 1)) * sumOfSquares(influence, clusters);
}

/** The same where every judgment is a cluster of its own: n/(n − 1) Σ influence². */
export function unclusteredVariance(influence: Float64Array): number | NotEstimable {
  const n = influence.length;
  if (n < 2) return { notEstimable: REASONS.oneJudgment };
  let sum = 0;
  for (let i = 0; i < n; i++) sum += influence[i]! * influence[i]!;
  return (n / (n - 1)) * sum;
}

/**
 * The variance that fits what repeats among the judgments, with its degrees of freedom: see two-way.ts.
 * Of judgments whose sampling is not refused it is refused for one reason alone: nothing varies.
 * @throws RangeError where the influences are not as many as the judgments
 */
export function samplingVariance(
  influence: Float64Array,
  sampling: Sampling,
): MeasuredVariance | NotEstimable {
  const parts = varianceParts(influence, sampling);
  return isRefused(parts) ? parts : measuredVariance(parts);
}

/** The parts of that variance. @throws RangeError as samplingVariance */
export function varianceParts(influence: Float64Array, sampling: Sampling): VarianceParts | NotEstimable {
  if (influence.length !== sampling.judgments) {
    throw new RangeError(`${influence.length} influences for ${sampling.judgments} judgments.`);
  }
  const main = mainPart(influence, sampling);
  if (isRefused(main)) return main;
  if (sampling.crossed === null) return { main, annotators: null, crossed: 0 };
  const annotators = annotatorsPart(influence, sampling.annotators);
  if (isRefused(annotators)) return annotators;
  const crossed = clusteredPart(influence, sampling.crossed);
  return isRefused(crossed) ? crossed : { main, annotators, crossed: crossed.variance };
}

/**
 * The same where the annotators of some judgments alone are a sample, those of the others being fixed (a model beside
 * people): V_p over all judgments, and what the sampled annotators add, over theirs alone.
 * @param sampled the places of their judgments, and how these hang together
 * @throws RangeError as samplingVariance
 */
export function partlySampledVariance(
  influence: Float64Array,
  all: Sampling,
  sampled: { at: Int32Array; sampling: Sampling },
): MeasuredVariance | NotEstimable {
  const { clusteredBy, prompts, annotators, crossed } = sampled.sampling;
  const main = clusteredPart(influence, all.prompts);
  if (isRefused(main)) return main;
  const own = Float64Array.from(sampled.at, (place) => influence[place]!);
  const repeats = clusteredBy === "annotator" || clusteredBy === "both";
  const byAnnotator = repeats ? annotatorsPart(own, annotators) : null;
  const byBoth = repeats ? clusteredPart(own, crossed ?? prompts) : null; // or every judgment on a prompt of its own
  if (byAnnotator === null || byBoth === null || isRefused(byAnnotator) || isRefused(byBoth))
    return measuredVariance({ main, annotators: null, crossed: 0 });
  return measuredVariance({ main, annotators: byAnnotator, crossed: byBoth.variance });
}

/** By prompts where these are not all that repeats. */
function mainPart(influence: Float64Array, sampling: Sampling): OneWay | NotEstimable {
  const { clusteredBy, judgments, prompts, annotators } = sampling;
  if (clusteredBy === "annotator") return annotatorsPart(influence, annotators);
  if (clusteredBy !== "nothing") return clusteredPart(influence, prompts);
  const variance = unclusteredVariance(influence);
  return typeof variance === "number" ? { variance, clusters: judgments } : variance;
}

function clusteredPart(influence: Float64Array, clusters: Clusters): OneWay | NotEstimable {
  const variance = clusteredVariance(influence, clusters);
  return typeof variance === "number" ? { variance, clusters: clusters.count } : variance;
}

/** Annotators are few, and one may have judged far more than another. */
function annotatorsPart(influence: Float64Array, clusters: Clusters): OneWay | NotEstimable {
  const part = clusteredPart(influence, clusters);
  return isRefused(part) ? part : ofUneven(part, clusters.size);
}

/** Σ_c (Σ_{i in c} influence_i)², in the order of the clusters' numbers. */
function sumOfSquares(influence: Float64Array, { count, code }: Clusters): number {
  const sums = new Float64Array(count);
  for (let i = 0; i < influence.length; i++) sums[code[i]!]! += influence[i]!;
  let total = 0;
  for (let c = 0; c < count; c++) total += sums[c]! * sums[c]!;
  return total;
}
