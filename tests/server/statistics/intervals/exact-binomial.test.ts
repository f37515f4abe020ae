import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allOf, exactBinomial } from "../../../../server/statistics/intervals/exact-binomial.ts";
import { signTest } from "../../../../server/statistics/tests/sign-test.ts";

const limits = (count: number, n: number) => exactBinomial(count, n) as { low: number; high: number };

/** P(X ≥ count), added up. */
function tail(count: number, n: number, p: number): number {
  let [chance, sum] = [(1 - p) ** n, 0];
  for (let k = 0; k <= n; k++) {
    if (k >= count) sum += chance;
    chance *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return sum;
}

describe("the exact binomial interval", () => {
  it("has the published limits of 8 in 10 and of none in 10", () => {
    expect(limits(8, 10).low).toBeCloseTo(0.4439, 4);
    expect(limits(8, 10).high).toBeCloseTo(0.9748, 4);
    expect(limits(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.3085, 4) as number });
  });

  it("has the tails that it is made for, written another way", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(60), (n, any) => {
        const count = 1 + (any % (n - 1));
        const { low, high } = limits(count, n);
        expect(tail(count, n, low)).toBeCloseTo(0.025, 9);
        expect(tail(n - count, n, 1 - high)).toBeCloseTo(0.025, 9);
      }),
    );
  });

  it("leaves one half out exactly where the sign test, or that of all, is below 0.05", () => {
    fc.assert(
      fc.property(fc.nat(80), fc.nat(80), (wins, losses) => {
        fc.pre(wins + losses > 0);
        const { low, high } = limits(wins, wins + losses);
        expect(low > 0.5 || high < 0.5).toBe((signTest(wins, losses) as { p: number }).p < 0.05);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: 1, max: 50, noNaN: true }), (n) => {
        expect(limits(n, n).low > 0.5).toBe(allOf(n, 0.5) < 0.05);
      }),
    );
  });

  it("refuses nothing and throws at what is no proportion", () => {
    expect(exactBinomial(0, 0)).toEqual({ notEstimable: "no judgments yet" });
    expect(() => exactBinomial(3, 2)).toThrow(RangeError);
    expect(() => exactBinomial(1.5, 3)).toThrow(RangeError);
  });
});
