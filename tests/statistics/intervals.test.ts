import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Clusters } from "../../server/statistics/clustering.ts";
import { meanScore, meanScoreByPrompt } from "../../server/statistics/mean-score.ts";
import { rateInterval } from "../../server/statistics/rate-interval.ts";
import { clusterVariance, twoWayVariance } from "../../server/statistics/sandwich.ts";
import { studentQuantile } from "../../server/statistics/special/student-t.ts";
import { wilson } from "../../server/statistics/wilson.ts";

const alone = (n: number): Clusters => ({
  prompt: Int32Array.from({ length: n }, (_, i) => i),
  annotator: Int32Array.from({ length: n }, (_, i) => i),
  fixedAnnotators: false,
});
const scoresOf = (win: number, tie: number, loss: number) =>
  Float64Array.from([
    ...Array<number>(win).fill(1),
    ...Array<number>(tie).fill(0.5),
    ...Array<number>(loss).fill(0),
  ]);

describe("Wilson's interval", () => {
  it.each([
    [100, 200, 0.4313609, 0.5686391],
    [19, 38, 0.348499283643951, 0.651500716356049],
    [8, 10, 0.4901625, 0.9433178],
  ])("of %i in %i is published", (count, n, low, high) => {
    expect(wilson(count, n).low).toBeCloseTo(low, 6);
    expect(wilson(count, n).high).toBeCloseTo(high, 6);
  });

  it("stays inside [0, 1] and never closes at the ends", () => {
    expect(wilson(38, 38).high).toBe(1);
    expect(wilson(38, 38).low).toBeLessThan(1);
    expect(wilson(0, 77).low).toBe(0);
    expect(wilson(0, 77).high).toBeGreaterThan(0);
    expect(() => wilson(0, 0)).toThrow(RangeError);
    expect(() => wilson(3, 2)).toThrow(RangeError);
  });
});

describe("the mean score", () => {
  it.each([
    ["Alpaca", 159, 63, 78, 0.635, 0.587, 0.683],
    ["DaVinci003", 132, 63, 105, 0.545, 0.495, 0.595],
    ["Bard", 99, 75, 126, 0.455, 0.406, 0.504],
    ["Claude", 72, 66, 162, 0.35, 0.303, 0.397],
    ["GPT-4", 54, 75, 171, 0.305, 0.261, 0.349],
  ])("of LIMA against %s has the published interval", (_name, win, tie, loss, value, low, high) => {
    const mean = meanScore(scoresOf(win, tie, loss), alone(300));
    if (!("low" in mean)) throw new Error("no interval");
    expect(mean.value).toBeCloseTo(value, 12);
    expect(mean.low.toFixed(3)).toBe(low.toFixed(3));
    expect(mean.high.toFixed(3)).toBe(high.toFixed(3));
    expect(mean.method).toBe("variance of the scores (t, 299 df)");
  });

  it("clusters by prompt as published: 0 to 19 in four clusters by remainder gives .645", () => {
    const values = Float64Array.from({ length: 20 }, (_, i) => i);
    const influence = values.map((value) => (value - 9.5) / 20);
    const prompt = Int32Array.from({ length: 20 }, (_, i) => i % 4);
    expect(Math.sqrt(clusterVariance(influence, prompt))).toBeCloseTo(0.645, 3);
    expect(Math.sqrt(clusterVariance(influence, prompt) * (3 / 4))).toBeCloseTo(0.559, 4);
  });

  it("says by name what it cannot", () => {
    const none = { prompt: new Int32Array(), annotator: new Int32Array(), fixedAnnotators: false };
    expect(meanScore(new Float64Array(), none)).toEqual({ notEstimable: "no judgments" });
    const one = { ...alone(3), prompt: new Int32Array(3) };
    expect(meanScore(scoresOf(1, 1, 1), one)).toEqual({ value: 0.5, notEstimable: "only one prompt" });
    const single = { ...alone(3), annotator: new Int32Array(3) };
    expect(meanScore(scoresOf(1, 1, 1), single)).toEqual({ value: 0.5, notEstimable: "only one annotator" });
    const fixed = meanScore(scoresOf(1, 1, 1), { ...single, fixedAnnotators: true });
    expect(fixed).toMatchObject({ value: 0.5, method: "variance of the scores (t, 2 df)" });
    expect(meanScore(scoresOf(0, 9, 0), alone(9))).toMatchObject({ notEstimable: "every judgment is a tie" });
    const won = meanScore(scoresOf(9, 0, 0), alone(9));
    expect(won).toMatchObject({ value: 1, high: 1 });
    expect("low" in won && won.low < 1).toBe(true);
  });

  it("by prompt equals the plain mean where every prompt was judged as often", () => {
    const scores = scoresOf(4, 1, 1);
    const clusters = { ...alone(6), prompt: Int32Array.from([0, 0, 1, 1, 2, 2]) };
    const [plain, byPrompt] = [meanScore(scores, clusters), meanScoreByPrompt(scores, clusters)];
    if (!("low" in plain && "low" in byPrompt)) throw new Error("no interval");
    expect(byPrompt.value).toBeCloseTo(plain.value, 12);
    expect(byPrompt.low).toBeCloseTo(plain.low, 12);
    expect(
      meanScoreByPrompt(scores, { ...clusters, prompt: Int32Array.from([0, 0, 0, 0, 1, 1]) }),
    ).toMatchObject({
      value: 0.625,
    });
  });
});

