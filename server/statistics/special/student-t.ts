import { incompleteBeta } from "./incomplete-beta.ts";
import { logGamma } from "./log-gamma.ts";
import { normalQuantile } from "./normal.ts";

/**
 * The probability that a Student t variable with `df` > 0 degrees of freedom is at most t.
 * From the incomplete beta function; with one degree of freedom it is ½ + arctan(t)/π.
 */
export function studentCdf(t: number, df: number): number {
  if (!(df > 0)) throw new RangeError("studentCdf needs positive degrees of freedom.");
  if (t === 0) return 0.5;
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t < 0 ? tail : 1 - tail;
}

/**
 * The value below which a Student t variable stays with probability p, 0 < p < 1.
 * One and two degrees of freedom in closed form; else Newton's method kept inside a bracket.
 * Example: studentQuantile(0.975, 10) = 2.2281388519862744.
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1 && df > 0)) throw new RangeError("studentQuantile needs 0 < p < 1 and df > 0.");
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, df);
  if (df === 1) return Math.tan(Math.PI * (p - 0.5));
  if (df === 2) return (2 * p - 1) * Math.sqrt(1 / (2 * p * (1 - p)));
  let low = 0;
  let high = Math.max(2, 2 * normalQuantile(p));
  while (studentCdf(high, df) < p) [low, high] = [high, high * 2];
  let t = Math.min(high, Math.max(low, normalQuantile(p)));
  for (let i = 0; i < 200; i++) {
    const error = studentCdf(t, df) - p;
    if (error > 0) high = t;
    else low = t;
    const newton = t - error / density(t, df);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= 2e-16 * Math.abs(t)) return next;
    t = next;
  }
  return t;
}

function density(t: number, df: number): number {
  const log = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI);
  return Math.exp(log - ((df + 1) / 2) * Math.log1p((t * t) / df));
}
