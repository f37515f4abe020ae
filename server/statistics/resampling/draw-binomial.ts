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
 * @param known what was worked out for the same p before, by n: an n that comes again then only looks its chances up
 * @throws RangeError where n is not a whole number from 0, or p is outside [0, 1].
 */
export function drawBinomial(
  random: Random,
  { n, p }: { n: number; p: number },
  known?: (Outwards | undefined)[],
): number {
  if (!(Number.isInteger(n) && n >= 0 && p >= 0 && p <= 1)) {
    throw new RangeError(`A binomial number is not defined for n = ${n}, p = ${p}.`);
  }
  if (n === 0 || p === 0) return 0;
  if (p === 1) return n;
  let outwards = known?.[n];
  if (outwards === undefined) {
    outwards = new Outwards(n, p);
    if (known) known[n] = outwards;
  }
  return outwards.at((random() + 0.5) / 2 ** 32);
}

/** The chances of all counts from the likeliest outwards, worked out as far as they were needed. */
export class Outwards {
  readonly #n: number;
  readonly #odds: number;
  readonly #counts: number[];
  readonly #chances: number[];
  #down: number;
  #up: number;
  #chanceDown: number;
  #chanceUp: number;

  constructor(n: number, p: number) {
    const mode = Math.floor((n + 1) * p);
    this.#n = n;
    this.#odds = p / (1 - p);
    this.#down = this.#up = mode;
    this.#chanceDown = this.#chanceUp = chanceOf(mode, n, p);
    this.#counts = [mode];
    this.#chances = [this.#chanceDown];
  }

  /** The count on which the last of `left` is spent; the likeliest where rounding leaves some of it. */
  at(left: number): number {
    for (let k = 0; k < this.#counts.length || this.#extend(); k++) {
      left -= this.#chances[k]!;
      if (left <= 0) return this.#counts[k]!;
    }
    return this.#counts[0]!;
  }

  /** Adds the next count below and the next above. @returns whether there was one that has a chance */
  #extend(): boolean {
    const before = this.#counts.length;
    if (this.#chanceDown + this.#chanceUp === 0) return false;
    if (this.#down > 0) {
      this.#chanceDown *= this.#down / (this.#n - this.#down + 1) / this.#odds;
      this.#add(--this.#down, this.#chanceDown);
    }
    if (this.#up < this.#n) {
      this.#chanceUp *= ((this.#n - this.#up) / (this.#up + 1)) * this.#odds;
      this.#add(++this.#up, this.#chanceUp);
    }
    return this.#counts.length > before;
  }

  #add(count: number, chance: number): void {
    this.#counts.push(count);
    this.#chances.push(chance);
  }
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
