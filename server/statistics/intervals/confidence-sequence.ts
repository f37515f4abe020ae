import { REASONS } from "../../contract/reasons.ts";
import { type NotEstimable, UPPER } from "../estimate.ts";

/** How much of the capital one observation may cost at most. */
const CAUTION = 1 / 2;
/** Halvings of the unit interval: bounds are exact to 1e-9. */
const HALVINGS = 30;
/** The logarithm of the capital that no player reaches with a probability above 1 − UPPER, if the mean is true. */
const ENOUGH = -Math.log(1 - UPPER);

/**
 * A 95 % confidence sequence for the mean of values in [0, 1], given in the order in which they were observed: an
 * interval that stays valid however often somebody looks, and whenever they stop because of what they saw.
 *
 * For each possible mean m, one player bets that the values are larger, another that they are smaller. If m is true,
 * neither capital can be expected to grow, and by Ville's inequality it ever reaches 40 times what it was with a
 * probability of at most 1/40: then m is left out. The stakes adapt to the variance seen so far. Source: I. Waudby-Smith and A. Ramdas, Estimating means of bounded random variables by betting,
 * JRSS B 86 (2024), theorem 3 (the hedged capital process) with c = ½ and θ = ½. Assumes that each value has the
 * same mean given those before it, as of prompts in random order.
 * @returns the bounds after the last value; a reason where there is none
 * @throws RangeError where a value is not in [0, 1]
 */
export function confidenceSequence(values: readonly number[]): { low: number; high: number } | NotEstimable {
  if (values.length === 0) return { notEstimable: REASONS.noJudgments };
  if (!values.every((value) => value >= 0 && value <= 1)) throw new RangeError("A value is not in [0, 1].");
  const stakes = stakesFor(values);
  const mirrored = values.map((value) => 1 - value);
  return { low: lowerBound(values, stakes), high: 1 - lowerBound(mirrored, stakes) };
}

/** What is staked on each value, from those before it; the same whichever end of the scale is called 0. */
function stakesFor(values: readonly number[]): number[] {
  let sum = 1 / 2;
  let squares = 1 / 4;
  return values.map((value, i) => {
    const seen = i + 1;
    const stake = Math.sqrt((2 * ENOUGH) / (squares * Math.log(1 + seen)));
    sum += value;
    squares += (value - sum / (seen + 1)) ** 2;
    return stake;
  });
}

/** The largest mean that the values are too large for; 0 where there is none. */
function lowerBound(values: readonly number[], stakes: readonly number[]): number {
  const isTooSmall = (mean: number): boolean => {
    let capital = 0;
    values.forEach(
      (value, i) => (capital += Math.log1p(Math.min(stakes[i]!, CAUTION / mean) * (value - mean))),
    );
    return capital >= ENOUGH;
  };
  let low = 0;
  let high = 1;
  for (let i = 0; i < HALVINGS; i++) {
    const mean = (low + high) / 2;
    if (isTooSmall(mean)) low = mean;
    else high = mean;
  }
  return low;
}
