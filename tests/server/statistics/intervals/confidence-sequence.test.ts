import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import { confidenceSequence } from "../../../../server/statistics/intervals/confidence-sequence.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";

const bounds = (values: readonly number[]) => {
  const result = confidenceSequence(values);
  if (isRefused(result)) throw new Error(result.notEstimable);
  return result;
};

/** Theorem 3 of Waudby-Smith and Ramdas, written down as it stands there, on a grid of means. */
function onGrid(values: readonly number[], steps = 2000): { low: number; high: number } {
  const alpha = 0.05;
  const kept: number[] = [];
  for (let k = 1; k < steps; k++) {
    const m = k / steps;
    let plus = 1;
    let minus = 1;
    for (let t = 1; t <= values.length; t++) {
      const muHat = (i: number) => (0.5 + values.slice(0, i).reduce((a, b) => a + b, 0)) / (i + 1);
      let spread = 0.25;
      for (let i = 1; i < t; i++) spread += (values[i - 1]! - muHat(i)) ** 2;
      const lambda = Math.sqrt((2 * Math.log(2 / alpha)) / ((spread / t) * t * Math.log(1 + t)));
      plus *= 1 + Math.min(lambda, 0.5 / m) * (values[t - 1]! - m);
      minus *= 1 - Math.min(lambda, 0.5 / (1 - m)) * (values[t - 1]! - m);
    }
    if (Math.max(plus / 2, minus / 2) < 1 / alpha) kept.push(m);
  }
  return { low: kept[0] ?? NaN, high: kept.at(-1) ?? NaN };
}

const outcomes = fc.array(fc.constantFrom(0, 0.5, 1), { minLength: 1, maxLength: 25 });

describe("a confidence sequence", () => {
  it("is the theorem's, as a naive twin finds it on a grid", () => {
    fc.assert(
      fc.property(outcomes, (values) => {
        const { low, high } = bounds(values);
        const naive = onGrid(values, 400);
        expect(Math.abs(naive.low - Math.max(low, 1 / 400))).toBeLessThan(1.01 / 400);
        expect(Math.abs(naive.high - Math.min(high, 399 / 400))).toBeLessThan(1.01 / 400);
      }),
      { numRuns: 25 },
    );
  });

  it("is mirrored when wins and losses change places, and holds the mean of many values", () => {
    fc.assert(
      fc.property(outcomes, (values) => {
        const { low, high } = bounds(values);
        const other = bounds(values.map((value) => 1 - value));
        expect(other.low).toBeCloseTo(1 - high, 8);
        expect(other.high).toBeCloseTo(1 - low, 8);
        expect(low).toBeLessThan(high);
      }),
    );
  });

  it("leaves nothing out after one value, and is refused before it", () => {
    expect(bounds([1])).toEqual({ low: 0, high: 1 });
    expect(confidenceSequence([])).toHaveProperty("notEstimable");
    expect(() => confidenceSequence([1.5])).toThrow(RangeError);
  });

  it("misses the mean at some look, with looks after every value, in at most 5 % of studies", () => {
    for (const [win, tie] of [
      [0.5, 0],
      [0.7, 0.2],
    ] as const) {
      const random = seededRandom(`win ${win}, tie ${tie}`);
      const mean = win + tie / 2;
      const studies = 150;
      let missed = 0;
      for (let study = 0; study < studies; study++) {
        const values: number[] = [];
        for (let i = 0; i < 40; i++) {
          const drawn = random() / 2 ** 32;
          values.push(drawn < win ? 1 : drawn < win + tie ? 0.5 : 0);
          const { low, high } = bounds(values);
          if (mean < low || mean > high) {
            missed++;
            break;
          }
        }
      }
      expect(missed / studies, `win ${win}, tie ${tie}`).toBeLessThanOrEqual(0.05);
    }
  });
});
