import { type Contests, contestsWith } from "./annotator-contests.ts";
import { type Random } from "../resampling/random.ts";

/** How many studies are drawn, at most and at least: fewer where there are many contests. */
const DRAWS_MOST = 1000;
const DRAWS_LEAST = 200;
const STEPS = 1e8;

/**
 * How often a model that is exactly as good as the annotators would pass the alternative-annotator test, in a study with as
 * many annotators, comparisons and even contests as this one.
 *
 * Were the model and the people interchangeable, each prompt might as well have favoured the other side: all differences of
 * a prompt, of every annotator, change their sign together with probability ½. That keeps how many contests are even,
 * and that annotators who meet the same verdict of the model win or lose together. `passes` is the test, given the sums of
 * the differences in the order of `tested`. The share of 1,000 such studies that pass; of fewer, at least 200,
 * from 100,000 contests on. Its standard error is at most 0.016, and 0.036 with 200.
 */
export function powerOfTest(
  contests: Contests,
  given: { tested: readonly number[]; random: Random; passes: (sums: Int32Array) => boolean },
): number {
  const { tested, random, passes } = given;
  const { annotator, prompt, difference } = contestsWith(contests, tested);
  const placeOf = new Int32Array(contests.size.length);
  tested.forEach((code, place) => (placeOf[code] = place));
  const places = annotator.map((code) => placeOf[code]!);
  const draws = Math.max(DRAWS_LEAST, Math.min(DRAWS_MOST, Math.floor(STEPS / difference.length)));
  const signs = new Int8Array(prompt.reduce((most, one) => Math.max(most, one), 0) + 1);
  const sums = new Int32Array(tested.length);
  let passed = 0;
  for (let draw = 0; draw < draws; draw++) {
    for (let p = 0; p < signs.length; p++) signs[p] = random() >>> 31 === 1 ? 1 : -1;
    sums.fill(0);
    for (let i = 0; i < difference.length; i++) sums[places[i]!]! += signs[prompt[i]!]! * difference[i]!;
    if (passes(sums)) passed++;
  }
  return passed / draws;
}
