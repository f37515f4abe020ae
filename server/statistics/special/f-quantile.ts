import { regularisedBeta } from "./regularised-beta.ts";

/**
 * The x below which a share p of the F distribution with `over` and `under` degrees of freedom (both above 0) lies: the ratio of
 * two variances that differ by chance alone. By halving on a logarithmic scale; relative error about 1e-12. Example: 6.7241
 * for 0.975 with 1 and 11.
 * @throws RangeError where p is not inside (0, 1)
 */
export function fQuantile(p: number, over: number, under: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`fQuantile needs a share inside (0, 1), not ${p}.`);
  const below = (x: number) =>
    regularisedBeta((over * x) / (over * x + under), over / 2, under / 2, under / (over * x + under));
  let [low, high] = [-300, 300];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (below(Math.exp(middle)) < p) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
