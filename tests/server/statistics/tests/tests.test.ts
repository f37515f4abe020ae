import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holm } from "../../../../server/statistics/tests/holm.ts";
import { signTest } from "../../../../server/statistics/tests/sign-test.ts";
import { expectNear, overPowerOfTwo } from "../../../support/statistics/closeness.ts";

const pOf = (wins: number, losses: number) => (signTest(wins, losses) as { p: number }).p;

describe("the sign test", () => {
  it("has the published values, LIMA's rows among them", () => {
    expectNear(pOf(8, 2), 0.109375);
    expect(pOf(159, 78)).toBeCloseTo(1.6e-7, 8);
    expect(pOf(132, 105)).toBeCloseTo(0.091, 3);
    expect(pOf(99, 126)).toBeCloseTo(0.083, 3);
    expectNear(pOf(72, 162), 3.9e-9, 0.02);
    expectNear(pOf(54, 171), 2.4e-15, 0.03);
    expect(pOf(5, 5)).toBe(1);
    expect(pOf(1, 0)).toBe(1);
  });

  it("agrees with exact whole-number sums, and does not care who is called the target", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (wins, losses) => {
        fc.pre(wins + losses > 0);
        expect(pOf(wins, losses)).toBe(pOf(losses, wins));
        expectNear(pOf(wins, losses), exactP(wins, losses));
      }),
    );
  });

  it("is refused where nothing decides, and throws where counts are none", () => {
    expect(signTest(0, 0)).toEqual({ notEstimable: "no wins and no losses" });
    for (const [wins, losses] of [
      [-1, 2],
      [1.5, 2],
      [NaN, 2],
      [1, Infinity],
    ] as const) {
      expect(() => signTest(wins, losses)).toThrow(RangeError);
    }
  });
});

describe("Holm's correction", () => {
  it("multiplies the smallest most, keeps the order given, and stops at 1", () => {
    const corrected = holm([0.01, 0.04, 0.03]);
    [0.03, 0.06, 0.06].forEach((expected, i) => expectNear(corrected[i]!, expected));
    expect(holm([0.2])).toEqual([0.2]);
    expect(holm([])).toEqual([]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
  });

  it("agrees with rejecting step by step, lies between p and m p, and is the same in any order", () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1, maxLength: 8 }), p, (values, level) => {
        const corrected = holm(values);
        const sorted = values.toSorted((a, b) => a - b);
        const firstKept = sorted.findIndex((value, rank) => value * (values.length - rank) > level);
        const rejected = firstKept === -1 ? values.length : firstKept;
        if (level < 1) expect(corrected.filter((value) => value <= level)).toHaveLength(rejected);
        corrected.forEach((value, i) => {
          expect(value >= values[i]! && value <= Math.min(1, values.length * values[i]!)).toBe(true);
        });
        expect(holm(values.toReversed())).toEqual(corrected.toReversed());
      }),
    );
  });

  it("refuses what is no p value", () => {
    for (const bad of [-0.1, 1.1, NaN]) expect(() => holm([0.5, bad])).toThrow(RangeError);
  });
});

function exactP(wins: number, losses: number): number {
  const n = wins + losses;
  let term = 1n;
  let sum = 1n;
  for (let i = 1; i <= Math.min(wins, losses); i++) {
    term = (term * BigInt(n - i + 1)) / BigInt(i);
    sum += term;
  }
  return Math.min(1, overPowerOfTwo(2n * sum, n));
}
