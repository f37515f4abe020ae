import { REASONS } from "../../contract/reasons.ts";
import { chanceAgreement, type ChanceAgreement, chanceBeside, kappaOf } from "./chance.ts";
import { FIRST, type OutcomeCounts, SECOND, TIED } from "./counts.ts";
import { eachInBoth, type PromptsOfComparisons } from "./pairs.ts";
import type { Estimate, NotEstimable } from "../estimate.ts";
import { emptySums, type PromptSums, totals } from "../intervals/prompt-sums.ts";
import type { PromptDraws } from "../resampling/prompt-draws.ts";
import { type FigureOfSums, figuresByPrompt } from "../intervals/prompt-sums-interval.ts";

/** One way to compare a model with people: what is observed, what chance alone would give, and what lies beyond it. */
export interface BesideChance {
  readonly modelHuman: Estimate;
  /** What it would be if the model and people chose independently, each with their own shares of choices. */
  readonly chance: number | null;
  /** (modelHuman − chance) / (1 − chance): 0 is chance, 1 full agreement. */
  readonly kappa: Estimate;
  /** Where people agree with each other, on the same comparisons; and the model's agreement less theirs. */
  readonly humanHuman: Estimate;
  readonly difference: Estimate;
}

interface ModelAndHuman {
  readonly comparisons: number;
  /** Pairs of a judgment of the model and one of people in which neither says tie. */
  readonly decisivePairs: number;
  readonly tieDiscounted: BesideChance;
  readonly exact: BesideChance;
  readonly nonTie: BesideChance;
}

type Measure = keyof ChanceAgreement;

/**
 * Columns of the sums: comparisons; the shares of each choice, first of the model and then of people; and for each
 * measure what agrees and of how much, of the model with people and of people with people.
 */
const COMPARISONS = 0;
const SAID = [1, 4] as const;
const MODEL_HUMAN = { tieDiscounted: 7, exact: 8, nonTie: 9 } as const;
const HUMAN_HUMAN = { tieDiscounted: 10, exact: 11, nonTie: 12 } as const;
const [DECISIVE_WITH_MODEL, DECISIVE_OF_PEOPLE, WIDTH] = [13, 14, 15];

const NONE_SHARED: NotEstimable = {
  notEstimable: REASONS.noneByModelAndTwo,
};
const NO_DECISIVE: NotEstimable = {
  notEstimable: REASONS.noPairedDecisive,
};

/**
 * How far does a model agree with people, beyond chance, and as well as people agree with each other?
 *
 * On the comparisons that the model and at least two people judged. Tie-discounted and exact agreement are means over
 * comparisons of the mean over pairs of judgments; non-tie agreement is the share of all pairs in which neither says tie
 * that prefer the same system. Beside each stands the chance level of chanceAgreement, from the shares of choices of the
 * model and of people, in which every comparison weighs alike as in the mean itself: so a model whose verdicts never vary
 * agrees exactly as chance would, and its tie-discounted and exact kappa are 0, however people judge. Kappa is (agreement − chance) /
 * (1 − chance); tie-discounted it is Cohen's kappa with linear weights. The difference of the model's agreement and that
 * of people is paired by comparison, so that what makes a comparison hard does not blur it. Intervals: see
 * figuresByPrompt; chance is drawn anew with the prompts. Assumes that prompts are independent; the people are taken as
 * they are. Source: J. Cohen, Psychological Bulletin 70 (1968).
 * Example: two people say A and A, the model says tie: ½ beside 1, −½. Edges: refused without such a comparison; kappa
 * where both always say the same one thing; non-tie figures where every pair has a tie.
 */
export function modelAndHuman(given: {
  model: OutcomeCounts;
  people: OutcomeCounts;
  prompts: PromptsOfComparisons;
  draws: PromptDraws;
}): ModelAndHuman {
  const sums = sumsOf(given);
  const whole = totals(sums);
  const figures = figuresByPrompt(sums, { figures: figuresOf(whole), draws: given.draws });
  const chance = chanceOf(whole);
  const told = (measure: Measure): BesideChance => ({
    modelHuman: figures[`${measure}ModelHuman`],
    chance: chanceBeside(figures[`${measure}ModelHuman`].value, chance[measure]),
    kappa: figures[`${measure}Kappa`],
    humanHuman: figures[`${measure}HumanHuman`],
    difference: figures[`${measure}Difference`],
  });
  return {
    comparisons: whole[COMPARISONS]!,
    decisivePairs: whole[DECISIVE_WITH_MODEL]!,
    ...{ tieDiscounted: told("tieDiscounted"), exact: told("exact"), nonTie: told("nonTie") },
  };
}

type Value = FigureOfSums["value"];
type Name = `${Measure}${"ModelHuman" | "Kappa" | "HumanHuman" | "Difference"}`;

