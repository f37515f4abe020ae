import { REASONS } from "../../contract/reasons.ts";
import { isRefused, type NotEstimable } from "../estimate.ts";
import { inverseInformation, type Maximum } from "./newton.ts";
import type { PairModel } from "./pair-model.ts";
import { type Cells, countCells } from "../judgments/paired-counts.ts";
import {
  clusterCells,
  type ClusteredCells,
  type Outer,
  outerOfScores,
  scoresAt,
} from "../judgments/paired-scores.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { type MeasuredVariance, measuredVariance, type OneWay } from "../intervals/two-way.ts";

/** The error of one system's log strength, with the degrees of freedom of its interval, or why it cannot be had. */
export type StrengthError = { standardError: number; df: number } | NotEstimable;

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
 * the scores of cluster c added up. Where both prompts and annotators repeat, a system's variance and its degrees of
 * freedom are those of `measuredVariance`; else an interval has C − 1. Each part carries the factor C/(C − 1), C being the
 * clusters in which this system was judged: a system seen on five prompts is known from five prompts, however many the
 * others have. Needs no assumption on the outcomes but that clusters are
 * independent. Source: as sandwich.ts; for strengths W.-L. Chiang and others, arXiv 2403.04132, who take each judgment
 * for a cluster.
 * Edges, each for one system: refused with one prompt, and where the scores cancel in every cluster, as with nothing
 * but ties; with one annotator of several this annotator is fixed, and prompts alone speak.
 */
export function strengthErrors(model: PairModel, sampled: SampledCells, fit: Maximum): StrengthError[] {
  const { cells, prompts, annotators, crossed } = sampled;
  const systems = Array.from({ length: cells.systems }, (_, system) => system);
  const inverted = inverseInformation(model, countCells(cells), fit.parameters);
  if (inverted === null) return systems.map(() => ({ notEstimable: REASONS.noDigits }));
  const scores = scoresAt(model, cells, fit.parameters);
  const by = (clustered: ClusteredCells) => variances(outerOfScores(cells, clustered, scores), inverted);
  const byPrompt = by(prompts);
  const byAnnotator = annotators === null ? [] : by(annotators);
  const byBoth = crossed === null ? [] : by(crossed);
  const size = fit.parameters.length;
  return systems.map((system) => {
    if (byPrompt[system]!.clusters < 2) return { notEstimable: REASONS.onePrompt };
    const measured = combined(byPrompt[system]!, byAnnotator[system], byBoth[system]);
    if (isRefused(measured) || measured.variance <= NOTHING * inverted[system * size + system]!) {
      return { notEstimable: REASONS.nothingVariesWithin };
    }
    return { standardError: Math.sqrt(measured.variance), df: measured.df };
  });
}

/** As samplingVariance in sandwich.ts, for one system. */
function combined(
  prompts: OneWay,
  annotators: OneWay | undefined,
  crossed: OneWay | undefined,
): MeasuredVariance | NotEstimable {
  const isSampled = annotators !== undefined && annotators.clusters > 1;
  if (!isSampled || crossed === undefined)
    return measuredVariance({ main: isSampled ? annotators : prompts, annotators: null, crossed: 0 });
  return measuredVariance({ main: prompts, annotators, crossed: crossed.variance });
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
