import { REASONS } from "../../contract/reasons.ts";
import { type NotEstimable, UPPER } from "../estimate.ts";
import type { Clusters } from "../judgments/clusters.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { chiSquareQuantile } from "../special/chi-square.ts";
import { cellsOf, type Cells } from "./component-cells.ts";
import { fQuantile } from "../special/f-quantile.ts";
import { NOTHING } from "./two-way.ts";

/** How much scores vary with one thing. */
interface Component {
  /** Of the scores of single judgments; never below 0. */
  readonly variance: number;
  /** Its part of the variance of the rate, 0 to 1; those of all components add up to 1. */
  readonly share: number;
}

export interface MeasuredVariance extends Component {
  /** Ends of a 95 % interval of `variance`, and of `share` with the other components as they were estimated. */
  readonly low: number;
  readonly high: number;
  readonly shareLow: number;
  readonly shareHigh: number;
}

/** @internal */
export interface VarianceComponents {
  /** Null where each prompt has one judgment: its variance is then part of the residual. */
  readonly prompts: MeasuredVariance | null;
  readonly annotators: MeasuredVariance;
  readonly residual: Component;
  /** Of what more would narrow the interval more; null where the data do not show it. */
  readonly moreOf: "prompts" | "annotators" | null;
}

/** A score from 0 to 1 varies by no more. */
const MOST = 0.25;

/**
 * Variance components of scores from 0 to 1 on prompts crossed with annotators, balanced or not, and what each contributes to
 * the variance of a weighted mean of them: score = mean + prompt + annotator + residual.
 *
 * The sums of squares within prompts, within annotators and in all have expectations that are linear in the three variances,
 * whatever the distributions, so three equations give unbiased estimates (method of moments); with complete crossing they
 * are those of the analysis of variance. Judgments of one annotator on one prompt (its turns) are one, their mean. Negative
 * estimates are 0. With Q the weighted variance between the means of a component's clusters, c what the other components are expected to
 * add to it, ν = (Σn)²/Σn² − 1, χ² its quantile on ν and F that on ν and the residual's degrees of freedom, the interval's
 * ends are (Q − c F) ν/χ² at 97.5 and 2.5 %, from 0 to ¼. `share`: σ² Σ W² over
 * the sum of the three, W the summed weights of a cluster. Twice as many prompts halve what prompts and residual contribute,
 * twice as many annotators what annotators do; `moreOf` names annotators if their share is above ½ over its whole
 * interval, and prompts if it is below.
 * Assumes additive, independent effects; what a prompt and an annotator do together is in the residual.
 * Sources: K. Gao and A. Owen, Electronic Journal of Statistics 11 (2017) 1235, for the equations; J. Williams, Biometrika 49
 * (1962) 278, for the interval. Example: scores (1, ½), (1, ½), (0, 0) of two annotators on three prompts: prompts 1/6,
 * annotators 1/24, residual 1/24.
 * Edges: refused with one annotator, where none judged two prompts, with one prompt, and where scores do not vary.
 * @param weights of the judgments in the mean; they add up to 1
 * @throws RangeError where scores or weights are not as many as the judgments
 */
export function varianceComponents(given: {
  scores: Float64Array;
  weights: Float64Array;
  sampling: Sampling;
}): VarianceComponents | NotEstimable {
  const { scores, weights, sampling } = given;
  if (scores.length !== sampling.judgments || weights.length !== sampling.judgments)
    throw new RangeError(
      `${scores.length} scores, ${weights.length} weights: ${sampling.judgments} judgments.`,
    );
  if (sampling.refused !== null) return sampling.refused;
  if (sampling.annotators.count === 1) return { notEstimable: REASONS.oneAnnotator };
  const cells = cellsOf(given);
  if (cells.count === cells.annotators.count) return { notEstimable: REASONS.annotatorsSeenOnce };
  const found = solve(cells);
  if (found === null) return { notEstimable: REASONS.componentsNotToldApart };
  return Object.values(found).every((variance) => variance <= NOTHING)
    ? { notEstimable: REASONS.sameScore }
    : contributions(cells, found);
}

interface Three {
  readonly prompts: number;
  readonly annotators: number;
  readonly residual: number;
}

