import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byPromptInterval } from "../../../../server/statistics/intervals/by-prompt-mean.ts";
import { effectiveJudgments } from "../../../../server/statistics/judgments/effective-judgments.ts";
import { scoreInterval } from "../../../../server/statistics/intervals/mean-interval.ts";
import { NOTHING_VARIES } from "../../../../server/statistics/intervals/two-way.ts";
import {
  anyRows,
  apart,
  columnsOf,
  counted,
  naiveScoreLimits,
  naiveTwoWay,
  pairwiseVariance,
  type Row,
} from "../../../support/statistics/judgments.ts";
import { naiveOfAnnotators, samePrompt } from "../../../support/statistics/judgments.ts";

const inThrees = (i: number) => ({ prompt: i % 30, annotator: i });

describe("the mean score per judgment", () => {
  it.each([
    ["Alpaca", 159, 63, 78, 0.586, 0.682],
    ["DaVinci003", 132, 63, 105, 0.494, 0.595],
    ["Bard", 99, 75, 126, 0.407, 0.504],
    ["Claude", 72, 66, 162, 0.304, 0.399],
    ["GPT-4", 54, 75, 171, 0.263, 0.351],
  ])("has the score interval of LIMA's published counts against %s", (_, win, tie, loss, low, high) => {
    const estimate = scoreInterval(columnsOf(counted({ win, tie, loss }, apart)));
    if (!("low" in estimate)) throw new Error(estimate.notEstimable);
    expect(estimate).toMatchObject({ value: (win + tie / 2) / 300, n: 300 });
    expect(estimate.method).toBe("variance of the scores (score, t, 299 df)");
    expect([estimate.low.toFixed(3), estimate.high.toFixed(3)]).toEqual([low.toFixed(3), high.toFixed(3)]);
  });

  it("names its method", () => {
    const [win, tie, loss] = [20, 20, 20];
    const methodOf = (by: (i: number) => Omit<Row, "outcome">, fixed = false) =>
      scoreInterval(columnsOf(counted({ win, tie, loss }, by), fixed));
    const cases: [ReturnType<typeof methodOf>, string][] = [
      [methodOf((i) => ({ prompt: i % 13, annotator: i })), "cluster-robust by prompt (score, t, 12 df)"],
      [methodOf((i) => ({ prompt: i, annotator: i % 7 })), "cluster-robust by annotator (score, t, 5.9 df)"],
      [
        methodOf((i) => ({ prompt: i % 13, annotator: i % 7 })),
        "two-way cluster-robust by prompt and annotator (score, t, 3.6 df)",
      ],
      [
        methodOf((i) => ({ prompt: i % 13, annotator: i % 7 }), true),
        "cluster-robust by prompt (score, t, 12 df, annotator fixed)",
      ],
      [
        methodOf((i) => ({ prompt: i, annotator: 0 })),
        "variance of the scores (score, t, 59 df, annotator fixed)",
      ],
    ];
    for (const [estimate, method] of cases) expect(estimate).toMatchObject({ method });
  });

  it("never narrows to a point: all wins, all losses, and is refused for all ties", () => {
    const limits = { low: 0.025 ** (1 / 30) };
    const method = "exact binomial (effective n 30)";
    const all = (counts: { win: number; tie: number; loss: number }) =>
      scoreInterval(columnsOf(counted(counts, inThrees)));
    expect(all({ win: 90, tie: 0, loss: 0 })).toMatchObject({ value: 1, ...limits, high: 1, method });
    expect(all({ win: 0, tie: 0, loss: 90 })).toMatchObject({ low: 0, high: 1 - limits.low, method });
    expect(all({ win: 0, tie: 90, loss: 0 })).toEqual({
      value: 0.5,
      notEstimable: "every judgment has the same score",
    });
  });

  it("never narrows to a point: a win and a loss on every prompt", () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      prompt: i >> 1,
      annotator: i,
      outcome: 2 * (i % 2),
    }));
    for (const estimate of [scoreInterval(columnsOf(rows)), byPromptInterval(columnsOf(rows))]) {
      if (!("low" in estimate)) throw new Error(estimate.notEstimable);
      expect(estimate.high).toBeCloseTo(naiveScoreLimits(0.5, { variance: 0.25 / 9, df: 9 })[1], 12);
      expect(estimate.method).toBe("variance of the scores (score, t, 9 df, effective n 10)");
    }
  });

  it("names the effective number of clusters that tell no variance, by which a pack knows that it cannot recompute them", () => {
    const rows = Array.from({ length: 6 }, (_, i) => ({
      prompt: i,
      annotator: i >> 1,
      outcome: 2 * (i % 2),
    }));
    for (const estimate of [scoreInterval(columnsOf(rows)), byPromptInterval(columnsOf(rows))])
      expect(estimate).toMatchObject({ method: "variance of the scores (score, t, 2 df, effective n 6)" });
  });

  it("takes net preferences in their own range", () => {
    const { sampling, outcomes } = columnsOf(counted({ win: 4, tie: 0, loss: 0 }, apart));
    const net = Float64Array.from(outcomes, (outcome) => outcome - 1);
    const range = { low: -1, high: 1 };
    expect(scoreInterval({ scores: net, sampling, range })).toMatchObject({ value: 1, high: 1 });
    const some = columnsOf(counted({ win: 7, tie: 2, loss: 3 }, inThrees));
    const rate = scoreInterval(some) as { low: number; high: number };
    expect(
      scoreInterval({ ...some, scores: some.scores.map((score) => 2 * score - 1), range }),
    ).toMatchObject({
      low: expect.closeTo(2 * rate.low - 1, 12) as number,
      high: expect.closeTo(2 * rate.high - 1, 12) as number,
    });
    expect(() => scoreInterval({ scores: net.map((score) => -score), sampling })).toThrow(RangeError);
  });

  it("keeps the value where only the interval is refused", () => {
    const one = columnsOf([0, 1, 2].map((annotator) => ({ prompt: 0, annotator, outcome: 2 })));
    expect(scoreInterval(one)).toEqual({ value: 1, notEstimable: "only one prompt" });
    expect(byPromptInterval(one)).toEqual({ value: 1, notEstimable: "only one prompt" });
    const none = columnsOf([]);
    expect(scoreInterval(none)).toEqual({ notEstimable: "no judgments yet" });
    expect(byPromptInterval(none)).toEqual({ notEstimable: "no judgments yet" });
  });

  it("refuses malformed scores by throwing, never with NaN", () => {
    const { sampling, scores } = columnsOf(counted({ win: 2, tie: 1, loss: 1 }, apart));
    for (const bad of [NaN, Infinity, -0.5, 1.5]) {
      const malformed = scores.with(1, bad);
      expect(() => scoreInterval({ scores: malformed, sampling })).toThrow(RangeError);
      expect(() => byPromptInterval({ scores: malformed, sampling })).toThrow(RangeError);
    }
    expect(() => scoreInterval({ scores: scores.slice(1), sampling })).toThrow(RangeError);
  });
});

