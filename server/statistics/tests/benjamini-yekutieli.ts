/**
 * Which of many null hypotheses are rejected so that, on average, at most a share `q` of the rejections is wrong,
 * however the tests depend on each other?
 *
 * Of m p values in rising order the largest p_(i) with p_(i) ≤ i q / (m Σ_{j ≤ m} 1/j) is rejected, and all below it.
 * Source: Y. Benjamini and D. Yekutieli, Annals of Statistics 29 (2001). Example: 0.01, 0.02, 0.9 at q = 0.05: the
 * bounds are 0.0091, 0.0182, 0.0273, so none is. Edge: nothing for nothing.
 * @throws RangeError where a value is no probability.
 */
export function benjaminiYekutieli(pValues: readonly number[], q: number): boolean[] {
  if (!pValues.every((p) => p >= 0 && p <= 1)) throw new RangeError("A p value is not in 0 to 1.");
  const m = pValues.length;
  let harmonic = 0;
  for (let j = 1; j <= m; j++) harmonic += 1 / j;
  const sorted = [...pValues].sort((a, b) => a - b);
  const last = sorted.findLastIndex((p, i) => p <= ((i + 1) * q) / (m * harmonic));
  return pValues.map((p) => last >= 0 && p <= sorted[last]!);
}