describe("the interval of a rate", () => {
  it("is Wilson's only where nothing repeats", () => {
    const hits = Uint8Array.from({ length: 10 }, (_, i) => (i < 8 ? 1 : 0));
    expect(rateInterval(hits, alone(10))).toMatchObject({ ...wilson(8, 10), method: "Wilson" });
    const twice = { ...alone(10), prompt: Int32Array.from({ length: 10 }, (_, i) => i >> 1) };
    expect(rateInterval(hits, twice)).toMatchObject({ method: "cluster-robust by prompt (t, 4 df)" });
  });

  it("is never [0, 0] for an outcome that never came, nor closed where clusters agree", () => {
    const twice = { ...alone(10), prompt: Int32Array.from({ length: 10 }, (_, i) => i >> 1) };
    const never = rateInterval(new Uint8Array(10), twice);
    expect(never).toMatchObject(wilson(0, 5));
    const even = Uint8Array.from({ length: 10 }, (_, i) => i % 2);
    const agreed = rateInterval(even, twice);
    expect("low" in agreed && agreed.high - agreed.low > 0.1).toBe(true);
  });
});

describe("the two-way variance", () => {
  const judgments = fc.array(
    fc.record({ score: fc.constantFrom(0, 0.5, 1), prompt: fc.nat(6), annotator: fc.nat(4) }),
    { minLength: 3, maxLength: 60 },
  );

  it("agrees with a sum over all pairs of judgments", () => {
    fc.assert(
      fc.property(judgments, (rows) => {
        const prompt = Int32Array.from(rows, (row) => row.prompt);
        const annotator = Int32Array.from(rows, (row) => row.annotator);
        const mean = rows.reduce((sum, row) => sum + row.score, 0) / rows.length;
        const influence = Float64Array.from(rows, (row) => (row.score - mean) / rows.length);
        fc.pre(new Set(prompt).size > 1 && new Set(annotator).size > 1);
        const expected = Math.max(
          pairwise(rows, influence, ["prompt"]) +
            pairwise(rows, influence, ["annotator"]) -
            pairwise(rows, influence, ["prompt", "annotator"]),
          pairwise(rows, influence, ["prompt"]),
          pairwise(rows, influence, ["annotator"]),
        );
        expect(twoWayVariance(influence, { prompt, annotator, fixedAnnotators: false })).toBeCloseTo(
          expected,
          12,
        );
      }),
    );
  });

  it("gives intervals that contain the value, mirror with the outcome, and do not depend on order", () => {
    fc.assert(
      fc.property(judgments, fc.boolean(), (rows, fixedAnnotators) => {
        const columns = (list: typeof rows) => ({
          scores: Float64Array.from(list, (row) => row.score),
          clusters: {
            prompt: Int32Array.from(list, (row) => row.prompt),
            annotator: Int32Array.from(list, (row) => row.annotator),
            fixedAnnotators,
          },
        });
        const { scores, clusters } = columns(rows);
        for (const method of [meanScore, meanScoreByPrompt]) {
          const mean = method(scores, clusters);
          const mirrored = method(
            scores.map((score) => 1 - score),
            clusters,
          );
          if (!("low" in mean && "low" in mirrored)) {
            expect("low" in mean).toBe("low" in mirrored);
            continue;
          }
          expect(mean.low).toBeGreaterThanOrEqual(0);
          expect(mean.high).toBeLessThanOrEqual(1);
          expect(mean.low).toBeLessThanOrEqual(mean.value + 1e-12);
          expect(mean.high).toBeGreaterThanOrEqual(mean.value - 1e-12);
          expect(mirrored.low).toBeCloseTo(1 - mean.high, 9);
          const backwards = columns([...rows].reverse());
          const reversed = method(backwards.scores, backwards.clusters);
          expect("low" in reversed && reversed.low).toBeCloseTo(mean.low, 9);
        }
      }),
    );
  });

  it("uses t with the smaller number of clusters less one", () => {
    const rows = [0, 1, 2, 3, 4, 5].flatMap((prompt) =>
      [0, 1, 2].map((annotator) => ({ prompt, annotator, score: (prompt * annotator) % 2 })),
    );
    const clusters = {
      prompt: Int32Array.from(rows, (row) => row.prompt),
      annotator: Int32Array.from(rows, (row) => row.annotator),
      fixedAnnotators: false,
    };
    const scores = Float64Array.from(rows, (row) => row.score);
    const mean = meanScore(scores, clusters);
    if (!("low" in mean)) throw new Error("no interval");
    const influence = scores.map((score) => (score - mean.value) / scores.length);
    const half = studentQuantile(0.975, 2) * Math.sqrt(twoWayVariance(influence, clusters));
    expect(mean.high).toBeCloseTo(Math.min(1, mean.value + half), 12);
    expect(mean.method).toBe("two-way cluster-robust by prompt and annotator (t, 2 df)");
  });
});

type Row = { prompt: number; annotator: number };

/** The naive twin: every pair of judgments that shares all the named clusters. */
function pairwise(rows: readonly Row[], influence: Float64Array, keys: readonly (keyof Row)[]): number {
  let sum = 0;
  rows.forEach((a, i) =>
    rows.forEach((b, j) => {
      if (keys.every((key) => a[key] === b[key])) sum += influence[i]! * influence[j]!;
    }),
  );
  const clusters = new Set(rows.map((row) => keys.map((key) => row[key]).join(" "))).size;
  return (sum * clusters) / (clusters - 1);
}
