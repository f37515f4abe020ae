import { REASONS } from "../../contract/reasons.ts";
import { type Interval, type NotEstimable, UPPER } from "../estimate.ts";
import { exactBinomial } from "../intervals/exact-binomial.ts";
import type { Random } from "../resampling/random.ts";
import { normalCdf } from "../special/normal-cdf.ts";
import { normalQuantile } from "../special/normal-quantile.ts";
import { headsOf } from "./sign-flip-draws.ts";

/** What the interval may miss on either side. */
const MISSED = 1 - UPPER;
/** As many kinds of subsets are listed one by one; of more, some are drawn. */
const LISTED_MAX = 4096;
/** How far a limit that the test places beyond one half is moved towards the value: not so far that it would matter. */
const BEYOND = 1e-3;
/** As many prompts of equal weight and distance make the flipped sum as good as normal. */
const MANY = 100;
/** Of a larger class some probabilities would be below the smallest number. */
const COUNT_MAX = 1000;
/** Subsets drawn, each with its complement; fewer where each takes long, but not below the least. */
const DRAWN = 5000;
const DRAWN_LEAST = 500;
const NUMBERS_MAX = 2 ** 24;

/** Prompts of one mean score and one weight. */
interface MeanClass {
  readonly mean: number;
  readonly weight: number;
  readonly count: number;
}

/** Means of subsets, from the smallest on, with their probabilities; and that of the empty subset. */
interface SubsetMeans {
  readonly means: Float64Array;
  readonly chances: Float64Array;
  readonly empty: number;
  readonly method: string;
}

/**
 * 95 % interval for a weighted mean of prompts' mean scores by inverting the sign-flip test (sign-flip-permutation.ts):
 * the values θ that the test would not reject at 5 % if θ stood in the place of one half.
 *
 * A subset of prompts has the sign of its scores' distances from θ flipped; the flipped sum reaches the observed one
 * exactly where the subset's own mean is on the other side of θ. So the one-sided p of θ below the mean is the share of
 * all 2^P subsets whose mean is at most θ, the empty one among them, and the limits are quantiles of the subsets' means
 * at 2.5 and 97.5 %: nothing is searched, and p grows towards the mean. Prompts of one mean and weight are one class,
 * from which a binomial number is taken. Every kind of subset is listed where there are up to 4,096, else 5,000 are drawn
 * with their complements; with many prompts the sum is taken for normal, which is nearer than draws. Assumes that prompts are independent and that their scores scatter symmetrically around θ.
 * Source: J. Hartigan, JASA 64 (1969), 1303–1317 (typical values).
 *
 * `p` is that of the test of one half for the same scores: it decides whether the interval contains one half where the
 * draws would place a limit on the other side, so that the two never disagree.
 * Edges: fewer than six prompts reject nothing, so their interval reaches the end of the range. If every prompt is won,
 * or every one lost, the exact binomial interval on the number of prompts, whose test is the same; refused if all have
 * another same mean, and with fewer than two prompts.
 * @param means 0 to 1, one for each prompt; `weights` above 0, as many; `missed`: what the interval may miss on either side,
 * 2.5 % if not given
 */
export function signFlipInterval(given: {
  means: Float64Array;
  weights: ArrayLike<number>;
  p: number;
  random: Random;
  missed?: number;
}): Interval | NotEstimable {
  const { means, weights, p, random, missed = MISSED } = given;
  const prompts = means.length;
  if (prompts < 2) return { notEstimable: prompts === 0 ? REASONS.noJudgments : REASONS.onePrompt };
  const classes = classesOf(means, weights);
  if (classes.every(({ mean }) => mean === classes[0]!.mean))
    return ofSame(classes[0]!.mean, prompts, missed);
  const value = meanOf(classes);
  const { low, high, method } =
    fromMany(classes, value, missed) ?? fromSubsets(listed(classes) ?? drawn(classes, random), missed);
  return {
    low: value > 0.5 ? asTested(low, { p, side: 1, value, missed }) : low,
    high: value < 0.5 ? asTested(high, { p, side: -1, value, missed }) : high,
    method,
  };
}

