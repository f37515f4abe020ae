import type { LeanClass } from "./lean-class.ts";
import { type HeadsClass, weightedTail } from "./weighted-tail.ts";

/** The longest stretch of sums that is worked through; it takes at most about 0.1 s. */
const STRETCH_MAX = 2 ** 21;
/** Sums left out have less than e^−40 of all chances. */
const LEFT_OUT = 40;
/** Up to so many prompts p is told to the last digit. */
const COUNTED_PROMPTS = 30;

/** Prompts whose lean is `step` on the grid, `count` of them. */
interface GridClass {
  readonly step: number;
  readonly count: number;
}

/**
 * Share of all ways to put a sign before each prompt's lean whose sum is at least as far from 0 as the observed
 * one; null where the leans lie on no grid that is small enough.
 *
 * Over their common denominator the leans are whole numbers a with k_a prompts each, so a random sum is T = Σ a (2 X_a
 * − k_a) with independent X_a from Binomial(k_a, ½): a convolution of a few binomial distributions (see weightedTail).
 * To keep the digits of small p and the stretch of sums short, heads are given the chance e^{θa}/(e^{θa} + e^{−θa}),
 * with θ such that the observed sum t is the mean, and what that does to each sum is undone afterwards: P(T) = P_θ(T)
 * e^{−θT} Π cosh(θa)^{k_a}, an identity for every θ. Relative errors stay below about 1e-10. The distribution is
 * symmetric, so both tails are twice one. Source of the tilting: H. E. Daniels, Annals of Mathematical Statistics 25
 * (1954). Edge: p below 5e-324 is 0.
 */
export function exactSignFlips(classes: readonly LeanClass[]): number | null {
  const grid = gridOf(classes);
  if (grid === null) return null;
  const reach = total(grid, ({ step, count }) => step * count);
  const observed = Math.abs(grid.reduce((sum, { step }, i) => sum + step * classes[i]!.net, 0));
  if (observed === 0) return 1;
  if (observed === reach) return 2 ** (1 - total(grid, ({ count }) => count));
  const tilt = tiltTo(observed, grid);
  const heads = grid.map((one) => tilted(one, tilt));
  const [start, most] = [(reach + observed) / 2, reach]; // in Σ a X_a, which is (T + reach) / 2
  const side = Math.ceil(deviationOf(heads));
  const stretch = Math.min(most, 2 * side) + 1;
  if (stretch > STRETCH_MAX) return null;
  const length = Math.min(most - start, side) + 1;
  const tail = weightedTail(heads, { start, length, stretch, rate: 2 * tilt });
  const log = total(grid, (one) => logOfUndoing(one, tilt)) + tilt * (reach - observed);
  return asWays(
    Math.min(1, 2 * Math.exp(log) * tail),
    total(grid, ({ count }) => count),
  );
}

/** The leans over their common denominator, divided by what all of them share; null where numbers grow too large. */
function gridOf(classes: readonly LeanClass[]): GridClass[] | null {
  let denominator = 1;
  for (const one of classes) {
    denominator *= one.denominator / greatestCommonDivisor(denominator, one.denominator);
    if (denominator > 2 ** 31) return null;
  }
  const steps = classes.map((one) => one.numerator * (denominator / one.denominator));
  const common = steps.reduce((a, b) => greatestCommonDivisor(a, b));
  return classes.map(({ count }, i) => ({ step: steps[i]! / common, count }));
}

/** The θ at which sums have the mean `observed`: Σ k a tanh(θa), which grows with θ from 0 to the reach. */
function tiltTo(observed: number, grid: readonly GridClass[]): number {
  const isBelow = (tilt: number) =>
    total(grid, ({ step, count }) => count * step * Math.tanh(tilt * step)) < observed;
  let high = 1 / grid.at(-1)!.step;
  while (isBelow(high)) high *= 2; // ends where every tanh has become 1
  let low = 0;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return high;
}

function tilted({ step, count }: GridClass, tilt: number): HeadsClass {
  const odds = Math.exp(2 * tilt * step);
  return { step, count, heads: 1 / (1 + 1 / odds), tails: 1 / (1 + odds) };
}

/** ln of cosh(θa)^k e^{−θak}, so that nothing large cancels. */
function logOfUndoing({ step, count }: GridClass, tilt: number): number {
  return count * (Math.log1p(Math.exp(-2 * tilt * step)) - Math.LN2);
}

/** How far Σ a X_a gets from its mean, but for chances below e^−40 to either side (Bernstein's inequality). */
function deviationOf(classes: readonly HeadsClass[]): number {
  const variance = total(classes, ({ step, count, heads, tails }) => step * step * count * heads * tails);
  const jump = (LEFT_OUT * classes.at(-1)!.step) / 3;
  return jump + Math.sqrt(jump * jump + 2 * LEFT_OUT * variance);
}

/** With few prompts p is a whole number of ways, which is near enough to be known: that takes all error away. */
function asWays(p: number, prompts: number): number {
  const ways = 2 ** prompts;
  return prompts <= COUNTED_PROMPTS ? Math.round(p * ways) / ways : p;
}

function total<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((sum, one) => sum + of(one), 0);
}

/** The largest whole number that divides both; for whole numbers from 0, not both 0. */
export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
