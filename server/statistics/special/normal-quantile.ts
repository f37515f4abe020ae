import { normalCdf, normalCentre, normalDensity } from "./normal-cdf.ts";

/**
 * The x below which a share p of the standard normal distribution lies: the inverse of normalCdf, for 0 < p < 1.
 *
 * Source: the start of Abramowitz and Stegun 26.2.22 (error 0.003), then Halley steps on Φ(x) − p; near the
 * median on Φ(x) − ½, so that no digits are lost there. Relative error about 1e-15 in x.
 * Examples: normalQuantile(0.975) = 1.959963984540054, normalQuantile(1e-10) = -6.361340902404056.
 * @throws RangeError where p is not inside (0, 1).
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normalQuantile needs a share between 0 and 1, not ${p}.`);
  if (p > 0.5) return -lowerQuantile(1 - p, p - 0.5);
  return p === 0.5 ? 0 : lowerQuantile(p, 0.5 - p);
}

const STEPS = 4;
const CENTRAL = 0.25;

/** `tail` below ½, and `centre` = ½ − tail where that is known more exactly. */
function lowerQuantile(tail: number, centre: number): number {
  let x = roughQuantile(tail);
  for (let step = 0; step < STEPS; step++) {
    const excess = centre < CENTRAL ? normalCentre(x) + centre : normalCdf(x) - tail;
    const newton = excess / normalDensity(x);
    x -= newton / (1 + (x * newton) / 2);
  }
  return x;
}

function roughQuantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  return (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t) - t;
}
