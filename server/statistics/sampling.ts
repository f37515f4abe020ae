import { type Clusters, clustersOf, crossClusters } from "./clusters.ts";
import { NO_JUDGMENTS, type NotEstimable, ONE_JUDGMENT, ONE_PROMPT, UPPER } from "./estimate.ts";
import { studentTQuantile } from "./special/student-t-quantile.ts";

/** Who judged what: one element a judgment, codes from 0. */
export interface JudgedBy {
  readonly prompts: Int32Array;
  readonly annotators: Int32Array;
  /** One more than the largest code that may occur. */
  readonly promptCount: number;
  readonly annotatorCount: number;
  /** The annotators are these and no sample: a model, or a group's only annotator. */
  readonly fixedAnnotators: boolean;
}

/** What judgments share, and so in which clusters they may lean together. */
export type ClusteredBy = "nothing" | "prompt" | "annotator" | "both";

/** How the judgments of one pair and group hang together: worked out once, used by every interval on them. */
export interface Sampling {
  readonly judgments: number;
  readonly clusteredBy: ClusteredBy;
  readonly fixedAnnotators: boolean;
  readonly prompts: Clusters;
  readonly annotators: Clusters;
  /** Judgments by one annotator on one prompt; null unless both repeat. */
  readonly crossed: Clusters | null;
  /** Degrees of freedom and how many standard errors a 95 % interval reaches, or why there is none. */
  readonly reach: { readonly df: number; readonly quantile: number } | NotEstimable;
}

/**
 * Works out what repeats, and so how an interval must be clustered.
 *
 * Judgments of one prompt lean together because the prompt is easy for one system; judgments of one annotator,
 * because people differ. Where both repeat the clusters cross. Annotators that are fixed (always so where one
 * judged everything) are not a sample: the interval then speaks of other prompts under the same annotators. One
 * annotator judging several turns of a prompt repeats both.
 * @throws RangeError where the columns differ in length or a code is out of range.
 */
export function describeSampling(by: JudgedBy): Sampling {
  if (by.prompts.length !== by.annotators.length) {
    throw new RangeError(`${by.prompts.length} prompts for ${by.annotators.length} annotators of judgments.`);
  }
  const judgments = by.prompts.length;
  const prompts = clustersOf(by.prompts, by.promptCount);
  const annotators = clustersOf(by.annotators, by.annotatorCount);
  const fixedAnnotators = by.fixedAnnotators || (annotators.count === 1 && judgments > 1);
  const promptsRepeat = prompts.count < judgments;
  const annotatorsRepeat = !fixedAnnotators && annotators.count < judgments;
  const clusteredBy = nameClusters(promptsRepeat, annotatorsRepeat);
  const crossed = clusteredBy === "both" ? crossClusters(prompts, annotators) : null;
  const sampling = { judgments, clusteredBy, fixedAnnotators, prompts, annotators, crossed };
  return { ...sampling, reach: reachOf(sampling) };
}

/** Number of independent pieces that the judgments fall into: of the kind that has fewer, where two repeat. */
function clusterCount(sampling: Omit<Sampling, "reach">): number {
  const { judgments, prompts, annotators } = sampling;
  const counts = {
    nothing: judgments,
    prompt: prompts.count,
    annotator: annotators.count,
    both: Math.min(prompts.count, annotators.count),
  };
  return counts[sampling.clusteredBy];
}

function nameClusters(promptsRepeat: boolean, annotatorsRepeat: boolean): ClusteredBy {
  if (promptsRepeat) return annotatorsRepeat ? "both" : "prompt";
  return annotatorsRepeat ? "annotator" : "nothing";
}

function reachOf(sampling: Omit<Sampling, "reach">): Sampling["reach"] {
  if (sampling.judgments === 0) return { notEstimable: NO_JUDGMENTS };
  if (sampling.judgments === 1) return { notEstimable: ONE_JUDGMENT };
  if (sampling.prompts.count === 1) return { notEstimable: ONE_PROMPT };
  const df = clusterCount(sampling) - 1; // at least 1: a single annotator is fixed
  return { df, quantile: studentTQuantile(UPPER, df) };
}