/** Null where the equations have no solution. */
function solve({ count: n, score, prompts, annotators }: Cells): Three | null {
  const all = { count: 1, code: new Int32Array(n), size: Int32Array.of(n) };
  const total = n * within(score, all);
  const ofAnnotators = n * n - squares(annotators);
  const inAnnotators = within(score, annotators) / (n - annotators.count);
  if (prompts.count === n) {
    const residual = inAnnotators;
    return atLeastNothing({
      ...{ residual, prompts: 0 },
      annotators: (total - residual * (n * n - n)) / ofAnnotators,
    });
  }
  const ofPrompts = n * n - squares(prompts);
  const inPrompts = within(score, prompts) / (n - prompts.count);
  const determinant = ofPrompts + ofAnnotators - (n * n - n);
  if (!(determinant > 0)) return null;
  const residual = (inAnnotators * ofPrompts + inPrompts * ofAnnotators - total) / determinant;
  return atLeastNothing({
    residual,
    prompts: inAnnotators - residual,
    annotators: inPrompts - residual,
  });
}

const atLeastNothing = ({ prompts, annotators, residual }: Three): Three => ({
  prompts: Math.max(0, prompts),
  annotators: Math.max(0, annotators),
  residual: Math.max(0, residual),
});

function contributions(cells: Cells, found: Three): VarianceComponents {
  const { prompts, annotators, residual } = found;
  const factor = {
    prompts: sumOfSquares(cells.weight, cells.prompts),
    annotators: sumOfSquares(cells.weight, cells.annotators),
    residual: cells.weight.reduce((sum, weight) => sum + weight * weight, 0),
  };
  const part = {
    prompts: prompts * factor.prompts,
    annotators: annotators * factor.annotators,
    residual: residual * factor.residual,
  };
  const all = part.prompts + part.annotators + part.residual;
  const measured = (of: "prompts" | "annotators"): MeasuredVariance => {
    const [low, high] = ends(cells, found, of);
    const shareOf = (variance: number) => {
      const own = variance * factor[of];
      return own === 0 ? 0 : Math.min(1, own / (own + Math.max(0, all - part[of])));
    };
    return {
      variance: found[of],
      share: Math.min(1, part[of] / all),
      low,
      high,
      shareLow: shareOf(low),
      shareHigh: shareOf(high),
    };
  };
  const byAnnotators = measured("annotators");
  return {
    prompts: cells.prompts.count === cells.count ? null : measured("prompts"),
    annotators: byAnnotators,
    residual: { variance: residual, share: Math.min(1, part.residual / all) },
    moreOf: byAnnotators.shareLow > 0.5 ? "annotators" : byAnnotators.shareHigh < 0.5 ? "prompts" : null,
  };
}

/** The 95 % interval of a component, holding its estimate. */
function ends(
  { count: n, score, ...by }: Cells,
  found: Three,
  of: "prompts" | "annotators",
): [number, number] {
  const [own, other] = of === "prompts" ? [by.prompts, by.annotators] : [by.annotators, by.prompts];
  const across = found[of === "prompts" ? "annotators" : "prompts"];
  const all = { count: 1, code: new Int32Array(n), size: Int32Array.of(n) };
  const unlike = 1 - squares(own) / (n * n);
  const between = Math.max(0, within(score, all) - within(score, own)) / n / unlike;
  const shared = (across * (squares(other) - n)) / (n * n);
  const added = Math.max(0, ((across + found.residual) * (own.count - 1)) / n - shared) / unlike;
  const df = (n * n) / squares(own) - 1;
  const free = Math.max(1, n - own.count - (other.count === n ? 0 : other.count - 1));
  const at = (share: number) => {
    const left = between - added * fQuantile(share, df, free);
    return Math.max(0, (left * df) / chiSquareQuantile(share, df));
  };
  return [Math.min(at(UPPER), found[of]), Math.max(Math.min(at(1 - UPPER), MOST), found[of])];
}

const squares = ({ size }: Clusters): number => size.reduce((sum, one) => sum + one * one, 0);

/** Σ (score − mean of its cluster)². */
function within(score: Float64Array, { count, code, size }: Clusters): number {
  const means = new Float64Array(count);
  for (let i = 0; i < score.length; i++) means[code[i]!]! += score[i]! / size[code[i]!]!;
  let sum = 0;
  for (let i = 0; i < score.length; i++) sum += (score[i]! - means[code[i]!]!) ** 2;
  return sum;
}

function sumOfSquares(weight: Float64Array, { count, code }: Clusters): number {
  const sums = new Float64Array(count);
  for (let i = 0; i < weight.length; i++) sums[code[i]!]! += weight[i]!;
  return sums.reduce((sum, one) => sum + one * one, 0);
}
