import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import {
  byPromptInterval,
  linearisedByPrompt,
} from "../../../../server/statistics/intervals/by-prompt-mean.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { marginBySignFlips, marginByT } from "../../../../server/statistics/tests/margin-test.ts";
import { signFlipInterval, signFlipTail } from "../../../../server/statistics/tests/sign-flip-interval.ts";
import { anyRows, columnsOf } from "../../../support/statistics/judgments.ts";

const margins = fc.double({ min: 0.01, max: 0.49, noNaN: true });
/** Where a limit and an end are the same number but for rounding, either answer is right. */
const isClear = (limit: number, end: number) => Math.abs(limit - end) > 1e-9;

describe("the tests against a margin", () => {
  it("by t are the duals of the 95 % and the 90 % interval", () => {
    fc.assert(
      fc.property(anyRows, margins, (rows, margin) => {
        const { scores, sampling } = columnsOf(rows);
        const wide = byPromptInterval({ scores, sampling });
        const test = marginByT(linearisedByPrompt(scores, sampling), sampling, margin);
        expect(isRefused(test)).toBe(isRefused(wide));
        if (isRefused(test) || isRefused(wide)) return;
        const [least, most] = [0.5 - margin, 0.5 + margin];
        if (isClear(wide.low, least)) expect(test.nonInferiority < 0.025).toBe(wide.low > least);
        const { low, high } = test.interval;
        if (isClear(low, least) && isClear(high, most))
          expect(test.equivalence < 0.05).toBe(low > least && high < most);
        expect(low).toBeGreaterThanOrEqual(wide.low - 1e-12);
        expect(high).toBeLessThanOrEqual(wide.high + 1e-12);
        expect(test.equivalence).toBeGreaterThanOrEqual(test.nonInferiority);
      }),
    );
  });

  const prompts = fc.array(fc.constantFrom(0, 0.25, 0.5, 0.75, 1, 1 / 3), { minLength: 2, maxLength: 12 });

  it("by sign flips are those of every way to flip signs, and the duals of their intervals", () => {
    fc.assert(
      fc.property(prompts, margins, (list, margin) => {
        const given = { means: Float64Array.from(list), weights: new Int32Array(list.length).fill(1) };
        const test = marginBySignFlips({ ...given, p: 1, margin, random: () => seededRandom("one") });
        if (isRefused(test)) {
          expect(new Set(list).size).toBe(1);
          return;
        }
        if (new Set(list).size > 1) {
          expect(test.nonInferiority).toBeCloseTo(bruteTail(list, 0.5 - margin, 1), 9);
          expect(test.equivalence).toBeCloseTo(
            Math.max(bruteTail(list, 0.5 - margin, 1), bruteTail(list, 0.5 + margin, -1)),
            9,
          );
        }
        const { low, high } = test.interval;
        const [least, most] = [0.5 - margin, 0.5 + margin];
        if ([low, high].every((end) => isClear(end, least) && isClear(end, most) && end !== 0.5))
          expect(test.equivalence < 0.05).toBe(low > least && high < most);
      }),
    );
  });

  it("by sign flips agree with their interval where flips are drawn, and where they are as good as normal", () => {
    for (const count of [40, 400]) {
      const means = Float64Array.from({ length: count }, (_, i) => ((i * 37) % 101) / 100);
      const weights = new Int32Array(count).fill(1);
      const random = () => seededRandom("same");
      const at = signFlipInterval({ means, weights, p: 1, random: random(), missed: 0.05 });
      if (isRefused(at)) throw new Error(at.notEstimable);
      const tail = (against: number) => signFlipTail({ means, weights, against, side: 1, random: random() });
      expect(tail(at.low - 1e-9)).toBeLessThan(0.05);
      expect(tail(at.low + 1e-9)).toBeGreaterThanOrEqual(0.05 - 1e-6);
    }
  });

  it("are exact where every judgment is a win, and refused where every one is a tie", () => {
    const rows = Array.from({ length: 10 }, (_, i) => ({ prompt: i, annotator: i, outcome: 2 }));
    const { scores, sampling } = columnsOf(rows);
    expect(marginByT(linearisedByPrompt(scores, sampling), sampling, 0.1)).toMatchObject({
      nonInferiority: expect.closeTo(0.4 ** 10, 12) as number,
      equivalence: 1,
      interval: { low: expect.closeTo(0.05 ** 0.1, 12) as number, high: 1 },
    });
    const ties = columnsOf(rows.map((row) => ({ ...row, outcome: 1 })));
    expect(marginByT(linearisedByPrompt(ties.scores, ties.sampling), ties.sampling, 0.1)).toEqual({
      notEstimable: "every judgment has the same score",
    });
  });
});

/** The share of all ways to flip signs around a value that give a sum at least as far on one side as the observed one. */
function bruteTail(means: readonly number[], against: number, side: 1 | -1): number {
  const off = means.map((mean) => side * (mean - against));
  const observed = off.reduce((a, b) => a + b, 0);
  let hits = 0;
  for (let signs = 0; signs < 2 ** off.length; signs++)
    if (off.reduce((sum, one, i) => sum + ((signs >> i) & 1 ? -one : one), 0) >= observed - 1e-12) hits++;
  return hits / 2 ** off.length;
}