/**
 * With many prompts the flipped sum is as good as normal: symmetric, with an excess of −2 Σa⁴/(Σa²)² where a are the
 * scores' weighted distances from θ. The limits solve (Σ w (m − θ))² = z² Σ w² (m − θ)². Null where there are too few.
 */
function fromMany(classes: readonly MeanClass[], value: number, missed: number): Interval | null {
  if (!areMany(classes, value)) return null;
  const z = normalQuantile(1 - missed);
  let [total, squares, cross, ownSquares] = [0, 0, 0, 0];
  for (const { mean, weight, count } of classes) {
    const square = weight * weight * count;
    total += weight * count;
    squares += square;
    cross += square * mean;
    ownSquares += square * mean * mean;
  }
  const [a, b] = [total ** 2 - z ** 2 * squares, total ** 2 * value - z ** 2 * cross];
  const root = Math.sqrt(b * b - a * (total ** 2 * value ** 2 - z ** 2 * ownSquares));
  const method = "inverted sign flips by prompt, normal approximation";
  return { low: Math.max(0, (b - root) / a), high: Math.min(1, (b + root) / a), method };
}

/** Whether the flipped sum is as good as normal. */
function areMany(classes: readonly MeanClass[], value: number): boolean {
  let [total, squares, apart, apartFourth] = [0, 0, 0, 0];
  for (const { mean, weight, count } of classes) {
    total += weight * count;
    squares += weight * weight * count;
    apart += (weight * (mean - value)) ** 2 * count;
    apartFourth += count * (weight * (mean - value)) ** 4;
  }
  return apart ** 2 >= MANY * apartFourth && total ** 2 >= MANY * squares;
}

/**
 * The one-sided p of the same test: were `against` the truth, how often would flipped signs give a mean at least as far above
 * it (side 1), or below it (−1)? It is below `missed` exactly where the interval of that level leaves `against` out on
 * that side, if `random` is the same. Edges as signFlipInterval.
 */
export function signFlipTail(given: {
  means: Float64Array;
  weights: ArrayLike<number>;
  against: number;
  side: 1 | -1;
  random: Random;
}): number | NotEstimable {
  const { means, weights, against, side, random } = given;
  const prompts = means.length;
  if (prompts < 2) return { notEstimable: prompts === 0 ? REASONS.noJudgments : REASONS.onePrompt };
  const classes = classesOf(means, weights);
  const [first] = classes;
  if (classes.every(({ mean }) => mean === first!.mean)) {
    if (first!.mean > 0 && first!.mean < 1) return { notEstimable: REASONS.sameMean };
    return first!.mean === (side === 1 ? 1 : 0) ? (side === 1 ? against : 1 - against) ** prompts : 1;
  }
  if (areMany(classes, meanOf(classes))) return normalTail(classes, against, side);
  const subsets = listed(classes) ?? drawn(classes, random);
  let sum = subsets.empty;
  subsets.means.forEach((mean, k) => {
    if (side * (mean - against) <= 0) sum += subsets.chances[k]!;
  });
  return Math.min(1, sum);
}

function normalTail(classes: readonly MeanClass[], against: number, side: 1 | -1): number {
  let [sum, squares] = [0, 0];
  for (const { mean, weight, count } of classes) {
    sum += weight * (mean - against) * count;
    squares += (weight * (mean - against)) ** 2 * count;
  }
  return normalCdf((-side * sum) / Math.sqrt(squares));
}

const fromSubsets = (subsets: SubsetMeans, missed: number): Interval => ({
  ...{ low: limitOf(subsets, 1, missed), high: limitOf(subsets, -1, missed), method: subsets.method },
});

function ofSame(mean: number, prompts: number, missed: number): Interval | NotEstimable {
  if (mean > 0 && mean < 1) return { notEstimable: REASONS.sameMean };
  const exact = exactBinomial(mean * prompts, prompts, missed);
  return "low" in exact ? { ...exact, method: `exact binomial (${prompts} prompts)` } : exact;
}

/** Sorted, so that the order of prompts does not matter. */
function classesOf(means: Float64Array, weights: ArrayLike<number>): MeanClass[] {
  const counts = new Map<number, Map<number, number>>();
  means.forEach((mean, i) => {
    const byWeight = counts.get(mean) ?? new Map<number, number>();
    counts.set(mean, byWeight.set(weights[i]!, (byWeight.get(weights[i]!) ?? 0) + 1));
  });
  const classes = [...counts].flatMap(([mean, byWeight]) =>
    [...byWeight].map(([weight, count]) => ({ mean, weight, count })),
  );
  return classes.sort((a, b) => a.mean - b.mean || a.weight - b.weight);
}

