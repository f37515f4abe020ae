import { halvesWith } from "./agreement-model.ts";
import type { OutcomeCounts } from "./agreement-counts.ts";
import { benjaminiYekutieli } from "./benjamini-yekutieli.ts";
import { type Estimate, isRefused, type NotEstimable } from "./estimate.ts";
import { robustInterval } from "./robust-interval.ts";
import { describeSampling } from "./sampling.ts";
import { studentTCdf } from "./special/student-t-cdf.ts";

/** Annotators with fewer comparisons are not tested. */
export const COMPARISONS_FOR_TEST = 30;
/** The share of wrong rejections that is put up with. */
const FALSE_DISCOVERIES = 0.05;
/** The model may stand in where it wins against this share of the annotators. */
const WINNING_RATE = 0.5;

const RANGE = { low: 0, high: 1 };

/** Judgments of people, in the order of their comparisons; one element a judgment. */
export interface JudgmentsOfPeople {
  readonly comparison: Int32Array;
  readonly annotator: Int32Array;
  /** FIRST, TIED or SECOND. */
  readonly outcome: Uint8Array;
  readonly annotatorCount: number;
}

export interface AlternativeAnnotator {
  readonly epsilon: number;
  /** How many annotators were tested. */
  readonly annotators: number;
  readonly winningRate: number;
  readonly advantageProbability: Estimate;
  readonly passes: boolean;
}

/**
 * The alternative-annotator test: may a model stand in for an annotator?
 *
 * Each annotator j is left out in turn. On every comparison i that j, the model and somebody else judged, both are
 * compared with all the others by tie-discounted agreement: f_i = 1 if the model agrees with them at least as well as
 * j, h_i = 1 if j does at least as well as the model. One-sided t test of d_i = h_i − f_i, null hypothesis: mean d ≥ ε,
 * where ε is how much worse than a person the model may be, since it costs less. Over annotators Benjamini and
 * Yekutieli's correction at 0.05; the winning rate is the share of annotators whose null hypothesis is rejected, and
 * the model passes from ½ on. The advantage probability is the mean over annotators of the mean of f_i; its interval is
 * cluster-robust by prompt and annotator, its `n` the number of f_i.
 *
 * Assumes that the comparisons of an annotator are independent of each other. Annotators with fewer than 30 such
 * comparisons are left out; they remain among the others. Several judgments of the model about one comparison count by
 * their mean. Source: N. Calderon, R. Reichart and R. Dror, The Alternative Annotator Test for LLM-as-a-Judge, ACL 2025
 * (arXiv 2501.10970), with agreement in place of equality. Edges: where all d_i are the same t has no value; if they
 * are 0 or −1, p = (1 − ε)^n bounds how likely no 1 is under the null hypothesis, if they are 1, p = 1. Refused with
 * fewer than two annotators to test.
 */
export function alternativeAnnotatorTest(given: {
  people: JudgmentsOfPeople;
  counts: OutcomeCounts;
  model: OutcomeCounts;
  promptOf: Int32Array;
  /** By the annotators to be tested. */
  epsilonFor: (annotators: readonly number[]) => number;
}): AlternativeAnnotator | NotEstimable {
  const contests = contestsOf(given);
  const tested = [...contests.size.keys()].filter((code) => contests.size[code]! >= COMPARISONS_FOR_TEST);
  if (tested.length < 2) {
    const few = tested.length === 0 ? "no annotator has" : "only one annotator has";
    return {
      notEstimable: `${few} ${COMPARISONS_FOR_TEST} comparisons that the model and another person judged too`,
    };
  }
  const epsilon = given.epsilonFor(tested);
  const pValues = tested.map((annotator) => pValueOf(contests, annotator, epsilon));
  const wins = benjaminiYekutieli(pValues, FALSE_DISCOVERIES).filter(Boolean).length;
  const winningRate = wins / tested.length;
  return {
    epsilon,
    annotators: tested.length,
    winningRate,
    advantageProbability: advantageOf(contests, tested),
    passes: winningRate >= WINNING_RATE,
  };
}