const MEASURES: readonly Measure[] = ["tieDiscounted", "exact", "nonTie"];

function figuresOf(whole: Float64Array): Record<Name, FigureOfSums> {
  const made = MEASURES.flatMap((measure): [Name, FigureOfSums][] => {
    const [byModel, byPeople] =
      measure === "nonTie" ? [DECISIVE_WITH_MODEL, DECISIVE_OF_PEOPLE] : [COMPARISONS, COMPARISONS];
    const model = quotient(MODEL_HUMAN[measure], byModel);
    const people = quotient(HUMAN_HUMAN[measure], byPeople);
    const counting = (support: number) => ({ support, n: whole[support]! });
    const share = (value: Value) => ({ value, range: { low: 0, high: 1 }, isShare: true });
    const signed = (value: Value, low: number) => ({ value, range: { low, high: 1 }, isShare: false });
    const beyond: Value = (sums) => {
      const agreement = model(sums);
      return typeof agreement === "number" ? kappaOf(agreement, chanceOf(sums)[measure]) : agreement;
    };
    const apart: Value = (sums) => {
      const [one, other] = [model(sums), people(sums)];
      return typeof one !== "number" ? one : typeof other !== "number" ? other : one - other;
    };
    return [
      [`${measure}ModelHuman`, { ...share(model), ...counting(byModel) }],
      [`${measure}Kappa`, { ...signed(beyond, -Infinity), ...counting(byModel) }],
      [`${measure}HumanHuman`, { ...share(people), ...counting(byPeople) }],
      [`${measure}Difference`, { ...signed(apart, -1), ...counting(byModel) }],
    ];
  });
  return Object.fromEntries(made) as Record<Name, FigureOfSums>;
}

const quotient =
  (of: number, by: number): Value =>
  (sums) => {
    if (sums[COMPARISONS] === 0) return NONE_SHARED;
    return sums[by]! > 0 ? sums[of]! / sums[by]! : NO_DECISIVE;
  };

const chanceOf = (sums: Float64Array): ChanceAgreement =>
  chanceAgreement([sums.subarray(SAID[0], SAID[0] + 3), sums.subarray(SAID[1], SAID[1] + 3)]);

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
    if (sizeOf(those) < 2) return;
    const own = model.counts.subarray(3 * inModel, 3 * inModel + 3);
    const row = prompts.promptOf[model.comparison[inModel]!]! * WIDTH;
    addComparison(sums.values.subarray(row, row + WIDTH), own, those);
  });
  return sums;
}

function addComparison(into: Float64Array, model: Int32Array, people: Int32Array): void {
  const [m, n] = [sizeOf(model), sizeOf(people)];
  into[COMPARISONS]! += 1;
  for (let k = 0; k < 3; k++) {
    into[SAID[0] + k]! += model[k]! / m;
    into[SAID[1] + k]! += people[k]! / n;
  }
  const decisive = m - model[TIED]!;
  into[MODEL_HUMAN.tieDiscounted]! += pointsWith(model, people, TIE_DISCOUNTED) / (2 * m * n);
  into[MODEL_HUMAN.exact]! += pointsWith(model, people, EQUALITY) / (2 * m * n);
  into[MODEL_HUMAN.nonTie]! += model[FIRST]! * people[FIRST]! + model[SECOND]! * people[SECOND]!;
  into[DECISIVE_WITH_MODEL]! += decisive * (n - people[TIED]!);
  const pairs = n * (n - 1);
  into[HUMAN_HUMAN.tieDiscounted]! += (pointsWith(people, people, TIE_DISCOUNTED) - 2 * n) / (2 * pairs);
  into[HUMAN_HUMAN.exact]! += (pointsWith(people, people, EQUALITY) - 2 * n) / (2 * pairs);
  into[HUMAN_HUMAN.nonTie]! += twos(people[FIRST]!) + twos(people[SECOND]!);
  into[DECISIVE_OF_PEOPLE]! += twos(n - people[TIED]!);
}

const sizeOf = (counts: Int32Array): number => counts[FIRST]! + counts[TIED]! + counts[SECOND]!;

/** Pairs among n. */
const twos = (n: number): number => (n * (n - 1)) / 2;

/** Points for two judgments that say the same, of which exactly one says tie, and that prefer different systems. */
export type Points = readonly [same: number, oneTie: number, opposite: number];
export const TIE_DISCOUNTED: Points = [2, 1, 0];
export const EQUALITY: Points = [2, 0, 0];

/** Points of each judgment of the one side with each of the other, added up: twice their agreement. */
export function pointsWith(one: ArrayLike<number>, other: ArrayLike<number>, points: Points): number {
  let sum = 0;
  for (let c = 0; c < 3; c++) {
    for (let k = 0; k < 3; k++) sum += one[c]! * other[k]! * points[Math.abs(c - k)]!;
  }
  return sum;
}
