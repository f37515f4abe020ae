import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf, normalDensity } from "../../../../server/statistics/special/normal-cdf.ts";
import { normalQuantile } from "../../../../server/statistics/special/normal-quantile.ts";
import { studentTCdf } from "../../../../server/statistics/special/student-t-cdf.ts";
import { studentTQuantile } from "../../../../server/statistics/special/student-t-quantile.ts";
import { expectNear } from "../../../support/statistics/closeness.ts";

const share = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
const lowerShare = fc.integer({ min: 1, max: 90 }).map((tenths) => 0.5 * 10 ** (-tenths / 10));
const df = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.double({ min: 1, max: 1e6, noNaN: true }));

describe("the normal distribution", () => {
  it("has its published values, far into the tail", () => {
    expectNear(normalCdf(-8), 6.220960574271785e-16, 1e-13);
    expectNear(normalCdf(-20), 2.753624118606234e-89, 1e-13);
    expectNear(normalQuantile(0.975), 1.959963984540054, 1e-14);
    expectNear(normalQuantile(1e-10), -6.361340902404056, 1e-14);
    expect(normalCdf(0)).toBe(0.5);
    expect(normalQuantile(0.5)).toBe(0);
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
  });

  it("agrees with adding up its density", () => {
    for (const [from, to] of [
      [-6, -4],
      [-2.2, -1.8], // where the method changes
      [-1, 2.5],
    ] as const) {
      expectNear(normalCdf(to) - normalCdf(from), simpson(normalDensity, from, to), 1e-11);
    }
  });

  it("mirrors, grows, and is undone by its quantile", () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 37, noNaN: true }), share, lowerShare, (x, p, tail) => {
        expect(Math.abs(normalCdf(x) + normalCdf(-x) - 1)).toBeLessThan(1e-15);
        expect(normalCdf(x + 1e-3)).toBeGreaterThanOrEqual(normalCdf(x));
        expectNear(normalCdf(normalQuantile(p)), p, 2e-13);
        expectNear(normalCdf(normalQuantile(tail)), tail, 2e-13);
        expectNear(normalQuantile(0.5 + (0.5 - tail)), -normalQuantile(tail), 1e-6 / tail / 1e9 + 1e-12);
      }),
    );
  });
});

describe("Student's t distribution", () => {
  it("has its published and closed forms", () => {
    expectNear(studentTQuantile(0.975, 10), 2.2281388519862744, 1e-14);
    for (const p of [1e-20, 1e-4, 0.025, 0.3, 0.49]) {
      expectNear(studentTQuantile(p, 1), -1 / Math.tan(Math.PI * p), 1e-12);
      expectNear(studentTQuantile(p, 2), (2 * p - 1) / Math.sqrt(2 * p * (1 - p)), 1e-12);
    }
    for (const t of [-1e6, -20, -1, -0.2, 0.3, 4]) {
      const one = t < 0 ? Math.atan(-1 / t) / Math.PI : 0.5 + Math.atan(t) / Math.PI;
      expectNear(studentTCdf(t, 1), one, 1e-13);
      const root = Math.sqrt(2 + t * t);
      expectNear(studentTCdf(t, 2), t < 0 ? 1 / (root * (root - t)) : 1 - 1 / (root * (root + t)), 1e-13);
    }
    expectNear(studentTQuantile(0.9, 4), quantileOfFour(0.9), 1e-12);
  });

  it("nears the normal distribution", () => {
    const z = normalQuantile(0.975);
    const corrected = z + (z ** 3 + z) / 4e7;
    expectNear(studentTQuantile(0.975, 1e7), corrected, 1e-13);
  });

  it("mirrors, has wider tails than the normal, and is undone by its quantile", () => {
    fc.assert(
      fc.property(share, lowerShare, df, (p, tail, v) => {
        expectNear(studentTCdf(studentTQuantile(p, v), v), p, 1e-12);
        const t = studentTQuantile(tail, v);
        expectNear(studentTCdf(t, v), tail, 1e-12);
        expect(t).toBeLessThanOrEqual(normalQuantile(tail) * (1 - 1e-13));
        expect(Math.abs(studentTCdf(t, v) + studentTCdf(-t, v) - 1)).toBeLessThan(1e-14);
        expect(studentTCdf(t + 1e-3, v)).toBeGreaterThan(studentTCdf(t, v));
      }),
    );
  });

  it("ends at 0 and 1", () => {
    expect([studentTCdf(-Infinity, 3), studentTCdf(0, 3), studentTCdf(Infinity, 3)]).toEqual([0, 0.5, 1]);
    expect([studentTCdf(-1e200, 3), studentTCdf(1e200, 3)]).toEqual([0, 1]);
  });
});

it("distributions refuse what they are not defined for", () => {
  for (const p of [0, 1, -1, 2, NaN]) {
    expect(() => normalQuantile(p)).toThrow(RangeError);
    expect(() => studentTQuantile(p, 3)).toThrow(RangeError);
  }
  for (const v of [0, -1, NaN, Infinity]) {
    expect(() => studentTQuantile(0.9, v)).toThrow(RangeError);
    expect(() => studentTCdf(2, v)).toThrow(RangeError);
  }
  expect(() => normalCdf(NaN)).toThrow(RangeError);
  expect(() => studentTCdf(NaN, 3)).toThrow(RangeError);
});

/** The quantile with four degrees of freedom, in closed form for p above one half. */
function quantileOfFour(p: number): number {
  const a = 4 * p * (1 - p);
  return 2 * Math.sqrt(Math.cos(Math.acos(Math.sqrt(a)) / 3) / Math.sqrt(a) - 1);
}

function simpson(f: (x: number) => number, from: number, to: number): number {
  const steps = 20_000;
  const width = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let i = 1; i < steps; i++) sum += f(from + i * width) * (i % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}
