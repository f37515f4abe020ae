import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../../../server/statistics/special/normal-quantile.ts";
import { studentTQuantile } from "../../../../server/statistics/special/student-t-quantile.ts";
import { levelLeft, levelsOf, type Spending } from "../../../../server/statistics/tests/alpha-spending.ts";
import { normal, uniform } from "../../../support/statistics/ranking-support.ts";

const boundaries = (fractions: readonly number[], spending: Spending, alpha = 0.05) =>
  levelsOf({ fractions, spending, alpha, isLast: true }).map((level) => -normalQuantile(level / 2));

describe("alpha spending", () => {
  it.each([
    ["obrienFleming", [0.5, 1], [2.963, 1.969]],
    ["obrienFleming", [1 / 3, 2 / 3, 1], [3.71, 2.511, 1.993]],
    ["obrienFleming", [0.2, 0.4, 0.6, 0.8, 1], [4.877, 3.357, 2.68, 2.29, 2.031]],
    ["pocock", [0.5, 1], [2.157, 2.201]],
    ["pocock", [0.2, 0.4, 0.6, 0.8, 1], [2.438, 2.427, 2.41, 2.397, 2.386]],
  ] as const)("of %s’s type has the published boundaries at %j", (spending, fractions, published) => {
    boundaries(fractions, spending).forEach((z, k) => expect(z).toBeCloseTo(published[k]!, 2.9));
  });

  it("errs in alpha of studies over all looks, counted in simulated ones, also if it ends early", () => {
    const random = uniform(3);
    const studies = 20_000;
    for (const [spending, fractions] of [
      ["pocock", [0.3, 0.7, 1]],
      ["obrienFleming", [0.5, 0.8]],
    ] as const) {
      const bounds = boundaries(fractions, spending);
      let found = 0;
      for (let study = 0; study < studies; study++) {
        let [sum, before] = [0, 0];
        const passes = fractions.map((t, k) => {
          sum += Math.sqrt(t - before) * normal(random);
          before = t;
          return Math.abs(sum) / Math.sqrt(t) > bounds[k]!;
        });
        if (passes.some(Boolean)) found++;
      }
      expect(Math.abs(found / studies - 0.05), spending).toBeLessThan(0.007);
    }
  });

  it("makes a single look at alpha, and spends more with every look and never more than alpha", () => {
    expect(levelsOf({ fractions: [1], spending: "pocock", alpha: 0.05, isLast: true })[0]).toBeCloseTo(
      0.05,
      9,
    );
    const shares = fc.tuple(
      fc.double({ min: 0.15, max: 0.5, noNaN: true }),
      fc.double({ min: 0.6, max: 0.9, noNaN: true }),
    );
    fc.assert(
      fc.property(shares, fc.constantFrom<Spending>("obrienFleming", "pocock"), (at, spending) => {
        const levels = levelsOf({ fractions: [...at, 1], spending, alpha: 0.05, isLast: true });
        for (const level of levels) expect(level).toBeLessThan(0.05);
        const fewer = levelsOf({ fractions: [...at, 1], spending, alpha: 0.01, isLast: true });
        fewer.forEach((level, k) => expect(level).toBeLessThan(levels[k]!));
        expect(levels.reduce((sum, level) => sum + level, 0)).toBeGreaterThan(0.05);
      }),
      { numRuns: 20 },
    );
  });

  it("has a level with which intervals can be made, however early a look is", () => {
    for (const share of [0.1, 0.03, 0.001])
      for (const spending of ["obrienFleming", "pocock"] as const) {
        const [level = 0] = levelsOf({ fractions: [share], spending, alpha: 0.001, isLast: false });
        expect(studentTQuantile(1 - level / 2, 3)).toBeLessThan(Infinity);
      }
  });

  it("leaves a last look without further information no more than was not spent", () => {
    for (const spending of ["obrienFleming", "pocock"] as const) {
      const [spent = 0] = levelsOf({ fractions: [0.5], spending, alpha: 0.05, isLast: false });
      expect(spent + levelLeft({ spentAt: 0.5, spending, alpha: 0.05 })).toBeCloseTo(0.05, 9);
      expect(levelLeft({ spentAt: 1, spending, alpha: 0.05 })).toBeLessThan(1e-14);
    }
  });

  it("refuses shares that do not rise from above 0 to 1", () => {
    for (const fractions of [[0], [0.5, 0.5], [0.7, 0.3], [0.5, 1.1]])
      expect(() => levelsOf({ fractions, spending: "pocock", alpha: 0.05, isLast: true })).toThrow(
        RangeError,
      );
  });
});
