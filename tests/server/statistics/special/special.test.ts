import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialCdf } from "../../../../server/statistics/special/binomial-cdf.ts";
import { deviance } from "../../../../server/statistics/special/deviance.ts";
import { regularisedBeta } from "../../../../server/statistics/special/regularised-beta.ts";
import { stirlingError } from "../../../../server/statistics/special/stirling-error.ts";
import { expectNear, overPowerOfTwo } from "../../../support/statistics/closeness.ts";

describe("stirlingError", () => {
  it("is what Stirling's formula lacks at 1", () => {
    expectNear(stirlingError(1), 1 - Math.log(2 * Math.PI) / 2, 1e-13);
  });
});

describe("deviance", () => {
  it("keeps its digits where count and expectation are close", () => {
    expectNear(deviance(2, 1), 2 * Math.LN2 - 1, 1e-14);
    const e = 1e-6; // (1 + e) ln(1 + e) − e = e²/2 − e³/6 + e⁴/12 − …
    expectNear(deviance(1 + e, 1), (e * e) / 2 - e ** 3 / 6 + e ** 4 / 12, 1e-9);
    expect(deviance(7, 7)).toBe(0);
  });
});

describe("regularisedBeta", () => {
  const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  const shape = fc.double({ min: 0.01, max: 2000, noNaN: true });

  it("has closed forms where one shape is 1, and for the arcsine distribution", () => {
    fc.assert(
      fc.property(share, shape, (x, a) => {
        expectNear(regularisedBeta(x, a, 1), Math.exp(a * Math.log(x)), 1e-11);
        expectNear(regularisedBeta(x, 1, a), -Math.expm1(a * Math.log1p(-x)), 1e-11);
        expectNear(regularisedBeta(x, 0.5, 0.5), (2 / Math.PI) * Math.asin(Math.sqrt(x)), 1e-12);
      }),
    );
    expectNear(regularisedBeta(0.3, 2, 2), 0.3 ** 2 * (3 - 2 * 0.3), 1e-14);
  });

  it("mirrors, grows with x, and stays from 0 to 1", () => {
    fc.assert(
      fc.property(share, share, fc.tuple(shape, shape), (x, other, [a, b]) => {
        const value = regularisedBeta(x, a, b);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(Math.abs(value + regularisedBeta(1 - x, b, a, x) - 1)).toBeLessThan(1e-12);
        const [low, high] = [Math.min(x, other), Math.max(x, other)];
        expect(regularisedBeta(high, a, b) - regularisedBeta(low, a, b)).toBeGreaterThan(-1e-12);
      }),
    );
  });

  it("ends at 0 and 1 and refuses what lies outside", () => {
    expect([regularisedBeta(0, 2, 3), regularisedBeta(1, 2, 3)]).toEqual([0, 1]);
    for (const [x, a, b] of [
      [-0.1, 1, 1],
      [1.1, 1, 1],
      [0.5, 0, 1],
      [0.5, 1, Infinity],
      [NaN, 1, 1],
    ] as const) {
      expect(() => regularisedBeta(x, a, b)).toThrow(RangeError);
    }
  });
});

describe("binomialCdf", () => {
  it("agrees with exact whole-number sums for fair coins, into the far tail", () => {
    expectNear(binomialCdf(400, { n: 1000, p: 0.5 }), 1.3642e-10, 1e-4);
    for (const [k, n] of [
      [2, 10],
      [400, 1000],
      [300, 1000],
      [520, 1000],
      [4800, 10_000],
    ] as const) {
      expectNear(binomialCdf(k, { n, p: 0.5 }), exactFairTail(k, n), 1e-12);
    }
  });

  it("agrees with adding up the terms", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(40),
        fc.integer({ min: 1, max: 99 }),
        (n, k, cent) => {
          const p = cent / 100;
          expect(Math.abs(binomialCdf(k, { n, p }) - addedTerms(k, n, p))).toBeLessThan(1e-12);
        },
      ),
    );
  });

  it("has its edges, and refuses what is no count", () => {
    expect(binomialCdf(-1, { n: 5, p: 0.5 })).toBe(0);
    expect(binomialCdf(5, { n: 5, p: 0.5 })).toBe(1);
    expect(binomialCdf(0, { n: 0, p: 0.5 })).toBe(1);
    expect([binomialCdf(2, { n: 5, p: 0 }), binomialCdf(2, { n: 5, p: 1 })]).toEqual([1, 0]);
    for (const [k, n, p] of [
      [1.5, 3, 0.5],
      [1, -3, 0.5],
      [1, 3, 1.5],
      [NaN, 3, 0.5],
    ] as const) {
      expect(() => binomialCdf(k, { n, p })).toThrow(RangeError);
    }
  });
});

function exactFairTail(k: number, n: number): number {
  let term = 1n;
  let sum = 1n;
  for (let i = 1; i <= k; i++) {
    term = (term * BigInt(n - i + 1)) / BigInt(i);
    sum += term;
  }
  return overPowerOfTwo(sum, n);
}

function addedTerms(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = 0;
  for (let i = 0; i <= Math.min(k, n); i++) {
    sum += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return sum;
}
