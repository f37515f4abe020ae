/**
 * Holm's correction: p values that may be read together, in the order given.
 *
 * With several tests at 5 % each, one of them is likely to be wrong. Rejecting where the corrected value is at most
 * 5 % keeps the chance of any false rejection among all m tests at 5 %, whatever their dependence: the smallest p
 * is multiplied by m, the next by m − 1, and so on, none below one before it, none above 1.
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979). Example: 0.01, 0.04, 0.03 → 0.03, 0.06, 0.06.
 * Edge: a single p stays as it is; none give none.
 * @throws RangeError where a value is not between 0 and 1.
 */
export function holm(pValues: readonly number[]): number[] {
  const corrected = new Array<number>(pValues.length).fill(1);
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i]! - pValues[j]!);
  let floor = 0;
  order.forEach((i, rank) => {
    const p = pValues[i]!;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`${p} is not a p value.`);
    floor = Math.max(floor, Math.min(1, p * (pValues.length - rank)));
    corrected[i] = floor;
  });
  return corrected;
}
