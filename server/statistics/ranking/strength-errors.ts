import { REASONS } from "../../contract/reasons.ts";
import { isRefused, type NotEstimable } from "../estimate.ts";
import { inverseInformation, type Maximum } from "./newton.ts";
import type { PairModel } from "./pair-model.ts";
import type { Clusters } from "../judgments/clusters.ts";
import { type Cells, countCells, OUTCOMES } from "../judgments/paired-counts.ts";
import {
  clusterCells,
  type ClusteredCells,
  type Outer,
  outerOfScores,
  scoresAt,
} from "../judgments/paired-scores.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { type MeasuredVariance, measuredVariance, type OneWay } from "../intervals/two-way.ts";
import { type Unevenness, unevennessOf, withUnevenness } from "../intervals/uneven-clusters.ts";

/** The error of one system's log strength, with the degrees of freedom of its interval, or why it cannot be had. */
export type StrengthError = { standardError: number; df: number } | NotEstimable;

/** Below this share of the variance that the model itself expects, a variance is rounding. */
const NOTHING = 1e-12;

/** Judgments in cells, and sorted by what repeats among them; null where that is not sampled or does not repeat. */
export interface SampledCells {
  readonly cells: Cells;
  readonly prompts: ClusteredCells;
  readonly annotators: ClusteredCells | null;
  /** How unevenly annotators judged each system, by its number; null as `annotators`. */
  readonly ofAnnotators: readonly Unevenness[] | null;
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
    ofAnnotators: areAnnotatorsSampled ? unevennessBySystem(cells, annotators) : null,
    crossed: crossed === null ? null : clusterCells(cells, crossed),
  };
}

function unevennessBySystem({ systems, low, high, code }: Cells, annotators: Clusters): Unevenness[] {
  const sizes = Array.from({ length: systems }, () => new Int32Array(annotators.count));
  for (let i = 0; i < code.length; i++) {
    const pair = Math.trunc(code[i]! / OUTCOMES);
    sizes[low[pair]!]![annotators.code[i]!]!++;
    sizes[high[pair]!]![annotators.code[i]!]!++;
  }
  return sizes.map(unevennessOf);
}

/** The errors of log strengths, and what gives that of the difference of two of them. */
export interface StrengthErrors {
  readonly errors: StrengthError[];
  /**
   * The error of one log strength less another: as for one system, V_ii + V_jj − 2 V_ij by each clustering, with the
   * clusters of the one whose are worth less. The same for (other, one).
   */
  readonly ofDifference: (one: number, other: number) => StrengthError;
}

/**
 * How far off may each log strength be, judgments leaning together within prompts and within annotators?
 *
 * A judgment moves the fit by H⁺u: u its score (outcome less expectation, +1 and −1 times, for the two systems), H the
 * information, H⁺ its pseudo-inverse, so that strengths count from their mean. V = H⁺ G H⁺ with G = Σ_c U_c U_cᵀ, U_c
 * the scores of cluster c added up. Where both prompts and annotators repeat, a system's variance and its degrees of
 * freedom are those of `measuredVariance`; else an interval has C − 1. Each part carries the factor C/(C − 1), that of
 * annotators as uneven-clusters.ts corrects it, C being the clusters in which this system was judged: a system seen on five prompts is known from five prompts, however many the
 * others have. Needs no assumption on the outcomes but that clusters are
 * independent. Source: as sandwich.ts; for strengths W.-L. Chiang and others, arXiv 2403.04132, who take each judgment
 * for a cluster.
 * Edges, each for one system: refused with one prompt, and where the scores cancel in every cluster, as with nothing
 * but ties; with one annotator of several this annotator is fixed, and prompts alone speak.
 */
export function errorsOfStrengths(model: PairModel, sampled: SampledCells, fit: Maximum): StrengthErrors {
  const { cells, prompts, annotators, crossed } = sampled;
  const systems = Array.from({ length: cells.systems }, (_, system) => system);
  const inverted = inverseInformation(model, countCells(cells), fit.parameters);
  if (inverted === null) {
    const refused = { notEstimable: REASONS.noDigits };
    return { errors: systems.map(() => refused), ofDifference: () => refused };
  }
  const scores = scoresAt(model, cells, fit.parameters);
  const by = (clustered: ClusteredCells, uneven: Spread["uneven"] = null) => ({
    ...spreadOf(outerOfScores(cells, clustered, scores), inverted),
    uneven,
  });
  const byPrompt = by(prompts);
  const byAnnotator = annotators === null ? null : by(annotators, sampled.ofAnnotators);
  const byBoth = crossed === null ? null : by(crossed);
  const modelled = { covariance: inverted, size: fit.parameters.length };
  const errorOf = (one: number, other?: number): StrengthError => {
    const main = varianceOf(byPrompt, one, other);
    if (main.clusters < 2) return { notEstimable: REASONS.onePrompt };
    const rest = [byAnnotator, byBoth].map((spread) => spread && varianceOf(spread, one, other));
    const measured = combined(main, rest[0] ?? undefined, rest[1] ?? undefined);
    if (isRefused(measured) || measured.variance <= NOTHING * contrast(modelled, one, other))
      return { notEstimable: REASONS.nothingVariesWithin };
    return { standardError: Math.sqrt(measured.variance), df: measured.df };
  };
  return { errors: systems.map((system) => errorOf(system)), ofDifference: errorOf };
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

interface Covariance {
  /** By row and column. */
  readonly covariance: Float64Array;
  readonly size: number;
}

/** Covariances of log strengths under one clustering, without the factor for the number of clusters. */
interface Spread extends Covariance {
  readonly judgedIn: Int32Array;
  /** By system, where clusters may be uneven. */
  readonly uneven: readonly Unevenness[] | null;
}

/** H⁺ G H⁺. */
function spreadOf({ matrix, size, judgedIn }: Outer, inverted: Float64Array): Omit<Spread, "uneven"> {
  return { covariance: product(product(inverted, matrix, size), inverted, size), size, judgedIn };
}

/** Two numbers of clusters that differ by less are the same but for rounding. */
const SAME_WORTH = 1e-9;

/**
 * With two systems by the clusters of the one whose are worth less; where they are worth the same, as those of two annotators
 * always are, the larger variance: whichever system is named first.
 */
function varianceOf(spread: Spread, one: number, other = one): OneWay {
  const total = contrast(spread, one, other === one ? undefined : other);
  const [of, ofOther] = [partOf(spread, one, total), partOf(spread, other, total)];
  if (Math.abs(ofOther.clusters - of.clusters) > SAME_WORTH)
    return ofOther.clusters < of.clusters ? ofOther : of;
  return ofOther.variance > of.variance ? ofOther : of;
}

function partOf({ judgedIn, uneven }: Spread, system: number, total: number): OneWay {
  const clusters = judgedIn[system]!;
  if (clusters < 2) return { clusters, variance: 0 };
  const part = { clusters, variance: (clusters / (clusters - 1)) * total };
  return uneven === null ? part : withUnevenness(part, uneven[system]!);
}

/** The variance of one strength, or of one less another. */
function contrast({ covariance, size }: Covariance, one: number, other?: number): number {
  const at = (row: number, column: number) => covariance[row * size + column]!;
  return other === undefined
    ? at(one, one)
    : Math.max(0, at(one, one) + at(other, other) - at(one, other) - at(other, one));
}

/** The product of two square matrices. */
function product(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const made = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = left[i * size + k]!;
      for (let j = 0; j < size; j++) made[i * size + j]! += factor * right[k * size + j]!;
    }
  }
  return made;
}