describe("the mean over prompts", () => {
  it("does not move with the number of judgments on a prompt", () => {
    const outcomes = [2, 2, 2, 2, 2, 1];
    const rows = outcomes.map((outcome, i) => ({ prompt: i === 5 ? 1 : 0, annotator: i, outcome }));
    expect(byPromptInterval(columnsOf(rows))).toMatchObject({ value: 0.75 });
  });

  it("equals the mean per judgment, with its interval, where prompts have as many judgments", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }), (outcomes) => {
        const rows = outcomes.map((outcome, i) => ({ prompt: i % 4, annotator: i % 5, outcome }));
        const [each, byPrompt] = [scoreInterval(columnsOf(rows)), byPromptInterval(columnsOf(rows))];
        if (!("low" in each) || !("low" in byPrompt)) {
          expect(byPrompt).toEqual(each);
          return;
        }
        expect(byPrompt.value).toBeCloseTo(each.value, 12);
        expect(byPrompt.low).toBeCloseTo(each.low, 10);
        expect(byPrompt.high).toBeCloseTo(each.high, 10);
        expect(byPrompt.method).toBe(each.method);
      }),
    );
  });
});

/** Weights of a mean, judgment by judgment, in the plainest way. */
const WEIGHTS = {
  perJudgment: (rows: readonly Row[]) => rows.map(() => 1 / rows.length),
  byPrompt: (rows: readonly Row[]) => {
    const prompts = new Set(rows.map(({ prompt }) => prompt)).size;
    return rows.map((row) => 1 / (prompts * rows.filter((other) => other.prompt === row.prompt).length));
  },
};

