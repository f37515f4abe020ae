import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreInterval } from "../../../../server/statistics/intervals/mean-interval.ts";
import { type Random, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { sideAdjustedRate } from "../../../../server/statistics/intervals/side-adjusted.ts";
import { expectNear } from "../../../support/statistics/closeness.ts";
import {
  anyRows,
  apart,
  columnsOf,
  naiveScoreLimits,
  naiveTwoWay,
  pairwiseVariance,
  type Row,
  naiveOfAnnotators,
  samePrompt,
} from "../../../support/statistics/judgments.ts";

interface Seen extends Row {
  left: boolean;
}

function adjusted(rows: readonly Seen[], fixed = false) {
  const onLeft = Uint8Array.from(rows, ({ left }) => (left ? 1 : 0));
  return sideAdjustedRate({ ...columnsOf(rows, fixed), onLeft });
}

const seen = (outcomes: string, left: boolean, from = 0): Seen[] =>
  [...outcomes].map((letter, i) => ({ ...apart(from + i), outcome: "LTW".indexOf(letter), left }));

describe("the side-adjusted rate", () => {
  it("is the mean of the rates on either side", () => {
    const rows = [...seen("WWWL", true), ...seen("WLLL", false, 4)];
    expect(adjusted(rows)).toMatchObject({
      value: 0.5,
      n: 8,
      method: "variance of the scores (score, t, 7 df)",
    });
    const uneven = [...seen("WWWWWWWT", true), ...seen("LT", false, 8)];
    expect(adjusted(uneven)).toMatchObject({ value: (7.5 / 8 + 0.25) / 2 });
  });

  it("is the plain half-tie rate, with a narrower interval, where sides are even", () => {
    const rows = [...seen("WWWWTL", true), ...seen("WTLLLL", false, 6)];
    const plain = scoreInterval(columnsOf(rows));
    const both = adjusted(rows);
    if ("notEstimable" in plain || "notEstimable" in both) throw new Error("refused");
    expectNear(both.value, plain.value);
    expect(both.high - both.low).toBeLessThan(plain.high - plain.low);
  });

  it("agrees with double loops over pairs of judgments", () => {
    const anySeen = anyRows.chain((rows) =>
      fc
        .array(fc.boolean(), { minLength: rows.length, maxLength: rows.length })
        .map((sides) => rows.map((row, i): Seen => ({ ...row, left: sides[i]! }))),
    );
    fc.assert(
      fc.property(anySeen, (rows) => {
        const estimate = adjusted(rows);
        if ("notEstimable" in estimate || !estimate.method.includes("robust")) return;
        const half = { true: rows.filter((row) => row.left), false: rows.filter((row) => !row.left) };
        const mean = (of: readonly Seen[]) => of.reduce((sum, row) => sum + row.outcome / 2, 0) / of.length;
        expectNear(estimate.value, (mean(half.true) + mean(half.false)) / 2);
        const influence = rows.map((row) => {
          const side = row.left ? half.true : half.false;
          return (row.outcome / 2 - mean(side)) / (2 * side.length);
        });
        const { sampling } = columnsOf(rows);
        const { prompts } = sampling;
        const measured = {
          both: () => naiveTwoWay(rows, influence),
          prompt: () => ({ variance: pairwiseVariance(rows, influence, samePrompt), df: prompts.count - 1 }),
          annotator: () => naiveOfAnnotators(rows, influence),
          nothing: () => ({ variance: NaN, df: NaN }),
        }[sampling.clusteredBy]();
        const [low, high] = naiveScoreLimits(estimate.value, measured);
        expectNear(estimate.low, low, 1e-9);
        expectNear(estimate.high, high, 1e-9);
      }),
    );
  });

  it("frees the rate from a favourite side that the target stood on more often, and covers the truth", () => {
    const random = seededRandom("sides");
    let [covered, coveredPlain] = [0, 0];
    for (let study = 0; study < 600; study++) {
      const rows = favouringStudy(random);
      const covers = (estimate: ReturnType<typeof adjusted>) =>
        !("notEstimable" in estimate) && estimate.low <= 0.5 && estimate.high >= 0.5 ? 1 : 0;
      covered += covers(adjusted(rows));
      coveredPlain += covers(scoreInterval(columnsOf(rows)));
    }
    expect(covered / 600).toBeGreaterThan(0.925);
    expect(covered / 600).toBeLessThan(0.975);
    expect(coveredPlain / 600).toBeLessThan(0.6);
  });

  it("refuses by name what cannot be had", () => {
    expect(adjusted([])).toEqual({ notEstimable: "no judgments yet" });
    expect(adjusted(seen("WTL", true))).toEqual({ notEstimable: "shown on one side only" });
    expect(adjusted([...seen("WW", true), ...seen("LL", false, 2)])).toEqual({
      value: 0.5,
      notEstimable: "on either side every judgment has the same score",
    });
    expect(adjusted([...seen("TT", true), ...seen("T", false, 2)])).toEqual({
      value: 0.5,
      notEstimable: "every judgment has the same score",
    });
    const onePrompt = [...seen("WL", true), ...seen("L", false)].map((row) => ({ ...row, prompt: 0 }));
    expect(adjusted(onePrompt)).toEqual({ value: 0.25, notEstimable: "only one prompt" });
  });

  it("is no point where every judgment is a win", () => {
    const estimate = adjusted([...seen("W".repeat(20), true), ...seen("W".repeat(20), false, 20)]);
    expect(estimate).toMatchObject({ value: 1, high: 1, method: "exact binomial" });
    expect((estimate as { low: number }).low).toBeCloseTo(0.025 ** (1 / 40), 9);
  });

  it("throws at columns that do not fit", () => {
    const columns = columnsOf(seen("WL", true));
    expect(() => sideAdjustedRate({ ...columns, onLeft: Uint8Array.of(1) })).toThrow(RangeError);
    expect(() => sideAdjustedRate({ ...columns, onLeft: Uint8Array.of(1, 2) })).toThrow(RangeError);
  });
});

/** 150 prompts, two judgments each; no difference, but the left is favoured and the target stands there often. */
function favouringStudy(random: Random): Seen[] {
  const uniform = () => random() / 2 ** 32;
  return Array.from({ length: 150 }, (_, prompt) => prompt).flatMap((prompt) => {
    const lean = uniform() < 0.5 ? 0.15 : -0.15;
    return [0, 1].map((k): Seen => {
      const left = uniform() < 0.75;
      const win = 0.5 + lean + (left ? 0.15 : -0.15);
      return { prompt, annotator: 2 * prompt + k, left, outcome: uniform() < win ? 2 : 0 };
    });
  });
}
