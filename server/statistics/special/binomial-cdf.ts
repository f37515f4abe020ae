import { regularisedBeta } from "./regularised-beta.ts";

/**
 * Probability of at most k successes in n independent trials that each succeed with probability p.
 *
 * Source: NIST DLMF 8.17.5, as an incomplete beta function, so that the time does not grow with n and the far
 * tails keep their digits. Example: binomialCdf(400, {n: 1000, p: 0.5}) = 1.3642e-10. Edge: 0 below k = 0, 1 from
 * k = n on.
 * @throws RangeError where k or n is not whole, n is negative, or p is outside [0, 1].
 */
export function binomialCdf(k: number, { n, p }: { n: number; p: number }): number {
  if (!Number.isInteger(k) || !Number.isInteger(n) || n < 0 || !(p >= 0 && p <= 1)) {
    throw new RangeError(`binomialCdf is not defined for k = ${k}, n = ${n}, p = ${p}.`);
  }
  if (k < 0) return 0;
  if (k >= n) return 1;
  return regularisedBeta(1 - p, n - k, k + 1, p);
}
