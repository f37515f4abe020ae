import { isRefused, type NotEstimable, UPPER } from "./estimate.ts";
import type { Sampling } from "./sampling.ts";
import { samplingVariance } from "./sandwich.ts";
import { normalQuantile } from "./special/normal-quantile.ts";
import { studentTQuantile } from "./special/student-t-quantile.ts";

/** Below this a variance of means is rounding. */
const NOTHING = 1e-24;

/**
 * How many prompts, with as many judgments each as now, would give the half-tie rate by prompt a 95 % interval of
 * this half-width?
 *
 * With V the variance of the estimate on P prompts, N prompts have V P / N, if annotators grow in number with them.
 * N is the smallest whole number from 2 with t √(V P / N) ≤ halfWidth, where t has the degrees of freedom that N
 * prompts would have: the number of clusters grows in the same proportion. At N = P that is the interval of the
 * report. Assumes that further prompts and annotators are like those at hand. Source: the interval's own formula,
 * solved for its size. Example: prompts' means with standard deviation 0.4, one judgment each: 249 prompts for 0.05.
 * Edges: refused where no interval can be had, and where prompts' means do not vary.
 * @throws RangeError where the half-width is not above 0, or the scores are not as many as the judgments.
 */
export function judgmentsNeeded(given: {
  scores: Float64Array;
  sampling: Sampling;
  halfWidth: number;
}): { halfWidth: number; prompts: number; judgments: number } | NotEstimable {
  const { scores, sampling, halfWidth } = given;
  if (!(halfWidth > 0)) throw new RangeError(`${halfWidth} is no half-width.`);
  if (isRefused(sampling.reach)) return sampling.reach;
  const variance = samplingVariance(influenceByPrompt(scores, sampling), sampling);
  if (typeof variance !== "number") return variance;
  if (variance <= NOTHING) return { notEstimable: "what was judged does not vary between prompts" };
  const now = sampling.prompts.count;
  const clusters = sampling.reach.df + 1;
  const isEnough = (prompts: number) => {
    const df = Math.max(1, Math.floor((clusters * prompts) / now) - 1);
    return studentTQuantile(UPPER, df) * Math.sqrt((variance * now) / prompts) <= halfWidth;
  };
  const withNormal = (normalQuantile(UPPER) / halfWidth) ** 2 * variance * now; // t is never less
  const prompts = smallestFrom(Math.max(2, Math.floor(withNormal)), isEnough);
  return { halfWidth, prompts, judgments: Math.ceil((prompts * sampling.judgments) / now) };
}

/** What each judgment does to the mean over prompts: (score − mean) / (P n_p). */
function influenceByPrompt(scores: Float64Array, { prompts, judgments }: Sampling): Float64Array {
  if (scores.length !== judgments)
    throw new RangeError(`${scores.length} scores for ${judgments} judgments.`);
  const { code, size, count } = prompts;
  let mean = 0;
  for (let i = 0; i < judgments; i++) mean += scores[i]! / (count * size[code[i]!]!);
  const influence = new Float64Array(judgments);
  for (let i = 0; i < judgments; i++) influence[i] = (scores[i]! - mean) / (count * size[code[i]!]!);
  return influence;
}

/** The smallest whole number from `least` on for which `holds`, which holds for all numbers above one for which it does. */
function smallestFrom(least: number, holds: (n: number) => boolean): number {
  if (holds(least)) return least;
  let [low, high] = [least, least + 1];
  while (!holds(high)) [low, high] = [high, high + 2 * (high - low)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
