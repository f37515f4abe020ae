import { REASONS } from "../../contract/reasons.ts";
import { EQUALITY, TIE_DISCOUNTED } from "./model.ts";
import { powerOfTest } from "./alternative-power.ts";
import { type Contests, contestsOf, contestsWith, type PeopleAndModel } from "./annotator-contests.ts";
import { benjaminiYekutieli } from "../tests/benjamini-yekutieli.ts";
import { type Estimate, isRefused, type NotEstimable } from "../estimate.ts";
import type { Random } from "../resampling/random.ts";
import { robustInterval } from "../intervals/robust-interval.ts";
import { describeSampling } from "../judgments/sampling.ts";
import { studentTCdf } from "../special/student-t-cdf.ts";

/** Annotators with fewer comparisons are not tested. */
const COMPARISONS_FOR_TEST = 30;
/** The share of wrong rejections that is put up with. */
const FALSE_DISCOVERIES = 0.05;
/** The model may stand in where it wins against this share of the annotators. */
const WINNING_RATE = 0.5;

const RANGE = { low: 0, high: 1 };

/** What the test finds by one way of scoring. */
interface ScoredTest {
  /** Share of the annotators whose null hypothesis is rejected. */
  readonly winningRate: number;
  readonly advantageProbability: Estimate;
}

export interface AlternativeAnnotator extends ScoredTest {
  readonly epsilon: number;
  /** How many annotators were tested. */
  readonly annotators: number;
  /** Of these annotators, the smallest first, before the correction. */
  readonly pValues: readonly number[];
  /** The winning rate is high enough. */
  readonly passes: boolean;
  /** For as many annotators the opposite is shown: the model is worse than they are by more than ε. */
  readonly isWorse: boolean;
  /** How often a model that is exactly as good as these annotators would pass. */
  readonly power: number;
  /** The same test scored by tie-discounted agreement, for comparison. */
  readonly tieDiscounted: ScoredTest;
}

/**
 * The alternative-annotator test: may a model stand in for an annotator?
 *
 * Each annotator j is left out in turn. On every comparison i that j, the model and somebody else judged, both are
 * compared with all the others by the share of them who say the same: f_i = 1 if the model's share is at least j's, h_i = 1 if
 * j's is at least the model's. One-sided t test of d_i = h_i − f_i, null hypothesis: mean d ≥ ε, where ε is how much
 * worse than a person the model may be, since it costs less. Over annotators Benjamini and Yekutieli's correction at
 * 0.05; the winning rate is the share of annotators whose null hypothesis is rejected, and the model passes from ½ on.
 * The advantage probability is the mean over annotators of the mean of f_i; its interval is cluster-robust by prompt and
 * annotator, its `n` the number of f_i. The opposite, mean d ≤ ε, is tested in the same way.
 *
 * Beside it the same with tie-discounted agreement in place of equality. That one gives half a point for every tie, so a
 * judge that always says tie does well by it: it decides nothing. Power: see powerOfTest.
 *
 * Assumes that the comparisons of an annotator are independent of each other. Annotators with fewer than 30 such
 * comparisons are left out; they remain among the others. Several judgments of the model about one comparison count by
 * their mean. Source: N. Calderon, R. Reichart and R. Dror, The Alternative Annotator Test for LLM-as-a-Judge, ACL 2025
 * (arXiv 2501.10970). Edges: where all d_i are the same t has no value; if they are 0 or −1, p = (1 − ε)^n bounds how
 * likely no 1 is under the null hypothesis, if they are 1, p = 1. Refused with fewer than two annotators to test.
 */
export function alternativeAnnotatorTest(
  given: PeopleAndModel & {
    /** By the annotators to be tested. */
    epsilonFor: (annotators: readonly number[]) => number;
    random: Random;
  },
): AlternativeAnnotator | NotEstimable {
  const contests = contestsOf(given, EQUALITY);
  const tested = [...contests.size.keys()].filter((code) => contests.size[code]! >= COMPARISONS_FOR_TEST);
  if (tested.length < 2) {
    return { notEstimable: REASONS.fewBesideModel(tested.length === 0 ? 0 : 1, COMPARISONS_FOR_TEST) };
  }
  const epsilon = given.epsilonFor(tested);
  const pValues = pValuesOf(contests, { tested, epsilon });
  const passing = (ofEach: readonly number[]) => winningRateOf(ofEach) >= WINNING_RATE;
  return {
    ...{ epsilon, annotators: tested.length, ...scoredTest(contests, { tested, epsilon }) },
    pValues: [...pValues].sort((a, b) => a - b),
    passes: passing(pValues),
    isWorse: passing(pValues.map((p) => 1 - p)),
    power: powerOfTest(contests, {
      ...{ tested, random: given.random },
      passes: (sums) =>
        passing(tested.map((code, j) => pValueOf(contests, code, { epsilon, sum: sums[j]! }))),
    }),
    tieDiscounted: scoredTest(contestsOf(given, TIE_DISCOUNTED), { tested, epsilon }),
  };
}

interface Asked {
  readonly tested: readonly number[];
  readonly epsilon: number;
}

const scoredTest = (contests: Contests, asked: Asked): ScoredTest => ({
  winningRate: winningRateOf(pValuesOf(contests, asked)),
  advantageProbability: advantageOf(contests, asked.tested),
});

const pValuesOf = (contests: Contests, { tested, epsilon }: Asked): number[] =>
  tested.map((code) => pValueOf(contests, code, { epsilon, sum: contests.sums[code]! }));

const winningRateOf = (pValues: readonly number[]): number =>
  benjaminiYekutieli(pValues, FALSE_DISCOVERIES).filter(Boolean).length / pValues.length;

/** P value of the null hypothesis that the mean of d is ε or more, where the sum of d is `sum`. */
function pValueOf(
  { size, squares }: Contests,
  annotator: number,
  { epsilon, sum }: { epsilon: number; sum: number },
): number {
  const n = size[annotator]!;
  const mean = sum / n;
  const variance = (squares[annotator]! - n * mean * mean) / (n - 1);
  if (variance < 1e-12) return mean > 0 ? 1 : (1 - epsilon) ** n;
  return studentTCdf((mean - epsilon) / Math.sqrt(variance / n), n - 1);
}

/** Mean over the annotators tested of the mean of f. */
function advantageOf(contests: Contests, tested: readonly number[]): Estimate {
  const { annotator, prompt, difference } = contestsWith(contests, tested);
  const asGood = difference.map((d) => (d <= 0 ? 1 : 0));
  const { size } = contests;
  const n = asGood.length;
  const good = new Int32Array(size.length);
  for (let i = 0; i < n; i++) good[annotator[i]!]! += asGood[i]!;
  const value = tested.reduce((sum, code) => sum + good[code]! / size[code]!, 0) / tested.length;
  const influence = new Float64Array(n);
  let spread = 0;
  let promptCount = 0;
  for (let i = 0; i < n; i++) {
    const off = asGood[i]! - value;
    influence[i] = off / (tested.length * size[annotator[i]!]!);
    spread += influence[i]! * off;
    promptCount = Math.max(promptCount, prompt[i]! + 1);
  }
  const sampling = describeSampling({
    ...{ prompts: prompt, annotators: annotator, promptCount },
    ...{ annotatorCount: size.length, fixedAnnotators: false },
  });
  const estimate = robustInterval({ value, influence, spread, effective: tested.length }, sampling, RANGE);
  return isRefused(estimate) ? estimate : { ...estimate, n };
}
