import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clustersOf, crossClusters } from "../../../../server/statistics/judgments/clusters.ts";
import {
  clusteredVariance,
  samplingVariance,
  unclusteredVariance,
} from "../../../../server/statistics/intervals/sandwich.ts";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import { NOTHING_VARIES } from "../../../../server/statistics/intervals/two-way.ts";
import {
  anyRows,
  columnsOf,
  naiveTwoWay,
  pairwiseVariance,
  naiveOfAnnotators,
  sameAnnotator,
  samePrompt,
} from "../../../support/statistics/judgments.ts";

const scores = Float64Array.from({ length: 20 }, (_, i) => i);
const influence = scores.map((score) => (score - 9.5) / 20);

/** Double loops leave more rounding than sums of clusters do; no true variance of sixty judgments is so small. */
const TWIN_ROUNDS = 1e-15;
/** Both prompts have the mean of all, two thirds, which rounds. */
const CANCELLED = [
  [1, 0, 1],
  [0, 0, 2],
  [1, 0, 2],
  [0, 0, 2],
  [0, 0, 0],
  [1, 1, 1],
].map(([prompt, annotator, outcome]) => ({ prompt: prompt!, annotator: annotator!, outcome: outcome! }));

describe("clusters", () => {
  it("are numbered by value without gaps, whatever the order of rows", () => {
    const rising = clustersOf(Int32Array.from([2, 2, 5, 9]), 10);
    expect([rising.count, [...rising.code], [...rising.size]]).toEqual([3, [0, 0, 1, 2], [2, 1, 1]]);
    const mixed = clustersOf(Int32Array.from([9, 2, 5, 2]), 10);
    expect([mixed.count, [...mixed.code], [...mixed.size]]).toEqual([3, [2, 0, 1, 0], [2, 1, 1]]);
    expect(clustersOf(new Int32Array(), 0).count).toBe(0);
  });

  it("refuse codes out of range", () => {
    expect(() => clustersOf(Int32Array.from([0, 3]), 3)).toThrow(RangeError);
    expect(() => clustersOf(Int32Array.from([-1]), 3)).toThrow(RangeError);
  });

  it("cross where judgments share both, and nowhere else", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const prompts = clustersOf(
          Int32Array.from(rows, ({ prompt }) => prompt),
          8,
        );
        const annotators = clustersOf(
          Int32Array.from(rows, ({ annotator }) => annotator),
          6,
        );
        const crossed = crossClusters(prompts, annotators);
        expect(crossed.count).toBe(new Set(rows.map((row) => `${row.prompt} ${row.annotator}`)).size);
        rows.forEach((a, i) =>
          rows.forEach((b, j) => {
            expect(crossed.code[i] === crossed.code[j]).toBe(samePrompt(a, b) && sameAnnotator(a, b));
          }),
        );
        expect([...crossed.size].reduce((sum, size) => sum + size, 0)).toBe(rows.length);
      }),
    );
  });
});

describe("the variance of a mean", () => {
  it("has the published values for 0 … 19 in clusters i mod 4", () => {
    const clusters = clustersOf(
      Int32Array.from({ length: 20 }, (_, i) => i % 4),
      4,
    );
    const clustered = clusteredVariance(influence, clusters) as number;
    expect(Math.sqrt(clustered)).toBeCloseTo(0.6455, 4);
    expect(Math.sqrt(clustered * (3 / 4))).toBeCloseTo(0.559, 4);
    expect(Math.sqrt(unclusteredVariance(influence) as number)).toBeCloseTo(1.3229, 4);
  });

  it("is refused with one cluster or one judgment", () => {
    expect(clusteredVariance(influence, clustersOf(new Int32Array(20), 1))).toEqual({
      notEstimable: "only one cluster",
    });
    expect(unclusteredVariance(new Float64Array(1))).toEqual({ notEstimable: "only one judgment" });
    const { sampling } = columnsOf([{ prompt: 0, annotator: 0, outcome: 1 }]);
    expect(() => samplingVariance(influence, sampling)).toThrow(RangeError);
  });

  it("agrees with double loops over pairs, for whatever repeats", () => {
    fc.assert(
      fc.property(anyRows, fc.boolean(), (rows, fixed) => {
        const { sampling, scores } = columnsOf(rows, fixed);
        fc.pre(sampling.prompts.count > 1 && sampling.annotators.count > 1);
        const mean = scores.reduce((sum, score) => sum + score, 0) / rows.length;
        const influence = scores.map((score) => (score - mean) / rows.length);
        const { clusteredBy, prompts } = sampling;
        const alone = (shares: typeof samePrompt, clusters: number) => ({
          variance: pairwiseVariance(rows, influence, shares),
          df: clusters - 1,
        });
        const expected = {
          nothing: () => alone((a, b) => a === b, rows.length),
          prompt: () => alone(samePrompt, prompts.count),
          annotator: () => naiveOfAnnotators(rows, influence),
          both: () => naiveTwoWay(rows, influence),
        }[clusteredBy]();
        const measured = samplingVariance(influence, sampling);
        if (isRefused(measured)) {
          expect(measured).toEqual(NOTHING_VARIES);
          expect(expected.variance).toBeLessThan(TWIN_ROUNDS);
          return;
        }
        expect(measured.variance).toBeCloseTo(expected.variance, 13);
        expect(measured.df).toBeCloseTo(expected.df, 6);
        expect(measured.df).toBeGreaterThanOrEqual(1);
        expect(measured.df).toBeLessThanOrEqual(clusteredBy === "both" ? prompts.count - 1 : rows.length - 1);
      }),
      { numRuns: 300, examples: [[CANCELLED, true]] },
    );
  });

  it("is the variance without clusters where every cluster has one judgment", () => {
    const alone = clustersOf(
      Int32Array.from({ length: 20 }, (_, i) => i),
      20,
    );
    expect(clusteredVariance(influence, alone)).toBeCloseTo(unclusteredVariance(influence) as number, 14);
  });
});

describe("sampling", () => {
  it("tells what repeats", () => {
    const by = (pairs: [number, number][], fixed = false) =>
      columnsOf(
        pairs.map(([prompt, annotator]) => ({ prompt, annotator, outcome: 1 })),
        fixed,
      ).sampling;
    expect(
      by([
        [0, 0],
        [1, 1],
      ]),
    ).toMatchObject({ clusteredBy: "nothing" });
    expect(
      by([
        [0, 0],
        [0, 1],
        [1, 2],
      ]),
    ).toMatchObject({ clusteredBy: "prompt" });
    expect(
      by([
        [0, 0],
        [1, 0],
        [2, 1],
      ]),
    ).toMatchObject({ clusteredBy: "annotator" });
    const both: [number, number][] = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 1],
    ];
    expect(by(both)).toMatchObject({ clusteredBy: "both" });
    expect(by(both, true)).toMatchObject({ clusteredBy: "prompt", crossed: null });
    expect(
      by([
        [0, 0],
        [1, 0],
        [1, 0],
      ]),
    ).toMatchObject({ clusteredBy: "prompt", fixedAnnotators: true });
  });

  it("says why there is no interval, and refuses columns that do not fit", () => {
    expect(columnsOf([]).sampling.refused).toEqual({ notEstimable: "no judgments yet" });
    expect(columnsOf([{ prompt: 3, annotator: 2, outcome: 0 }]).sampling.refused).toEqual({
      notEstimable: "only one judgment",
    });
    const one = [0, 1, 2].map((annotator) => ({ prompt: 4, annotator, outcome: 0 }));
    expect(columnsOf(one).sampling.refused).toEqual({ notEstimable: "only one prompt" });
  });
});
