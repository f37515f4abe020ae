import { type NotEstimable, ONE_PROMPT } from "./estimate.ts";
import { inverseInformation, type Maximum } from "./newton.ts";
import type { PairModel } from "./pair-model.ts";
import { type Cells, countCells } from "./paired-counts.ts";
import { clusterCells, type ClusteredCells, type Outer, outerOfScores, scoresAt } from "./paired-scores.ts";
import type { Sampling } from "./sampling.ts";

/** The error of one system's log strength, with the degrees of freedom of its interval, or why it cannot be had. */
export type StrengthError = { standardError: number; df: number } | NotEstimable;

export const NOTHING_VARIES = "nothing varies between its prompts or its annotators";

/** Below this share of the variance that the model itself expects, a variance is rounding. */
const NOTHING = 1e-20;

/** Judgments in cells, and sorted by what repeats among them; null where that is not sampled or does not repeat. */
export interface SampledCells {
  readonly cells: Cells;
  readonly prompts: ClusteredCells;
  readonly annotators: ClusteredCells | null;
  readonly crossed: ClusteredCells | null;
}

/** Sorts judgments as their sampling says; once for all models. */
export function sampleCells(
  cells: Cells,
  { clusteredBy, prompts, annotators, crossed }: Sampling,
): SampledCells {
  const areAnnotatorsSampled = clusteredBy === "annotator" || clusteredBy === "both";
  return {
    cells,
    prompts: clusterCells(cells, prompts),
    annotators: areAnnotatorsSampled ? clusterCells(cells, annotators) : null,
    crossed: crossed === null ? null : clusterCells(cells, crossed),
  };
}

/**
 * How far off may each log strength be, judgments leaning together within prompts and within annotators?
 *
 * A judgment moves the fit by H⁺u: u its score (outcome less expectation, +1 and −1 times, for the two systems), H the
 * information, H⁺ its pseudo-inverse, so that strengths count from their mean. V = H⁺ G H⁺ with G = Σ_c U_c U_cᵀ, U_c
 * the scores of cluster c added up. Where both prompts and annotators repeat, a system's variance is V_prompt +
 * V_annotator − V_crossed, never less than either of the first two. Each carries the factor C/(C − 1), and an interval
 * has min C − 1 degrees of freedom, C being the clusters in which this system was judged: a system seen on five prompts
 * is known from five prompts, however many the others have. Needs no assumption on the outcomes but that clusters are
 * independent. Source: as sandwich.ts; for strengths W.-L. Chiang and others, arXiv 2403.04132, who take each judgment
 * for a cluster.
 * Edges, each for one system: refused with one prompt, and where the scores cancel in every cluster, as with nothing
 * but ties; with one annotator of several this annotator is fixed, and prompts alone speak.
 */
export function strengthErrors(model: PairModel, sampled: SampledCells, fit: Maximum): StrengthError[] {
  const { cells, prompts, annotators, crossed } = sampled;
  const systems = Array.from({ length: cells.systems }, (_, system) => system);
  const inverted = inverseInformation(model, countCells(cells), fit.parameters);
  if (inverted === null) return systems.map(() => ({ notEstimable: "too few digits are left" }));
  const scores = scoresAt(model, cells, fit.parameters);
  const by = (clustered: ClusteredCells) => variances(outerOfScores(cells, clustered, scores), inverted);
  const byPrompt = by(prompts);
  const byAnnotator = annotators === null ? [] : by(annotators);
  const byBoth = crossed === null ? [] : by(crossed);
  const size = fit.parameters.length;
  return systems.map((system) => {
    if (byPrompt[system]!.clusters < 2) return { notEstimable: ONE_PROMPT };
    const { variance, clusters } = combined(byPrompt[system]!, byAnnotator[system], byBoth[system]);
    if (variance <= NOTHING * inverted[system * size + system]!) return { notEstimable: NOTHING_VARIES };
    return { standardError: Math.sqrt(variance), df: clusters - 1 };
  });
}

interface OneWay {
  readonly variance: number;
  readonly clusters: number;
}

/** As twoWayVariance in sandwich.ts, for one system. */
function combined(prompt: OneWay, annotator: OneWay | undefined, crossed: OneWay | undefined): OneWay {
  if (annotator === undefined || annotator.clusters < 2) return prompt;
  if (crossed === undefined) return annotator;
  const both = prompt.variance + annotator.variance - crossed.variance;
  return {
    variance: Math.max(both, prompt.variance, annotator.variance),
    clusters: Math.min(prompt.clusters, annotator.clusters),
  };
}

/** By system the variance of its strength under one clustering, and the number of its clusters. */
function variances({ matrix, size, judgedIn }: Outer, inverted: Float64Array): OneWay[] {
  return Array.from(judgedIn, (clusters, system) => {
    if (clusters < 2) return { clusters, variance: 0 };
    const row = inverted.subarray(system * size, (system + 1) * size);
    return { clusters, variance: (clusters / (clusters - 1)) * quadratic(row, matrix) };
  });
}

/** xᵀ M x. */
function quadratic(x: Float64Array, matrix: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    let inner = 0;
    for (let j = 0; j < x.length; j++) inner += matrix[i * x.length + j]! * x[j]!;
    sum += x[i]! * inner;
  }
  return sum;
}
