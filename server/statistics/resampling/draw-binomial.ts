import type { Random } from "./random.ts";
import { deviance } from "../special/deviance.ts";
import { stirlingError } from "../special/stirling-error.ts";

/**
 * A number of successes in n independent trials that each succeed with probability p, drawn.
 *
 * A uniform number is spent on the chances of the likeliest count, of the next below it and above it, and so on
 * outwards, until nothing is left of it; that takes about √(n p (1 − p)) steps. Source: inversion from the mode (L.
 * Devroye, Non-Uniform Random Variate Generation, 1986, section X.4). Exact to the 2⁻³² in which uniform numbers
 * come. Edge: p of 0 and 1 and n of 0 spend no random number.
 * @throws RangeError where n is not a whole number from 0, or p is outside [0, 1].
 */
export function drawBinomial(random: Random, { n, p }: { n: number; p: number }): number {
  if (!(Number.isInteger(n) && n >= 0 && p >= 0 && p <= 1)) {
    throw new RangeError(`A binomial number is not defined for n = ${n}, p = ${p}.`);
  }
  if (n === 0 || p === 0) return 0;
  if (p === 1) return n;
  const mode = Math.floor((n + 1) * p);
  const odds = p / (1 - p);
  let left = (random() + 0.5) / 2 ** 32;
  let [down, up] = [mode, mode];
  let chanceDown = chanceOf(mode, n, p);
  let chanceUp = chanceDown;
  left -= chanceDown;
  while (left > 0 && (down > 0 || up < n)) {
    if (down > 0) {
      chanceDown *= down / (n - down + 1) / odds;
      down--;
      left -= chanceDown;
      if (left <= 0) return down;
    }
    if (up < n) {
      chanceUp *= ((n - up) / (up + 1)) * odds;
      up++;
      left -= chanceUp;
      if (left <= 0) return up;
    }
    if (chanceDown + chanceUp === 0) break;
  }
  return mode;
}

/** Probability of x successes, with Loader's deviances so that large counts cost no digits. */
function chanceOf(x: number, n: number, p: number): number {
  if (x === 0) return Math.exp(n * Math.log1p(-p));
  if (x >= n) return p ** n;
  const rest = n - x;
  const correction = stirlingError(n) - stirlingError(x) - stirlingError(rest);
  const exponent = correction - deviance(x, n * p) - deviance(rest, n * (1 - p));
  return Math.sqrt(n / (2 * Math.PI * x * rest)) * Math.exp(exponent);
}
