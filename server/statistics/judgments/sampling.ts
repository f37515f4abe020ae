import { REASONS } from "../../contract/reasons.ts";
import { type Clusters, clustersOf, crossClusters } from "./clusters.ts";
import type { NotEstimable } from "../estimate.ts";

/** Who judged what: one element a judgment, codes from 0. */
interface JudgedBy {
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
  /** Why no variance can be had, whatever was judged; null where one may. */
  readonly refused: NotEstimable | null;
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
  const refused = whyRefused(judgments, prompts);
  return { judgments, clusteredBy, fixedAnnotators, prompts, annotators, crossed, refused };
}

/** The same judgments where the annotators are these and no sample: prompts alone may repeat. */
export const ofTheseAnnotators = (sampling: Sampling): Sampling => ({
  ...sampling,
  fixedAnnotators: true,
  clusteredBy: nameClusters(sampling.prompts.count < sampling.judgments, false),
  crossed: null,
});

/**
 * Degrees of freedom where at most one kind repeats: independent pieces that the judgments fall into, less one. Where
 * prompts and annotators both repeat they hang on what was judged, see two-way.ts.
 */
export function dfOf({ clusteredBy, judgments, prompts, annotators }: Sampling): number {
  if (clusteredBy === "nothing") return judgments - 1;
  return (clusteredBy === "annotator" ? annotators : prompts).count - 1; // at least 1: a single annotator is fixed
}

function nameClusters(promptsRepeat: boolean, annotatorsRepeat: boolean): ClusteredBy {
  if (promptsRepeat) return annotatorsRepeat ? "both" : "prompt";
  return annotatorsRepeat ? "annotator" : "nothing";
}

function whyRefused(judgments: number, prompts: Clusters): NotEstimable | null {
  if (judgments === 0) return { notEstimable: REASONS.noJudgments };
  if (judgments === 1) return { notEstimable: REASONS.oneJudgment };
  return prompts.count === 1 ? { notEstimable: REASONS.onePrompt } : null;
}
