import { REASONS } from "../../contract/reasons.ts";
import { type NotEstimable, UPPER } from "../estimate.ts";
import { allOf } from "../intervals/exact-binomial.ts";
import { powerOfAnnotators } from "./crossed-study.ts";
import { normalCdf } from "../special/normal-cdf.ts";
import { normalQuantile } from "../special/normal-quantile.ts";

/** What a plan assumes, whichever question it answers. */
interface Design {
  /** Share of judgments that will be ties, 0 to 1. */
  readonly ties: number;
  /** Judgments of each prompt, a whole number from 1. */
  readonly judgmentsPerPrompt: number;
  /** Correlation of two judgments of one prompt, 0 (they tell different things) to 1 (they say the same). */
  readonly correlation: number;
  /** How many annotators share the judgments, for a conclusion about others like them; null: one about these annotators. */
  readonly annotators?: number | null;
  /** Correlation of two judgments of one annotator on different prompts; absent: 0, annotators are all alike. */
  readonly annotatorCorrelation?: number;
}

/** How many independent judgments the judgments of a study are worth, and how many there are. */
interface Size {
  prompts: number;
  judgments: number;
  effectiveJudgments: number;
}

/** The standard errors that the limit of a two-sided test at 5 % is away from the middle. */
const Z = normalQuantile(UPPER);

const NEVER_DETECTED: NotEstimable = { notEstimable: REASONS.neverDetected };

/** A number this close to a whole one is that number: a plan turned round is exact. */
const ROUNDING = 1e-9;

/**
 * Prompts needed to detect a half-tie rate: a two-sided test at 5 % of the rate against ½ then rejects with
 * probability `power`.
 *
 * With d = 2 · rate − 1 and ties t, a judgment's net preference has the variance (1 − t) − d², and n = (z_{0.975} +
 * z_power)² ((1 − t) − d²) / d² independent judgments are needed. m judgments of a prompt that correlate by ρ are worth
 * m / (1 + (m − 1) ρ), so the prompts are n (1 + (m − 1) ρ) / m, rounded up. Assumes a normal estimate, which is good
 * from about 50 prompts on; it is about other prompts under these annotators, as the sign-flip test is. Where the number of
 * annotators is given, it is the fewest prompts with which the power of a conclusion about others like them
 * (powerOfAnnotators) is enough.
 * Source: the usual normal formula; for evaluations of language models E. Miller, arXiv 2411.00640; the design effect
 * L. Kish, Survey Sampling (1965). Example: 0.55 at power 0.8, 22 % ties, one judgment each: 605 prompts.
 * Edges: refused where ties leave no room for the rate (it is at most 1 − t/2); a rate of ½ is refused, and so are annotators
 * who are too few for any number of prompts, with the number that is enough.
 * @throws RangeError where a share is out of range.
 */
export function promptsNeeded(given: Design & { rate: number; power: number }): Size | NotEstimable {
  const refused = requireRate(given);
  if (refused !== null) return refused;
  const net = 2 * given.rate - 1;
  const needed = (standardErrors(given.power) ** 2 * (1 - given.ties - net * net)) / (net * net);
  const exact = needed / worthOfPrompt(given);
  const least = Math.max(1, Math.ceil(exact * (1 - ROUNDING)));
  if (given.annotators == null) return sizeOf(least, given);
  const enough = (prompts: number) => powerOf({ ...given, prompts }) >= given.power;
  return enough(PROMPTS_MOST) ? sizeOf(leastWhole(Math.max(2, least), enough), given) : tooFewOf(given);
}

/**
 * The half-tie rate above ½ closest to it that so many prompts detect with probability `power`: promptsNeeded, turned
 * round. d = z √((1 − t) / (n + z²)) with z = z_{0.975} + z_power and n independent judgments; the rate is (1 + d) / 2,
 * and one below ½ by as much is detected as well.
 *
 * Turning it round again gives the same number of prompts. Example: 300 prompts, 22 % ties, power 0.8: 0.5705.
 * Edge: refused where not even a target that never loses would be detected.
 * @throws RangeError where a share is out of range, or prompts are not a whole number from 1.
 */
export function smallestDetectable(
  given: Design & { prompts: number; power: number },
): (Size & { rate: number }) | NotEstimable {
  const tooFew = requireDesign(given);
  if (tooFew !== null) return tooFew;
  const size = sizeOf(given.prompts, given);
  if (given.annotators != null) return smallestOfAnnotators(given, size);
  const z = standardErrors(given.power);
  const net = z * Math.sqrt((1 - given.ties) / (size.effectiveJudgments + z * z));
  if (!(net <= 1 - given.ties) || net === 0) return NEVER_DETECTED;
  return { ...size, rate: (1 + net) / 2 };
}

/**
 * The probability that a two-sided test at 5 % rejects in the right direction, if the half-tie rate is `rate`: Φ(|d| √(n
 * / ((1 − t) − d²)) − z_{0.975}), from the same formula. Example: 0.55 on 605 prompts with 22 % ties: 0.8.
 * Edges: as for promptsNeeded; where every judgment says the same it is 1, or 0 where annotators are a sample and the exact
 * test of as many wins as prompts, which is made then, finds nothing.
 * @throws RangeError where a share is out of range, or prompts are not a whole number from 1.
 */
