import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  halfTieScore,
  halfTieScores,
  LOSS,
  TIE,
  WIN,
} from "../../../../server/statistics/judgments/half-tie.ts";
import { scoreInterval } from "../../../../server/statistics/intervals/mean-interval.ts";
import { rateInterval } from "../../../../server/statistics/intervals/rate-interval.ts";
import { wilson } from "../../../../server/statistics/intervals/wilson.ts";
import { expectNear } from "../../../support/statistics/closeness.ts";
import { anyRows, apart, columnsOf, counted } from "../../../support/statistics/judgments.ts";

const limits = (count: number, n: number) => wilson(count, n) as { low: number; high: number };

describe("Wilson's interval", () => {
  it.each([
    [100, 200, 0.4313609, 0.5686391, 1e-7],
    [19, 38, 0.348499283643951, 0.651500716356049, 1e-12],
    [8, 10, 0.4901625, 0.9433178, 1e-6],
    [44, 50, 0.762, 0.944, 1e-3],
    [24, 30, 0.627, 0.905, 1e-3],
  ])("has the published limits for %i of %i", (count, n, low, high, within) => {
    expectNear(limits(count, n).low, low, within);
    expectNear(limits(count, n).high, high, within);
  });

  it("stays inside 0 to 1 and never closes, refuses no trials", () => {
    expect(limits(0, 77)).toMatchObject({ low: 0 });
    expect(limits(0, 77).high).toBeGreaterThan(0.04);
    expect(limits(38, 38)).toMatchObject({ high: 1 });
    expect(limits(38, 38).low).toBeLessThan(0.92);
    expect(wilson(0, 0)).toEqual({ notEstimable: "no judgments yet" });
    for (const [count, n] of [
      [3, 2],
      [-1, 2],
      [NaN, 2],
      [1, Infinity],
    ] as const) {
      expect(() => wilson(count, n)).toThrow(RangeError);
    }
  });

  it("solves the score equation, mirrors, and narrows with more trials", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const count = Math.round(share * n);
          const { low, high } = limits(count, n);
          const mirrored = limits(n - count, n);
          expect(mirrored.low).toBeCloseTo(1 - high, 12);
          for (const end of [low, high].filter((end) => end > 0 && end < 1)) {
            const z = Math.abs(count / n - end) / Math.sqrt((end * (1 - end)) / n);
            expect(z).toBeCloseTo(1.959963984540054, 6);
          }
          expect(low <= count / n && count / n <= high).toBe(true);
          const more = limits(10 * count, 10 * n);
          expect(more.high - more.low).toBeLessThan(high - low);
        },
      ),
    );
  });
});

describe("half-tie scores", () => {
  it("count a win 1, a tie ½, a loss 0", () => {
    expect([halfTieScore("win"), halfTieScore("tie"), halfTieScore("loss")]).toEqual([1, 0.5, 0]);
    expect([...halfTieScores(Uint8Array.from([WIN, TIE, LOSS]))]).toEqual([1, 0.5, 0]);
    expect(() => halfTieScores(Uint8Array.from([3]))).toThrow(RangeError);
  });
});

/** Two annotators on two prompts whose outcomes cancel out in every cluster. */
const REPEATED_EVENLY = [0, 1].flatMap((annotator) =>
  [0, 1].map((prompt) => ({ prompt, annotator, outcome: annotator === prompt ? LOSS : TIE })),
);

describe("the interval of a rate", () => {
  it("is Wilson's where nothing repeats", () => {
    const columns = columnsOf(counted({ win: 159, tie: 63, loss: 78 }, apart));
    expect(rateInterval({ ...columns, outcome: WIN })).toEqual({ ...limits(159, 300), method: "Wilson" });
    const fixed = columnsOf(
      counted({ win: 8, tie: 1, loss: 1 }, (i) => ({ prompt: i, annotator: 0 })),
      true,
    );
    expect(rateInterval({ ...fixed, outcome: WIN })).toEqual({
      ...limits(8, 10),
      method: "Wilson (annotator fixed)",
    });
    const one = columnsOf([{ prompt: 0, annotator: 0, outcome: WIN }]);
    expect(rateInterval({ ...one, outcome: WIN })).toEqual({ ...limits(1, 1), method: "Wilson" });
  });

  it("is that of a mean of zeros and ones where something repeats", () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(LOSS, TIE, WIN), fc.boolean(), (rows, outcome, fixed) => {
        const columns = columnsOf(rows, fixed);
        const interval = rateInterval({ ...columns, outcome });
        if (!("low" in interval)) {
          expect(interval.notEstimable).toBe("only one prompt");
          return;
        }
        expect(interval.low < interval.high && interval.low >= 0 && interval.high <= 1).toBe(true);
        const hits = Float64Array.from(columns.outcomes, (each) => (each === outcome ? 1 : 0));
        const rate = hits.reduce((sum, hit) => sum + hit, 0) / hits.length;
        expect(interval.low <= rate + 1e-15 && rate <= interval.high + 1e-15).toBe(true);
        if (interval.method.startsWith("Wilson")) return; // nothing varies between the clusters, or nothing repeats
        const asMean = scoreInterval({ scores: hits, sampling: columns.sampling });
        if (!("low" in asMean)) throw new Error(asMean.notEstimable);
        expect(interval.low).toBeCloseTo(asMean.low, 12);
        expect(interval.high).toBeCloseTo(asMean.high, 12);
        expect(interval.method).toBe(asMean.method);
      }),
      { numRuns: 300, examples: [[REPEATED_EVENLY, LOSS, false]] },
    );
  });

  it("takes the effective number where the outcome never or always came, or as often on every prompt", () => {
    const inThrees = (i: number) => ({ prompt: i % 30, annotator: i });
    const never = columnsOf(counted({ win: 0, tie: 40, loss: 50 }, inThrees));
    const method = "Wilson (effective n 30)";
    expect(rateInterval({ ...never, outcome: WIN })).toEqual({ ...limits(0, 30), method });
    const always = columnsOf(counted({ win: 90, tie: 0, loss: 0 }, inThrees));
    expect(rateInterval({ ...always, outcome: WIN })).toEqual({ ...limits(30, 30), method });
    const even = columnsOf(counted({ win: 30, tie: 30, loss: 30 }, inThrees));
    const interval = rateInterval({ ...even, outcome: TIE }) as { low: number; method: string };
    expect(interval.method).toBe(method);
    expect(interval.low).toBeCloseTo(limits(10, 30).low, 12);
  });

  it("is refused, with the reason", () => {
    const one = columnsOf([0, 1].map((annotator) => ({ prompt: 0, annotator, outcome: WIN })));
    expect(rateInterval({ ...one, outcome: WIN })).toEqual({ notEstimable: "only one prompt" });
    expect(rateInterval({ ...columnsOf([]), outcome: WIN })).toEqual({ notEstimable: "no judgments yet" });
    expect(() => rateInterval({ ...one, outcomes: new Uint8Array(5), outcome: WIN })).toThrow(RangeError);
  });
});
