import { REASONS } from "../../contract/reasons.ts";
import type { Estimate } from "../estimate.ts";
import { type Linearised, robustInterval } from "./robust-interval.ts";
import type { ScoreRange } from "./score-limits.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { requireScores } from "../judgments/scores.ts";

/**
 * Mean over prompts of each prompt's mean score, with its 95 % interval: how well does the target do on a prompt
 * picked at random? Unlike the mean per judgment it does not move when some prompts get more judgments than
 * others, so it is the headline.
 *
 * θ = (1/P) Σ_p m_p is a weighted mean of scores with weights 1/(P n_p), so a judgment's influence is
 * (score − θ) / (P n_p). Added up by prompt that is (m_p − θ)/P, by annotator what that annotator's judgments,
 * weighted, put above θ; both clusterings cross where annotators repeat too. Assumes independent prompts and
 * independent annotators. Source: linearisation of a weighted mean, as in survey sampling (L. Kish, Survey
 * Sampling, 1965). Example: prompts with means 1 and ½, whatever the numbers behind them: ¾.
 * Edges: as for the mean per judgment, to which it is equal where every prompt has as many judgments; where
 * nothing varies the effective number is that of the prompts.
 * @throws RangeError where a score lies outside the range, or their number is not that of the judgments.
 */
export function byPromptInterval(given: {
  scores: Float64Array;
  sampling: Sampling;
  range?: ScoreRange;
}): Estimate {
  const { scores, sampling, range = { low: 0, high: 1 } } = given;
  requireScores(scores, sampling.judgments, range);
  if (scores.length === 0) return { notEstimable: REASONS.noJudgments };
  return robustInterval(linearisedByPrompt(scores, sampling), sampling, range);
}

/** The mean over prompts of at least one score, and what each judgment does to it. */
export function linearisedByPrompt(scores: Float64Array, sampling: Sampling): Linearised {
  const { code, size, count: effective } = sampling.prompts;
  const value = meanOfMeans(scores, sampling);
  const influence = new Float64Array(scores.length);
  let spread = 0;
  for (let i = 0; i < scores.length; i++) {
    const off = scores[i]! - value;
    influence[i] = off / (effective * size[code[i]!]!);
    spread += influence[i]! * off;
  }
  return { value, influence, spread, effective };
}

function meanOfMeans(scores: Float64Array, { prompts: { code, size, count } }: Sampling): number {
  const sums = new Float64Array(count);
  for (let i = 0; i < scores.length; i++) sums[code[i]!]! += scores[i]!;
  let total = 0;
  for (let p = 0; p < count; p++) total += sums[p]! / size[p]!;
  return total / count;
}