export function powerToDetect(
  given: Design & { prompts: number; rate: number },
): (Size & { power: number }) | NotEstimable {
  const refused = requireRate(given);
  if (refused !== null) return refused;
  return { ...sizeOf(given.prompts, given), power: powerOf(given) };
}

function powerOf(given: Design & { prompts: number; rate: number }): number {
  const { prompts, annotators = null } = given;
  const net = Math.abs(2 * given.rate - 1);
  const variance = Math.max(0, 1 - given.ties - net * net); // rounding may go below
  const study = { ...given, annotatorCorrelation: given.annotatorCorrelation ?? 0, net, variance };
  if (annotators !== null && prompts > 1 && variance > 0) return powerOfAnnotators({ ...study, annotators });
  if (annotators !== null && prompts === 1) return 0; // an interval takes two
  if (annotators !== null) return allOf(prompts, 0.5) < 2 * (1 - UPPER) ? 1 : 0; // every judgment says the same
  return normalCdf(net * Math.sqrt((prompts * worthOfPrompt(given)) / variance) - Z);
}

const PROMPTS_MOST = 1e9;

/** Why so many annotators are too few for any number of prompts, and how many are enough for some. */
function tooFewOf(given: Design & { rate: number; power: number }): NotEstimable {
  const most = powerOf({ ...given, prompts: PROMPTS_MOST });
  const isEnough = (annotators: number) =>
    powerOf({ ...given, annotators, prompts: PROMPTS_MOST }) >= given.power;
  const annotators = leastWhole(given.annotators! + 1, isEnough);
  return { notEstimable: REASONS.tooFewAnnotators({ of: given.annotators!, most, annotators }) };
}

/** The least whole number from `start` on that is enough, where more is never less; at most PROMPTS_MOST. */
function leastWhole(start: number, isEnough: (number: number) => boolean): number {
  let [below, above] = [start - 1, start];
  while (above < PROMPTS_MOST && !isEnough(above))
    [below, above] = [above, Math.min(2 * above, PROMPTS_MOST)];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (isEnough(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** The rate between ½ and the highest at which the power is just enough, by halving. */
function smallestOfAnnotators(
  given: Design & { prompts: number; power: number },
  size: Size,
): (Size & { rate: number }) | NotEstimable {
  let [low, high] = [0.5, 1 - given.ties / 2];
  if (high === 0.5 || powerOf({ ...given, rate: high }) < given.power) return NEVER_DETECTED;
  for (let step = 0; step < 50; step++) {
    const rate = (low + high) / 2;
    if (powerOf({ ...given, rate }) >= given.power) high = rate;
    else low = rate;
  }
  return { ...size, rate: high };
}

function sizeOf(prompts: number, design: Design): Size {
  if (!(Number.isInteger(prompts) && prompts >= 1))
    throw new RangeError(`${prompts} is no number of prompts.`);
  const judgments = prompts * design.judgmentsPerPrompt;
  return { prompts, judgments, effectiveJudgments: prompts * worthOfPrompt(design) };
}

/** Independent judgments that the judgments of one prompt are worth. */
function worthOfPrompt({ judgmentsPerPrompt: m, correlation }: Design): number {
  return m / (1 + (m - 1) * correlation);
}

/** How many standard errors a rate must be away from ½. */
function standardErrors(power: number): number {
  if (!(power > 1 - UPPER && power < 1))
    throw new RangeError(`${power} is no power above chance and below 1.`);
  return Z + normalQuantile(power);
}

/** Why no study of such annotators can be; null where it can. */
function requireDesign(given: Design): NotEstimable | null {
  const { ties, judgmentsPerPrompt, correlation, annotators, annotatorCorrelation = 0 } = given;
  if (!(ties >= 0 && ties <= 1)) throw new RangeError(`${ties} is no share of ties.`);
  if (!(correlation >= 0 && correlation <= 1)) throw new RangeError(`${correlation} is not from 0 to 1.`);
  if (!(Number.isInteger(judgmentsPerPrompt) && judgmentsPerPrompt >= 1)) {
    throw new RangeError(`${judgmentsPerPrompt} is no number of judgments of a prompt.`);
  }
  if (!(annotatorCorrelation >= 0 && annotatorCorrelation <= 1))
    throw new RangeError(`${annotatorCorrelation} is not from 0 to 1.`);
  if (annotatorCorrelation + correlation > 1 + ROUNDING)
    return { notEstimable: REASONS.correlationsAboveOne };
  if (annotators == null) return null;
  if (!(Number.isInteger(annotators) && annotators >= 1))
    throw new RangeError(`${annotators} is no number of annotators.`);
  if (annotators === 1) return { notEstimable: REASONS.oneAnnotatorPlanned };
  if (annotators >= judgmentsPerPrompt) return null;
  return { notEstimable: REASONS.fewerAnnotatorsThanJudgments(judgmentsPerPrompt) };
}

/** Why such a rate cannot be planned for; null where it can. */
function requireRate(given: Design & { rate: number }): NotEstimable | null {
  const tooFew = requireDesign(given);
  const { rate, ties } = given;
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`${rate} is no rate.`);
  if (tooFew !== null) return tooFew;
  if (rate === 0.5) return { notEstimable: REASONS.half };
  const most = 1 - ties / 2;
  if (Math.max(rate, 1 - rate) <= most * (1 + ROUNDING)) return null;
  return { notEstimable: REASONS.beyondTies(ties, most) };
}
