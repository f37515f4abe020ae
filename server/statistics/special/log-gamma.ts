import { stirlingError } from "./stirling-error.ts";

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Logarithm of the gamma function, ln Γ(x), for finite x > 0. Γ(n) = (n − 1)! for whole n.
 *
 * Source: Stirling's formula with its correction (see stirlingError). Error about 1e-15 times the larger of 1 and
 * the result; next to the zeros at 1 and 2 that is an absolute error. Example: logGamma(5) = ln 24.
 * @throws RangeError where x is not a finite number above 0.
 */
export function logGamma(x: number): number {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`logGamma needs a finite number above 0, not ${x}.`);
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x);
}
