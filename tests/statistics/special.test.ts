import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { incompleteBeta } from "../../server/statistics/special/incomplete-beta.ts";
import { logGamma } from "../../server/statistics/special/log-gamma.ts";
import { normalCdf, normalQuantile } from "../../server/statistics/special/normal.ts";
import { studentCdf, studentQuantile } from "../../server/statistics/special/student-t.ts";

const near = (value: number, expected: number, relative = 1e-12) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));

describe("special functions", () => {
  it("give the logarithms of factorials and the gamma function at ½", () => {
    let factorial = 1;
    for (let n = 2; n <= 20; n++) {
      factorial *= n;
      near(logGamma(n + 1), Math.log(factorial));
    }
    near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)));
  });

  it("give the incomplete beta function in closed form", () => {
    for (const x of [0.01, 0.3, 0.5, 0.77, 0.999]) {
      near(incompleteBeta(x, 1, 1), x);
      near(incompleteBeta(x, 3, 1), x ** 3);
      near(incompleteBeta(x, 2, 2), x * x * (3 - 2 * x));
    }
  });

  it("give the exact binomial tail: 400 or fewer of 1000 fair coins", () => {
    near(incompleteBeta(0.5, 600, 401), exactBinomialTail(1000, 400), 1e-10);
  });

  it("give the normal distribution far into its tail", () => {
    near(normalCdf(-8), 6.220960574271785e-16, 1e-12);
    near(normalCdf(0), 0.5);
    near(normalQuantile(0.975), 1.959963984540054);
    near(normalQuantile(1e-10), -6.361340902404056, 1e-12);
  });

  it("give Student's t, also where it has a closed form", () => {
    near(studentQuantile(0.975, 10), 2.2281388519862744);
    near(studentQuantile(0.975, 1), Math.tan(0.475 * Math.PI));
    near(studentCdf(1.3, 1), 0.5 + Math.atan(1.3) / Math.PI);
    near(studentCdf(1.3, 2), 0.5 + 1.3 / (2 * Math.sqrt(2 + 1.3 ** 2)));
    near(studentQuantile(0.975, 1e7), normalQuantile(0.975), 1e-6);
  });

  it("have quantiles that undo their distributions, and grow", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        (p, df) => {
          expect(studentCdf(studentQuantile(p, df), df)).toBeCloseTo(p, 10);
          expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
          expect(studentQuantile(Math.min(1 - 1e-7, p + 1e-3), df)).toBeGreaterThanOrEqual(
            studentQuantile(p, df),
          );
        },
      ),
    );
  });

  it("refuse what they are not defined for", () => {
    for (const p of [0, 1, -1, 2, NaN]) {
      expect(() => normalQuantile(p)).toThrow(RangeError);
      expect(() => studentQuantile(p, 3)).toThrow(RangeError);
    }
    expect(() => studentQuantile(0.5, 0)).toThrow(RangeError);
    expect(() => incompleteBeta(2, 1, 1)).toThrow(RangeError);
    expect(() => logGamma(0)).toThrow(RangeError);
  });
});

/** By whole numbers, without rounding until the last division. */
function exactBinomialTail(n: number, k: number): number {
  let coefficient = 1n;
  let total = 0n;
  for (let i = 0; i <= k; i++) {
    total += coefficient;
    coefficient = (coefficient * BigInt(n - i)) / BigInt(i + 1);
  }
  const scale = 10n ** 30n;
  return Number((total * scale) / 2n ** BigInt(n)) / 1e30;
}
