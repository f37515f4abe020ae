import { type Clusters, clustersOf } from "../judgments/clusters.ts";
import type { Sampling } from "../judgments/sampling.ts";

/** What one annotator judged of one prompt, as one: the mean of its scores and the sum of its weights. */
export interface Cells {
  readonly count: number;
  readonly score: Float64Array;
  readonly weight: Float64Array;
  readonly prompts: Clusters;
  readonly annotators: Clusters;
}

/** Judgments as cells of the table of prompts and annotators. */
export function cellsOf(given: { scores: Float64Array; weights: Float64Array; sampling: Sampling }): Cells {
  const { scores, weights, sampling } = given;
  const { prompts, annotators, crossed } = sampling;
  if (crossed === null || crossed.count === scores.length)
    return { count: scores.length, score: scores, weight: weights, prompts, annotators };
  const { count, code, size } = crossed;
  const [score, weight] = [new Float64Array(count), new Float64Array(count)];
  const [prompt, annotator] = [new Int32Array(count), new Int32Array(count)];
  for (let i = 0; i < scores.length; i++) {
    const cell = code[i]!;
    score[cell]! += scores[i]! / size[cell]!;
    weight[cell]! += weights[i]!;
    prompt[cell] = prompts.code[i]!;
    annotator[cell] = annotators.code[i]!;
  }
  return {
    ...{ count, score, weight },
    prompts: clustersOf(prompt, prompts.count),
    annotators: clustersOf(annotator, annotators.count),
  };
}