/** One element for each judgment of a person that can be held against the model's. */
interface Contests {
  readonly count: number;
  readonly annotator: Int32Array;
  readonly prompt: Int32Array;
  /** The model agrees with the others at least as well. */
  readonly asGood: Uint8Array;
  /** By annotator: contests, and sums over them of d and of d². */
  readonly size: Int32Array;
  readonly sums: Int32Array;
  readonly squares: Int32Array;
}

function contestsOf({
  people,
  counts,
  model,
  promptOf,
}: Parameters<typeof alternativeAnnotatorTest>[0]): Contests {
  const { comparison, annotator, outcome, annotatorCount } = people;
  const column = () => new Int32Array(comparison.length);
  const byAnnotator = () => new Int32Array(annotatorCount);
  const contests = {
    ...{ annotator: column(), prompt: column(), asGood: new Uint8Array(comparison.length) },
    ...{ size: byAnnotator(), sums: byAnnotator(), squares: byAnnotator() },
  };
  let count = 0;
  let [inCounts, inModel] = [0, 0];
  const [others, saidByModel] = [new Int32Array(3), new Int32Array(3)];
  for (let i = 0; i < comparison.length; i++) {
    while (counts.comparison[inCounts]! < comparison[i]!) inCounts++;
    while (inModel < model.comparison.length && model.comparison[inModel]! < comparison[i]!) inModel++;
    if (model.comparison[inModel] !== comparison[i]) continue;
    for (let k = 0; k < 3; k++) {
      others[k] = counts.counts[3 * inCounts + k]!;
      saidByModel[k] = model.counts[3 * inModel + k]!;
    }
    others[outcome[i]!]!--;
    if (others[0]! + others[1]! + others[2]! === 0) continue;
    const d = differenceOf(outcome[i]!, saidByModel, others);
    const who = annotator[i]!;
    contests.annotator[count] = who;
    contests.prompt[count] = promptOf[comparison[i]!]!;
    contests.asGood[count++] = d <= 0 ? 1 : 0;
    contests.size[who]!++;
    contests.sums[who]! += d;
    contests.squares[who]! += d * d;
  }
  return { count, ...contests };
}

/** d: 1 where only the person, −1 where only the model does at least as well as the other, 0 where both do. */
function differenceOf(said: number, model: Int32Array, others: Int32Array): number {
  const times = model[0]! + model[1]! + model[2]!; // the model may have judged several times: both sides as often
  let own = 0;
  for (let k = 0; k < 3; k++) own += others[k]! * (2 - Math.abs(said - k));
  return Math.sign(times * own - halvesWith(model, others));
}

/** P value of the null hypothesis that the mean of d is ε or more. */
function pValueOf({ size, sums, squares }: Contests, annotator: number, epsilon: number): number {
  const n = size[annotator]!;
  const mean = sums[annotator]! / n;
  const variance = (squares[annotator]! - n * mean * mean) / (n - 1);
  if (variance < 1e-12) return mean > 0 ? 1 : (1 - epsilon) ** n;
  return studentTCdf((mean - epsilon) / Math.sqrt(variance / n), n - 1);
}

/** Mean over the annotators tested of the mean of f. */
function advantageOf(contests: Contests, tested: readonly number[]): Estimate {
  const { annotator, prompt, asGood, n } = contestsWith(contests, tested);
  const { size } = contests;
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

/** The contests of some annotators. */
function contestsWith({ count, annotator, prompt, asGood, size }: Contests, tested: readonly number[]) {
  const isTested = new Uint8Array(size.length);
  for (const code of tested) isTested[code] = 1;
  const taken = {
    annotator: new Int32Array(count),
    prompt: new Int32Array(count),
    asGood: new Uint8Array(count),
  };
  let n = 0;
  for (let i = 0; i < count; i++) {
    if (isTested[annotator[i]!] === 0) continue;
    taken.annotator[n] = annotator[i]!;
    taken.prompt[n] = prompt[i]!;
    taken.asGood[n++] = asGood[i]!;
  }
  return {
    ...{ annotator: taken.annotator.subarray(0, n), prompt: taken.prompt.subarray(0, n), n },
    asGood: taken.asGood.subarray(0, n),
  };
}
