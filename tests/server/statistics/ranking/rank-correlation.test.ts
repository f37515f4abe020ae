import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kendallTauB, spearmanRho } from "../../../../server/statistics/ranking/rank-correlation.ts";

const of = (...values: number[]) => Float64Array.from(values);

/** Both written as correlations: τ_b of the signs of all ordered pairs, ρ of ranks counted one by one. */
function pearson(a: readonly number[], b: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, one, i) => sum + (one - mx) * (y[i]! - my), 0);
  const variance = product(a, ma, a, ma) * product(b, mb, b, mb);
  return variance < 1e-12 ? null : product(a, ma, b, mb) / Math.sqrt(variance);
}
const signs = (a: readonly number[]) => a.flatMap((x) => a.map((y) => Math.sign(x - y)));
const ranks = (a: readonly number[]) =>
  a.map((x) => {
    const sorted = [...a].sort((p, q) => p - q);
    return (sorted.indexOf(x) + sorted.lastIndexOf(x)) / 2;
  });

describe("correlation of ranks", () => {
  it("gives published values", () => {
    expect(kendallTauB(of(12, 2, 1, 12, 2), of(1, 4, 7, 1, 0))).toBeCloseTo(-0.47140452079103173, 12);
    const iq = of(106, 100, 86, 101, 99, 103, 97, 113, 112, 110);
    const hours = of(7, 27, 2, 50, 28, 29, 20, 12, 6, 17); // of television: Wikipedia, Spearman's rank correlation
    expect(spearmanRho(iq, hours)).toBeCloseTo(-29 / 165, 12);
  });

  it("agrees with correlations of signs and of ranks, equal scores or not", () => {
    const pair = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 9 }), (pairs) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
        const twins = [pearson(signs(a), signs(b)), pearson(ranks(a), ranks(b))];
        [kendallTauB(of(...a), of(...b)), spearmanRho(of(...a), of(...b))].forEach((ours, i) => {
          if (ours === null || twins[i] === null) expect(ours).toBe(twins[i]);
          else expect(ours).toBeCloseTo(twins[i]!, 10);
        });
      }),
    );
  });

  it("refuses columns of unequal length", () => {
    expect(() => kendallTauB(of(1), of(1, 2))).toThrow(RangeError);
    expect(() => spearmanRho(of(1), of(1, 2))).toThrow(RangeError);
  });
});
