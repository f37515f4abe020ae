import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestRunTail } from "../../../../server/statistics/tests/longest-run.ts";

/** Goes through every sequence of answers. */
function byEnumeration(odds: readonly number[], length: number, draws: number): number {
  let sum = 0;
  const go = (chance: number, last: number, run: number, longest: number, left: number): void => {
    if (left === 0) {
      if (longest >= length) sum += chance;
      return;
    }
    odds.forEach((odd, answer) => {
      const now = answer === last ? run + 1 : 1;
      go(chance * odd, answer, now, Math.max(longest, now), left - 1);
    });
  };
  go(1, -1, 0, 0, draws);
  return sum;
}

const oddsOf = fc
  .array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 4 })
  .map((parts) => parts.map((part) => part / parts.reduce((sum, one) => sum + one, 0)));

describe("the chance of a run of equal answers", () => {
  it("is that of Schilling (College Mathematics Journal 21, 1990) for coins", () => {
    // of 2^10 sequences of heads, 504 of 2^9 have no 4 heads in a row, and runs of either face are one longer
    expect(longestRunTail([0.5, 0.5], 4, 9)).toBeCloseTo(1 - (2 * 149) / 512, 12);
    expect(longestRunTail([0.5, 0.5], 5, 10)).toBeCloseTo(1 - (2 * 401) / 1024, 12);
  });

  it("is what counting every sequence gives", () => {
    fc.assert(
      fc.property(
        oddsOf,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 7 }),
        (odds, length, draws) => {
          expect(longestRunTail(odds, length, draws)).toBeCloseTo(byEnumeration(odds, length, draws), 10);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("grows with the draws, falls with the length, and stays between 0 and 1", () => {
    fc.assert(
      fc.property(
        oddsOf,
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 80 }),
        (odds, length, draws) => {
          const chance = longestRunTail(odds, length, draws);
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1 + 1e-9);
          expect(longestRunTail(odds, length, draws + 1)).toBeGreaterThanOrEqual(chance - 1e-12);
          expect(longestRunTail(odds, length + 1, draws)).toBeLessThanOrEqual(chance + 1e-12);
        },
      ),
    );
  });
});
