import { REASONS } from "../../contract/reasons.ts";
import type { Estimate, NotEstimable } from "../estimate.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { type TTest, tTestOfDifference } from "../tests/t-test.ts";
import { differenceLimits, type Linearised } from "./robust-interval.ts";
import { NOTHING } from "./two-way.ts";

/**
 * Difference of two weighted means of scores from 0 to 1, the first less the second, with its 95 % interval and a test of
 * whether it is 0. The judgments of both stand one after the other, those of the first before those of the second.
 *
 * A judgment's influence on the difference is that on its own mean, with a minus for the second, clustered on prompts and
 * annotators over all judgments together: what both have in common, such as a hard prompt, cancels, and what they have
 * not is added up as for independent means. Source: the linearised difference of two domain means (L. Kish, Survey
 * Sampling, 1965, section 12.3), as differenceInterval, for any weights. Example: each of four prompts judged ½ higher in
 * the first: ½, with an interval that is as narrow as the differences by prompt are alike.
 * Edges: refused where all scores of either mean are the same, and where the interval is; see differenceLimits.
 * @param sampling how all these judgments hang together
 * @throws RangeError where their number is not that of the judgments
 */
export function differenceOfMeans(
  first: Linearised,
  second: Linearised,
  sampling: Sampling,
): { difference: Estimate; test: TTest | NotEstimable } {
  const count = first.influence.length;
  const influence = new Float64Array(count + second.influence.length);
  if (influence.length !== sampling.judgments) throw new RangeError("The columns differ in length.");
  influence.set(first.influence);
  second.influence.forEach((one, i) => (influence[count + i] = -one));
  const value = first.value - second.value;
  const spread = first.spread + second.spread;
  if (spread <= NOTHING) {
    const refused = { notEstimable: REASONS.sameScoreOfEitherKind };
    return { difference: { value, ...refused }, test: refused };
  }
  const mean = { value, influence, spread, effective: Math.min(first.effective, second.effective) };
  return {
    difference: differenceLimits(mean, sampling),
    test: tTestOfDifference(mean, sampling),
  };
}
