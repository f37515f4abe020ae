/** Lanczos' coefficients for g = 7 and nine terms, as Godfrey (2001) computed them. */
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const G = 7;

/**
 * The natural logarithm of the gamma function at x > 0, to about 14 digits (Lanczos' approximation).
 * Example: logGamma(5) = log 24.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError("logGamma needs a positive number.");
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = COEFFICIENTS[0]!;
  for (let i = 1; i < COEFFICIENTS.length; i++) sum += COEFFICIENTS[i]! / (z + i);
  const t = z + G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}