function meanOf(classes: readonly MeanClass[]): number {
  let [sum, total] = [0, 0];
  for (const { mean, weight, count } of classes) {
    sum += mean * weight * count;
    total += weight * count;
  }
  return sum / total;
}

/** Every number that may be taken of each class, with its probability; null where these are too many. */
function listed(classes: readonly MeanClass[]): SubsetMeans | null {
  const kinds = classes.reduce((product, { count }) => product * (count + 1), 1);
  if (kinds > LISTED_MAX || classes.some(({ count }) => count > COUNT_MAX)) return null;
  let found = [{ sum: 0, total: 0, chance: 1 }];
  for (const { mean, weight, count } of classes) {
    const chances = halves(count);
    found = found.flatMap(({ sum, total, chance }) =>
      Array.from(chances, (one, taken) => ({
        sum: sum + taken * weight * mean,
        total: total + taken * weight,
        chance: chance * one,
      })),
    );
  }
  const filled = found.filter(({ total }) => total > 0).map((one) => ({ ...one, mean: one.sum / one.total }));
  filled.sort((a, b) => a.mean - b.mean);
  return {
    means: Float64Array.from(filled, ({ mean }) => mean),
    chances: Float64Array.from(filled, ({ chance }) => chance),
    empty: found[0]!.chance,
    method: "inverted sign flips by prompt, exact",
  };
}

/** Binomial(count, ½). */
function halves(count: number): Float64Array {
  const chances = new Float64Array(count + 1);
  chances[0] = 2 ** -count;
  for (let k = 1; k <= count; k++) chances[k] = (chances[k - 1]! * (count - k + 1)) / k;
  return chances;
}

function drawn(classes: readonly MeanClass[], random: Random): SubsetMeans {
  const draws = Math.max(DRAWN_LEAST, Math.min(DRAWN, Math.floor(NUMBERS_MAX / classes.length)));
  const all = meanOf(classes);
  const whole = classes.reduce((sum, { weight, count }) => sum + weight * count, 0);
  const means = new Float64Array(2 * draws);
  for (let draw = 0; draw < draws; draw++) {
    let [sum, total] = [0, 0];
    for (const { mean, weight, count } of classes) {
      const taken = weight * headsOf(count, random);
      sum += taken * mean;
      total += taken;
    }
    // an empty subset counts as the whole, whose complement it is: no more than 2 in 2^13 draws are that
    means[2 * draw] = total === 0 ? all : sum / total;
    means[2 * draw + 1] = total === whole ? all : (all * whole - sum) / (whole - total);
  }
  const chance = 1 / (2 * draws + 1);
  return {
    means: means.sort(),
    chances: new Float64Array(2 * draws).fill(chance),
    empty: chance,
    method: `inverted sign flips by prompt, ${(2 * draws).toLocaleString("en")} drawn`,
  };
}

/** From below (1) or above (−1), the first mean up to which subsets have that share, or the end of the range. */
function limitOf({ means, chances, empty }: SubsetMeans, from: 1 | -1, missed: number): number {
  let sum = empty;
  if (sum >= missed) return from === 1 ? 0 : 1;
  for (let k = 0; k < means.length; k++) {
    const at = from === 1 ? k : means.length - 1 - k;
    sum += chances[at]!;
    if (sum >= missed) return means[at]!;
  }
  return from === 1 ? 1 : 0;
}

/**
 * The limit, on the side of one half that the test gives it: where it lies on the other one, by the error of draws, it is
 * moved to one half, or just beyond. `side` is 1 for a lower limit below a value above one half.
 */
function asTested(
  limit: number,
  { p, side, value, missed }: { p: number; side: 1 | -1; value: number; missed: number },
): number {
  const isRejected = p < 2 * missed;
  if (isRejected === side * (limit - 0.5) > 0) return limit;
  return isRejected ? 0.5 + (value - 0.5) * BEYOND : 0.5;
}
