import { REASONS } from "../../contract/reasons.ts";
import { effectiveJudgments } from "../judgments/effective-judgments.ts";
import type { Estimate } from "../estimate.ts";
import { differenceLimits } from "./robust-interval.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { partlySampledVariance, samplingVariance } from "./sandwich.ts";
import { requireScores } from "../judgments/scores.ts";
import { NOTHING } from "./two-way.ts";

/**
 * Difference of two mean scores with its 95 % interval: do judgments of the second kind score higher than the others?
 *
 * θ = mean of the second kind − mean of the first. `second[i]` is 1 for the second kind, 0 for the first. A judgment's
 * influence is (score − mean of its kind) / number of its kind, with a minus for the first, clustered over all judgments
 * together, so that what both kinds of one prompt or annotator share cancels. Source: the linearised difference of two
 * domain means (L. Kish, Survey Sampling, 1965, section 12.3). Example: 3 of 4 against 1 of 4: 0.5.
 * `firstSampling`: how the first kind's judgments hang together among themselves, where the annotators of the second are
 * fixed, as a model's are beside people; then only the first kind's annotators count, see partlySampledVariance.
 * Edges: refused where a kind has no judgments; where all scores of either kind are the same the value stands alone.
 * @throws RangeError where a score lies outside 0 to 1, or the columns differ in length.
 */
export function differenceInterval(given: {
  scores: Float64Array;
  second: Uint8Array;
  sampling: Sampling;
  firstSampling?: Sampling;
}): Estimate {
  const { scores, second, sampling, firstSampling } = given;
  requireScores(scores, sampling.judgments, { low: 0, high: 1 });
  if (second.length !== scores.length) throw new RangeError("The columns differ in length.");
  const [counts, sums] = [
    [0, 0],
    [0, 0],
  ];
  for (let i = 0; i < scores.length; i++) {
    counts[second[i]!]!++;
    sums[second[i]!]! += scores[i]!;
  }
  if (counts[0] === 0 || counts[1] === 0) return { notEstimable: REASONS.oneKind };
  const means = sums.map((sum, kind) => sum / counts[kind]!);
  const value = means[1]! - means[0]!;
  const influence = new Float64Array(scores.length);
  let spread = 0;
  for (let i = 0; i < scores.length; i++) {
    const kind = second[i]!;
    const off = scores[i]! - means[kind]!;
    influence[i] = ((kind === 1 ? 1 : -1) * off) / counts[kind]!;
    spread += (off * off) / counts[kind]!;
  }
  if (spread <= NOTHING) return { value, notEstimable: REASONS.sameScoreOfEitherKind };
  const effective = effectiveJudgments(sampling.prompts);
  const mean = { value, influence, spread, effective };
  const measure =
    firstSampling === undefined ? samplingVariance : amongFirst(second, counts[0]!, firstSampling);
  return differenceLimits(mean, sampling, measure);
}

function amongFirst(second: Uint8Array, count: number, sampling: Sampling): typeof samplingVariance {
  const at = new Int32Array(count);
  let k = 0;
  for (let i = 0; i < second.length; i++) if (second[i] === 0) at[k++] = i;
  return (influence, all) => partlySampledVariance(influence, all, { at, sampling });
}
