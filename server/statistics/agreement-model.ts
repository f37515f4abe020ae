import { eachInBoth, type PromptsOfComparisons } from "./agreement-pairs.ts";
import { FIRST, type OutcomeCounts, SECOND, TIED } from "./agreement-counts.ts";
import type { Estimate, NotEstimable } from "./estimate.ts";
import { emptySums, type PromptSums, totals } from "./prompt-sums.ts";
import type { PromptDraws } from "./prompt-draws.ts";
import { type FigureOfSums, figuresByPrompt } from "./prompt-sums-interval.ts";

/** `n` of each counts comparisons. */
export interface ModelAndHuman {
  readonly comparisons: number;
  readonly modelHuman: Estimate;
  readonly humanHuman: Estimate;
  readonly difference: Estimate;
}

const [COMPARISONS, MODEL_HUMAN, HUMAN_HUMAN, WIDTH] = [0, 1, 2, 3];
const NONE_SHARED: NotEstimable = {
  notEstimable: "no comparison that the model and two people judged",
};

/**
 * Does a model agree with people as well as people agree with each other?
 *
 * On the comparisons that the model and at least two people judged: tie-discounted agreement of model with person, and
 * of person with person, each the mean over comparisons of the mean over pairs; and the first minus the second, which
 * is paired by comparison, so that what makes a comparison hard does not blur it. Intervals: see figuresByPrompt.
 * Assumes that prompts are independent; the people are taken as they are. Example: two people say A and A, the model
 * says tie: ½, 1 and −½. Edge: refused without such a comparison.
 */
export function modelAndHuman(given: {
  model: OutcomeCounts;
  people: OutcomeCounts;
  prompts: PromptsOfComparisons;
  draws: PromptDraws;
}): ModelAndHuman {
  const sums = sumsOf(given);
  const comparisons = totals(sums)[COMPARISONS]!;
  const mean = (of: (sums: Float64Array) => number, isShare: boolean): FigureOfSums => ({
    value: (sums) => (sums[COMPARISONS]! > 0 ? of(sums) / sums[COMPARISONS]! : NONE_SHARED),
    support: COMPARISONS,
    range: { low: isShare ? 0 : -1, high: 1 },
    isShare,
    n: comparisons,
  });
  const figures = {
    modelHuman: mean((sums) => sums[MODEL_HUMAN]!, true),
    humanHuman: mean((sums) => sums[HUMAN_HUMAN]!, true),
    difference: mean((sums) => sums[MODEL_HUMAN]! - sums[HUMAN_HUMAN]!, false),
  };
  return { comparisons, ...figuresByPrompt(sums, { figures, draws: given.draws }) };
}

function sumsOf({
  model,
  people,
  prompts,
}: {
  model: OutcomeCounts;
  people: OutcomeCounts;
  prompts: PromptsOfComparisons;
}): PromptSums {
  const sums = emptySums(prompts.promptCount, WIDTH);
  eachInBoth(model.comparison, people.comparison, (inModel, inPeople) => {
    const those = people.counts.subarray(3 * inPeople, 3 * inPeople + 3);
    const n = those[FIRST]! + those[TIED]! + those[SECOND]!;
    if (n < 2) return;
    const own = model.counts.subarray(3 * inModel, 3 * inModel + 3);
    const judged = own[FIRST]! + own[TIED]! + own[SECOND]!;
    const row = prompts.promptOf[model.comparison[inModel]!]! * WIDTH;
    sums.values[row + COMPARISONS]! += 1;
    sums.values[row + MODEL_HUMAN]! += halvesWith(own, those) / (2 * judged * n);
    sums.values[row + HUMAN_HUMAN]! += (halvesWith(those, those) - 2 * n) / (2 * n * (n - 1));
  });
  return sums;
}

/** Tie-discounted agreement of each of the one side with each of the other, in halves, added up. */
export function halvesWith(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let halves = 0;
  for (let c = 0; c < 3; c++) {
    for (let k = 0; k < 3; k++) halves += one[c]! * other[k]! * (2 - Math.abs(c - k));
  }
  return halves;
}
