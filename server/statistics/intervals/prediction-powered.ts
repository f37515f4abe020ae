import { REASONS } from "../../contract/reasons.ts";
import { type Interval, type NotEstimable, UPPER } from "../estimate.ts";
import { studentTTail } from "../special/student-t-cdf.ts";
import { studentTQuantile } from "../special/student-t-quantile.ts";

/** Means of prompts, from 0 to 1: those that people judged with what the model gives them, and the model's on the others. */
interface Judged {
  readonly people: Float64Array;
  /** The model on the same prompts. */
  readonly model: Float64Array;
  /** The model on prompts that no people judged. */
  readonly others: Float64Array;
}

export interface PredictionPowered extends Interval {
  readonly value: number;
  /** How much weight the model has: 0 leaves the mean of people. */
  readonly lambda: number;
  /** Variance of the mean of people over that of this estimate: as if people had judged so many times more prompts. */
  readonly gain: number;
}

/** Fewer prompts than these say too little of how model and people go together. */
const PEOPLE_LEAST = 30;
const OTHERS_LEAST = 10;
/** Below it the prompts of people are no random part of all. */
const NOT_RANDOM = 0.01;

/**
 * The mean of people over all prompts where they judged a random part of them and a model all: θ = mean of
 * (y − λf) over the n prompts of people + λ · mean of f over the N others, y being the mean of people and f the model's on a
 * prompt. The model's errors are measured where people judged too, so the estimate holds however wrong it is.
 *
 * λ = cov(y, f) / ((1 + n/N) var f), which makes the variance least, kept in 0 … 1 (power tuning); var f over all prompts.
 * Interval θ ± t √(var(y − λf)/n + λ² var(f)/N) with t on n − 2 degrees of freedom, the first variance divided by n − 2 and the last
 * over the others; cut off at 0 and 1. Assumes that people's prompts are a random part of all, that prompts are independent, and these annotators.
 * Source: A. Angelopoulos, J. Duchi and T. Zrnic, PPI++, arXiv 2311.01453 (2023), section 6 for λ.
 * Example: a model equal to people gives the mean over all prompts.
 * Edges: refused with fewer than 30 prompts by people or 10 others, where either never varies, and where the model differs
 * between the two parts by a t test at 1 %, as it would hardly by chance. @throws RangeError where columns differ in length.
 */
export function predictionPowered({ people, model, others }: Judged): PredictionPowered | NotEstimable {
  if (people.length !== model.length)
    throw new RangeError(`${people.length} prompts of people, ${model.length} of the model.`);
  const [n, rest] = [people.length, others.length];
  if (n < PEOPLE_LEAST) return { notEstimable: REASONS.fewPromptsOfPeople(PEOPLE_LEAST) };
  if (rest < OTHERS_LEAST) return { notEstimable: REASONS.fewOtherPrompts(OTHERS_LEAST) };
  const varianceOfOthers = varianceOf(others);
  const all = varianceOf(Float64Array.of(...model, ...others));
  if (all === 0) return { notEstimable: REASONS.constantModel };
  const ofPeople = varianceOf(people);
  if (ofPeople === 0) return { notEstimable: REASONS.sameMean };
  if (pOfDifference(model, others) < NOT_RANDOM) return { notEstimable: REASONS.notRandomPart };
  const lambda = Math.min(1, Math.max(0, covarianceOf(people, model) / ((1 + n / rest) * all)));
  const residuals = people.map((y, p) => y - lambda * model[p]!);
  const variance = (varianceOf(residuals) * (n - 1)) / (n - 2) / n + (lambda ** 2 * varianceOfOthers) / rest;
  const value = meanOf(residuals) + lambda * meanOf(others);
  const half = studentTQuantile(UPPER, n - 2) * Math.sqrt(variance);
  return {
    ...{ value: within(value), low: within(value - half), high: within(value + half), lambda },
    gain: ofPeople / n / variance,
    method: `prediction-powered by prompt (t, ${n - 2} df, annotators fixed)`,
  };
}

const within = (value: number): number => Math.min(1, Math.max(0, value));

/** Two-sided, of Welch's t test that two means are equal; 1 where neither varies. */
function pOfDifference(a: Float64Array, b: Float64Array): number {
  const [va, vb] = [varianceOf(a) / a.length, varianceOf(b) / b.length];
  if (va + vb === 0) return meanOf(a) === meanOf(b) ? 1 : 0;
  const df = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  return 2 * studentTTail(Math.abs(meanOf(a) - meanOf(b)) / Math.sqrt(va + vb), df);
}

const meanOf = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const varianceOf = (values: Float64Array): number => covarianceOf(values, values);

function covarianceOf(a: Float64Array, b: Float64Array): number {
  const [ma, mb] = [meanOf(a), meanOf(b)];
  return a.reduce((sum, x, i) => sum + (x - ma) * (b[i]! - mb), 0) / (a.length - 1);
}
