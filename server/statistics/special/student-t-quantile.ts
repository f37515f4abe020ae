import { normalQuantile } from "./normal-quantile.ts";
import { studentTCentre, studentTDensity, studentTTail } from "./student-t-cdf.ts";

/**
 * The t below which a share p of Student's t distribution with `df` degrees of freedom lies.
 *
 * It tells how many standard errors an interval must reach where the standard error is itself estimated from few
 * clusters: 1.96 for very many, 2.23 for 11 clusters, 12.7 for two. Method: Newton steps; in the tails on logarithms, where the tail is nearly a power of t, near the median on the share
 * between 0 and t. Relative error about 1e-14. Example: studentTQuantile(0.975, 10) = 2.2281388519862744.
 * @throws RangeError where p is not between 1e-100 and 1, or df is below 1 or not finite.
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 1e-100 && p < 1))
    throw new RangeError(`studentTQuantile needs a share inside (0, 1), not ${p}.`);
  if (!(df >= 1 && df < Infinity))
    throw new RangeError(`studentTQuantile needs df of at least 1, not ${df}.`);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const size = tail < CENTRAL ? quantileInTail(tail, df) : quantileInCentre(Math.abs(p - 0.5), df);
  return p < 0.5 ? -size : size;
}

const CENTRAL = 0.25;
const STEPS_MAX = 100;
/** A relative step this small leaves an error of about its square. */
const SETTLED = 1e-8;

function quantileInTail(tail: number, df: number): number {
  let t = startInTail(-normalQuantile(tail), df);
  for (let step = 0; step < STEPS_MAX; step++) {
    const above = studentTTail(t, df);
    const move = (Math.log(above / tail) * above) / (t * studentTDensity(t, df));
    t *= Math.exp(move);
    if (Math.abs(move) < SETTLED) break;
  }
  return t;
}

/** The first terms of the expansion in 1 / df (Abramowitz and Stegun 26.7.5), where they are a correction. */
function startInTail(z: number, df: number): number {
  if (df < z * z) return z;
  return z + (z ** 3 + z) / (4 * df) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df * df);
}

function quantileInCentre(centre: number, df: number): number {
  let t = centre; // never beyond the answer: the density is below ½ everywhere
  for (let step = 0; step < STEPS_MAX; step++) {
    const move = (centre - studentTCentre(t, df)) / studentTDensity(t, df);
    t += move;
    if (Math.abs(move) < SETTLED * t) break;
  }
  return t;
}
