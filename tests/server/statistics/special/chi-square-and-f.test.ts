import fc from "fast-check";
import { expect, it } from "vitest";
import { chiSquareCdf, chiSquareQuantile } from "../../../../server/statistics/special/chi-square.ts";
import { fQuantile } from "../../../../server/statistics/special/f-quantile.ts";
import { normalCdf } from "../../../../server/statistics/special/normal-cdf.ts";
import { studentTQuantile } from "../../../../server/statistics/special/student-t-quantile.ts";
import { expectNear } from "../../../support/statistics/closeness.ts";

const df = fc.double({ min: 0.2, max: 5000, noNaN: true });
const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });

it("has closed forms of the χ² distribution with 1, 2 and 4 degrees of freedom", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 60, noNaN: true }), (x) => {
      expect(chiSquareCdf(x, 1)).toBeCloseTo(2 * normalCdf(Math.sqrt(x)) - 1, 12);
      expect(chiSquareCdf(x, 2)).toBeCloseTo(-Math.expm1(-x / 2), 12);
      expect(chiSquareCdf(x, 4)).toBeCloseTo(1 - Math.exp(-x / 2) * (1 + x / 2), 12);
    }),
  );
});

it("turns the χ² distribution round, and finds the values of printed tables", () => {
  fc.assert(
    fc.property(share, df, (p, nu) => {
      expect(chiSquareCdf(chiSquareQuantile(p, nu), nu)).toBeCloseTo(p, 9);
    }),
  );
  const table: [number, number, number][] = [
    [0.975, 1, 5.02389],
    [0.025, 1, 0.000982],
    [0.975, 10, 20.4832],
    [0.025, 10, 3.24697],
    [0.95, 100, 124.342],
  ];
  for (const [p, nu, x] of table) expectNear(chiSquareQuantile(p, nu), x, 1e-4);
});

it("finds the F of printed tables, and the square of t with one degree of freedom above", () => {
  expectNear(fQuantile(0.95, 3, 10), 3.7083, 1e-4);
  expectNear(fQuantile(0.975, 1, 11), 6.7241, 1e-4);
  fc.assert(
    fc.property(fc.double({ min: 1, max: 500, noNaN: true }), share, (nu, p) => {
      expectNear(fQuantile(p, 1, nu), studentTQuantile((1 + p) / 2, nu) ** 2, 1e-8);
    }),
  );
});

it("refuses what lies outside", () => {
  for (const call of [() => chiSquareQuantile(0, 3), () => chiSquareCdf(1, 0), () => fQuantile(1, 2, 3)])
    expect(call).toThrow(RangeError);
});