describe.each([
  ["per judgment", scoreInterval, WEIGHTS.perJudgment],
  ["over prompts", byPromptInterval, WEIGHTS.byPrompt],
])("the interval of the mean %s", (_, interval, weightsOf) => {
  it("agrees with a naive computation by double loops", () => {
    fc.assert(
      fc.property(anyRows, fc.boolean(), (rows, fixed) => {
        const columns = columnsOf(rows, fixed);
        const estimate = interval(columns);
        const weights = weightsOf(rows);
        const value = rows.reduce((sum, row, i) => sum + (weights[i]! * row.outcome) / 2, 0);
        expect(estimate.value).toBeCloseTo(value, 12);
        if (!("low" in estimate)) {
          const allTies = rows.every(({ outcome }) => outcome === 1);
          const onePrompt = new Set(rows.map(({ prompt }) => prompt)).size === 1;
          expect(allTies || onePrompt || estimate.notEstimable === NOTHING_VARIES.notEstimable).toBe(true);
          return;
        }
        const influence = rows.map((row, i) => weights[i]! * (row.outcome / 2 - value));
        const annotatorsFixed = fixed || new Set(rows.map(({ annotator }) => annotator)).size === 1;
        const measured = naiveVariance(rows, influence, annotatorsFixed);
        fc.pre(measured.variance > 1e-15); // the edge without variance has its own tests
        const [low, high] = naiveScoreLimits(value, measured);
        expect(estimate.low).toBeCloseTo(low, 9);
        expect(estimate.high).toBeCloseTo(high, 9);
      }),
      { numRuns: 300 },
    );
  });

  it("holds its value, is wider than a point, mirrors, and does not depend on the order of rows", () => {
    fc.assert(
      fc.property(anyRows, fc.boolean(), (rows, fixed) => {
        const estimate = interval(columnsOf(rows, fixed));
        if (!("low" in estimate)) return;
        expect(estimate.low).toBeLessThan(estimate.high);
        expect(estimate.low >= 0 && estimate.high <= 1).toBe(true);
        expect(estimate.low <= estimate.value && estimate.value <= estimate.high).toBe(true);
        const mirrored = interval(
          columnsOf(
            rows.map((row) => ({ ...row, outcome: 2 - row.outcome })),
            fixed,
          ),
        );
        if (!("low" in mirrored)) throw new Error(mirrored.notEstimable);
        expect(mirrored.low).toBeCloseTo(1 - estimate.high, 9);
        expect(mirrored.method).toBe(estimate.method);
        const reversed = interval(columnsOf(rows.toReversed(), fixed));
        if (!("low" in reversed)) throw new Error(reversed.notEstimable);
        expect(reversed.low).toBeCloseTo(estimate.low, 9);
      }),
      { numRuns: 300 },
    );
  });
});

it("the effective number of judgments lies between 1 and their number", () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const { sampling } = columnsOf(rows);
      const effective = effectiveJudgments(sampling.prompts);
      expect(effective).toBeGreaterThanOrEqual(1 - 1e-12);
      expect(effective).toBeLessThanOrEqual(sampling.prompts.count + 1e-12);
    }),
  );
  expect(effectiveJudgments(columnsOf([]).sampling.prompts)).toBe(0);
});

function naiveVariance(rows: readonly Row[], influence: readonly number[], annotatorsFixed: boolean) {
  const prompts = new Set(rows.map(({ prompt }) => prompt)).size;
  const annotators = new Set(rows.map(({ annotator }) => annotator)).size;
  const annotatorsRepeat = !annotatorsFixed && annotators < rows.length;
  if (prompts === rows.length && annotatorsRepeat) return naiveOfAnnotators(rows, influence);
  if (!annotatorsRepeat) return { variance: pairwiseVariance(rows, influence, samePrompt), df: prompts - 1 };
  return naiveTwoWay(rows, influence);
}
