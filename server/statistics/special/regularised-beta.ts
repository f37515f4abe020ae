import { deviance } from "./deviance.ts";
import { stirlingError } from "./stirling-error.ts";

/**
 * Regularised incomplete beta function I_x(a, b), from 0 to 1: the share of a Beta(a, b) distribution below x.
 * Student's t and the binomial distribution are special cases of it.
 *
 * `y` is 1 − x; whoever knows it more exactly than the subtraction gives it keeps the digits of the far tails.
 * Source: even part of the continued fraction of NIST DLMF 8.17.22 (A. Didonato and A. Morris, ACM Transactions on
 * Mathematical Software 18, 1992), by Lentz's method on the side where it converges fast. Relative error about
 * 1e-14 for the smaller of the two tails. Example: I_x(1, b) = 1 − (1 − x)^b.
 * @throws RangeError where x is outside [0, 1], or a or b is not a finite number above 0.
 */
export function regularisedBeta(x: number, a: number, b: number, y: number = 1 - x): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0 && a + b < Infinity)) {
    throw new RangeError(`regularisedBeta is not defined for x = ${x}, a = ${a}, b = ${b}.`);
  }
  if (x === 0 || y === 0) return x === 0 ? 0 : 1;
  const isLower = x <= (a + 1) / (a + b + 2);
  return isLower ? nearTail(x, a, b, y) : 1 - nearTail(y, b, a, x);
}

/**
 * x^a y^b / B(a, b) with y = 1 − x, the factor that incomplete beta functions and their densities share.
 * Written with deviances instead of log-gammas, because those cancel to 1e-9 when a and b reach a million.
 */
export function betaKernel(x: number, a: number, b: number, y: number): number {
  const n = a + b;
  const correction = stirlingError(n) - stirlingError(a) - stirlingError(b);
  const exponent = correction - deviance(a, n * x) - deviance(b, n * y);
  return Math.sqrt((a / n) * (b / (2 * Math.PI))) * Math.exp(exponent);
}

function nearTail(x: number, a: number, b: number, y: number): number {
  return betaKernel(x, a, b, y) / fraction(x, a, b, y);
}

const STEPS_MAX = 100_000;
/** Stands in for a zero denominator in Lentz's method. */
const TINY = 1e-300;

/** d0 + c1/(d1 + c2/(d2 + …)); every other level is folded away, which saves the digits near x = 1. */
function fraction(x: number, a: number, b: number, y: number): number {
  const start = a * y - b * x + 1;
  let value = (a * start) / (a + 1) || TINY;
  let upper = value;
  let lower = 0;
  for (let m = 1; m <= STEPS_MAX; m++) {
    const odd = a + 2 * m - 1;
    const share = (m * (b - m) * x) / odd;
    const c = (((a + m - 1) * (a + b + m - 1)) / odd) * share * x;
    const d = m + share + ((a + m) * (start + m * (2 - x))) / (odd + 2);
    lower = 1 / (d + c * lower || TINY);
    upper = d + c / upper || TINY;
    value *= upper * lower;
    if (Math.abs(upper * lower - 1) < 2.5e-16) return value;
  }
  throw new RangeError(`regularisedBeta did not converge at x = ${x}, a = ${a}, b = ${b}.`);
}
