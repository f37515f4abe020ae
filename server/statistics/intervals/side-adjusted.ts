import { REASONS } from "../../contract/reasons.ts";
import type { Estimate } from "../estimate.ts";
import { robustInterval } from "./robust-interval.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { requireScores } from "../judgments/scores.ts";
import { NOTHING } from "./two-way.ts";

const RANGE = { low: 0, high: 1 };

/**
 * Side-adjusted half-tie rate with its 95 % interval: how well would the target do if it stood on the left exactly
 * half of the time?
 *
 * θ = (mean score with the target on the left + mean score with it on the right) / 2. Annotators may favour a side;
 * as long as that adds as much on the one side as it takes away on the other, it cancels here however unequal the
 * numbers of judgments are. A judgment on side S has weight 1/(2 n_S) and influence (score − mean of S) / (2 n_S),
 * clustered on what repeats. `onLeft[i]` is 1 where the target stood on the left, 0 where on the right; judgments
 * whose side is unknown must be left out beforehand. Source: post-stratification with equal strata (L. Kish, Survey
 * Sampling, 1965, section 3.4C), linearised. Example: 3 of 4 won on the left and 1 of 4 on the right: 0.5.
 * Edges: refused where only one side occurs. Where each side's scores are all the same but the sides differ, the
 * value stands without an interval; else as for the half-tie rate.
 * @throws RangeError where a score lies outside 0 to 1, or the columns differ in length.
 */
export function sideAdjustedRate(given: {
  scores: Float64Array;
  onLeft: Uint8Array;
  sampling: Sampling;
}): Estimate {
  const { scores, onLeft, sampling } = given;
  requireScores(scores, sampling.judgments, RANGE);
  if (onLeft.length !== scores.length) {
    throw new RangeError(`${onLeft.length} sides for ${scores.length} judgments.`);
  }
  if (scores.length === 0) return { notEstimable: REASONS.noJudgments };
  const [counts, means] = sidesOf(scores, onLeft);
  if (counts[0] === 0 || counts[1] === 0) return { notEstimable: REASONS.oneSide };
  const value = (means[0]! + means[1]!) / 2;
  const weights = new Float64Array(scores.length);
  const influence = new Float64Array(scores.length);
  let spread = 0;
  for (let i = 0; i < scores.length; i++) {
    const off = scores[i]! - means[onLeft[i]!]!;
    weights[i] = 1 / (2 * counts[onLeft[i]!]!);
    influence[i] = weights[i]! * off;
    spread += influence[i]! * off;
  }
  if (spread <= NOTHING && means[0] !== means[1]) {
    return { value, notEstimable: REASONS.sameScoreOnEitherSide };
  }
  return robustInterval(
    { value, influence, spread, effective: effectiveOf(weights, sampling) },
    sampling,
    RANGE,
  );
}

/** Judgments and mean scores, on the right first. */
function sidesOf(scores: Float64Array, onLeft: Uint8Array): [counts: number[], means: number[]] {
  const [counts, sums] = [
    [0, 0],
    [0, 0],
  ];
  for (let i = 0; i < scores.length; i++) {
    const left = onLeft[i]!;
    if (left > 1) throw new RangeError(`${left} in row ${i} is no side.`);
    counts[left]!++;
    sums[left]! += scores[i]!;
  }
  return [counts, sums.map((sum, side) => sum / counts[side]!)];
}

/** What these weights are worth if all judgments of a prompt say the same: (Σ weight)² / Σ_p (weight of prompt p)². */
function effectiveOf(weights: Float64Array, { prompts: { code, count } }: Sampling): number {
  const sums = new Float64Array(count);
  const n = weights.length; // even weights become 1, so that nothing is rounded
  for (let i = 0; i < n; i++) sums[code[i]!]! += n * weights[i]!;
  return (n * n) / sums.reduce((total, sum) => total + sum * sum, 0);
}
