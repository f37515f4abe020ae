import { REASONS } from "../../contract/reasons.ts";
import { effectiveJudgments } from "../judgments/effective-judgments.ts";
import type { Estimate } from "../estimate.ts";
import { type Linearised, robustInterval } from "./robust-interval.ts";
import type { ScoreRange } from "./score-limits.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { requireScores } from "../judgments/scores.ts";

/**
 * Mean score per judgment with its 95 % interval: how well does the target do in a judgment picked at random?
 * With half-tie scores this is the half-tie rate; with 1, 0, −1 for win, tie, loss and `range` −1 to 1 the net
 * preference.
 *
 * The interval comes from the variance of the scores, never from Wilson on a count of half-ties: a tie says less
 * than a win and a loss do. Prompts with more judgments weigh more; the influence of a judgment is
 * (score − mean) / n, clustered on what repeats. Assumes independent clusters, and enough of them for t.
 * Source: E. Miller, arXiv 2411.00640. Example: 159 wins, 63 ties, 78 losses on 300 prompts: 0.635, from 0.586 to
 * 0.682. Edges: without judgments, with one, or with one prompt there is no interval; see robustInterval.
 * @throws RangeError where a score lies outside the range, or their number is not that of the judgments.
 */
export function scoreInterval(given: {
  scores: Float64Array;
  sampling: Sampling;
  range?: ScoreRange;
}): Estimate {
  const { scores, sampling, range = { low: 0, high: 1 } } = given;
  requireScores(scores, sampling.judgments, range);
  if (scores.length === 0) return { notEstimable: REASONS.noJudgments };
  return robustInterval(linearisedMean(scores, sampling), sampling, range);
}

/** The mean of at least one score, and what each judgment does to it. */
export function linearisedMean(scores: Float64Array, sampling: Sampling): Linearised {
  const n = scores.length;
  const value = meanOf(scores);
  const influence = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const off = scores[i]! - value;
    influence[i] = off / n;
    squares += off * off;
  }
  const effective = effectiveJudgments(sampling.prompts);
  return { value, influence, spread: squares / n, effective };
}

function meanOf(scores: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += scores[i]!;
  return sum / scores.length;
}
