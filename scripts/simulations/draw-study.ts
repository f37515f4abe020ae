import { LOSS, TIE, WIN } from "../../server/statistics/judgments/half-tie.ts";
import { normalCdf } from "../../server/statistics/special/normal-cdf.ts";
import { type Random, randomBelow } from "../../server/statistics/resampling/random.ts";
import type { Design } from "./designs.ts";

/** A judgment is a win above this, a loss below its negative, else a tie. */
const CUT = 0.3;
/** Standard deviation of prompts' effects; that of the noise of a judgment is 1. */
const OF_PROMPTS = 0.7;

/** Judgments of one simulated study, prompt by prompt, with the truth behind them. */
export interface DrawnStudy {
  readonly prompts: Int32Array;
  readonly annotators: Int32Array;
  readonly outcomes: Uint8Array;
  readonly promptCount: number;
  readonly annotatorCount: number;
  /** The half-tie rate by prompt of annotators in general. */
  readonly rate: number;
  /** The same of the annotators who judged; null where it is not known. */
  readonly theirRate: number | null;
}

/** The mean that gives a half-tie rate, where effects beyond the noise have the standard deviation `spread`. */
function meanFor(rate: number, spread: number): number {
  let [low, high] = [-20, 20];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (rateOf(middle, Math.hypot(OF_PROMPTS, spread, 1)) < rate) low = middle;
    else high = middle;
  }
  return low;
}

/** The half-tie rate of a normal latent score. */
const rateOf = (mean: number, sd: number): number =>
  (normalCdf((mean - CUT) / sd) + normalCdf((mean + CUT) / sd)) / 2;

/**
 * What draws studies: latent score = mean + effect of the prompt + effect of the annotator + noise, all normal.
 * @param rate the half-tie rate of annotators in general; `spread`: standard deviation of their effects
 */
export function studiesOf(
  design: Design,
  { rate, spread }: { rate: number; spread: number },
): (random: Random) => DrawnStudy {
  const mean = meanFor(rate, spread);
  return (random) => ({ ...drawStudy(design, { mean, spread, random }), rate });
}

/** The variances of the scores of such studies between annotators, between prompts, and what is left. */
export function componentsOf({ rate, spread }: { rate: number; spread: number }) {
  const mean = meanFor(rate, spread);
  const all = Math.hypot(OF_PROMPTS, spread, 1);
  const [ofWin, ofLoss] = [1 - normalCdf((CUT - mean) / all), normalCdf((-CUT - mean) / all)];
  const between = (own: number) => {
    const rest = Math.sqrt(all ** 2 - own ** 2);
    const steps = Array.from({ length: 2001 }, (_, i) => -8 + i / 125);
    const at = (z: number) =>
      (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / 125) * (rateOf(mean + own * z, rest) - rate) ** 2;
    return steps.reduce((sum, z) => sum + at(z), 0);
  };
  const [annotators, prompts] = [between(spread), between(OF_PROMPTS)];
  const whole = ofWin + (1 - ofWin - ofLoss) / 4 - rate ** 2;
  return { annotators, prompts, residual: whole - annotators - prompts };
}

function drawStudy(
  design: Design,
  { mean, spread, random }: { mean: number; spread: number; random: Random },
): Omit<DrawnStudy, "rate"> {
  const own = Float64Array.from({ length: design.annotators }, () => spread * normal(random));
  const sd = Math.hypot(OF_PROMPTS, 1);
  const rates = own.map((effect) => rateOf(mean + effect, sd));
  const weights = design.votes === "uneven" ? unevenWeights(design.annotators, random) : null;
  const [prompts, annotators, outcomes]: number[][] = [[], [], []];
  let theirRate = 0;
  for (let prompt = 0; prompt < design.prompts; prompt++) {
    const ease = mean + OF_PROMPTS * normal(random);
    const who = whoJudges(design, { prompt, weights, random });
    who.forEach((annotator, slot) => {
      const latent = ease + own[annotator]! + normal(random);
      prompts!.push(prompt);
      annotators!.push(design.slots ? slot : annotator);
      outcomes!.push(latent > CUT ? WIN : latent < -CUT ? LOSS : TIE);
      theirRate += rates[annotator]! / who.length / design.prompts;
    });
  }
  return {
    prompts: Int32Array.from(prompts!),
    annotators: Int32Array.from(annotators!),
    outcomes: Uint8Array.from(outcomes!),
    ...{ promptCount: design.prompts, annotatorCount: design.annotators, theirRate },
  };
}

function whoJudges(
  design: Design,
  { prompt, weights, random }: { prompt: number; weights: readonly number[] | null; random: Random },
): number[] {
  if (design.votes === "mostly one")
    return Array.from({ length: design.annotators }, (_, annotator) => annotator).filter(
      (annotator) => annotator === 0 || randomBelow(random, 5) === 0,
    );
  return weights === null ? evenly(design, prompt) : unevenly(weights, random);
}

/** Different annotators within a prompt, and different company from prompt to prompt. */
function evenly({ annotators, votes }: Design, prompt: number): number[] {
  const stride = 1 + (Math.floor(prompt / annotators) % Math.max(1, Math.floor((annotators - 1) / 2)));
  return Array.from({ length: Number(votes) }, (_, k) => (prompt + k * stride) % annotators);
}

/** Proportional to draws from a gamma distribution of shape 2. */
const unevenWeights = (annotators: number, random: Random): number[] =>
  Array.from({ length: annotators }, () => -Math.log(uniform(random) * uniform(random)));

function unevenly(weights: readonly number[], random: Random): number[] {
  const votes = 1 + randomBelow(random, 5);
  const who: number[] = [];
  while (who.length < Math.min(votes, weights.length)) {
    const total = weights.reduce((sum, weight, i) => sum + (who.includes(i) ? 0 : weight), 0);
    let left = uniform(random) * total;
    const at = weights.findIndex((weight, i) => !who.includes(i) && (left -= weight) <= 0);
    if (at >= 0) who.push(at);
  }
  return who;
}

/** Above 0, below 1. */
const uniform = (random: Random): number => (random() + 0.5) / 2 ** 32;

/** A standard normal number, by Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
}
