import { normalQuantile } from "./special/normal.ts";

const Z = normalQuantile(0.975);

/**
 * Within which limits is a proportion that was seen `count` times in `n` independent tries? Wilson's score
 * interval at 95 % (Wilson 1927): it never leaves [0, 1], and zero of n does not give [0, 0].
 * It assumes that no prompt and no annotator repeats. `n` may be a fraction: an effective number of tries.
 * Example: 8 of 10 gives [0.4902, 0.9433]. @throws RangeError unless 0 ≤ count ≤ n and n > 0
 */
export function wilson(count: number, n: number): { low: number; high: number } {
  if (!(n > 0 && count >= 0 && count <= n)) throw new RangeError("wilson needs 0 ≤ count ≤ n and n > 0.");
  const p = count / n;
  const square = Z * Z;
  const scale = 1 + square / n;
  const centre = (p + square / (2 * n)) / scale;
  const half = (Z / scale) * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n));
  return {
    low: count === 0 ? 0 : Math.max(0, centre - half),
    high: count === n ? 1 : Math.min(1, centre + half),
  };
}
