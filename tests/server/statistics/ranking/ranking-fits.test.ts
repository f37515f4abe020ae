import { REASONS } from "../../../../server/contract/reasons.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bradleyTerry } from "../../../../server/statistics/ranking/bradley-terry.ts";
import { davidson, nuOf } from "../../../../server/statistics/ranking/davidson.ts";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import type { PairedCounts } from "../../../../server/statistics/judgments/paired-counts.ts";
import { realVotes } from "../../../support/llmfao.ts";
import {
  anyPairedRows,
  expectClose,
  given,
  type PairedRow,
  pointsOf,
  prepare,
  rowsOf,
} from "../../../support/statistics/ranking-support.ts";
import { byCoordinates, byMinorisation, isConnected } from "../../../support/statistics/ranking-twins.ts";

const WIKIPEDIA = prepare(
  4,
  rowsOf([
    [0, 1, 2, 3, 0],
    [0, 3, 1, 4, 0],
    [1, 2, 5, 3, 0],
    [2, 3, 1, 3, 0],
  ]),
).counts;

const PUDDINGS = prepare(
  6,
  rowsOf([
    [0, 1, 19, 22, 16],
    [0, 2, 16, 19, 12],
    [1, 2, 19, 19, 10],
    [0, 3, 18, 23, 13],
    [1, 3, 23, 19, 9],
    [2, 3, 19, 20, 15],
    [0, 4, 13, 19, 18],
    [1, 4, 16, 20, 12],
    [2, 4, 16, 15, 17],
    [3, 4, 17, 14, 16],
    [0, 5, 18, 21, 12],
    [1, 5, 22, 20, 12],
    [2, 5, 13, 18, 10],
    [3, 5, 14, 19, 18],
    [4, 5, 11, 21, 12],
  ]),
).counts;

/** Rows of evalica's simple.csv: left, right, who won. */
const SIMPLE = "01T 02R 02T 04T 10L 12T 12T 13T 24T 30L 31L 32L 34T 34T 40L 43L";

describe("Bradley–Terry", () => {
  it("has the published strengths of four players", () => {
    const { parameters } = given(bradleyTerry(WIKIPEDIA));
    [-0.4465, 0.0424, -0.4158, 0.8199].forEach((value, i) => expect(parameters[i]).toBeCloseTo(value, 4));
    [0.6398, 1.0433, 0.6598, 2.2704].forEach((value, i) =>
      expect(Math.exp(parameters[i]!)).toBeCloseTo(value, 4),
    );
  });

  it("takes a tie for half a win, with the published values of two data sets", () => {
    const puddings = shares(given(bradleyTerry(PUDDINGS)).parameters);
    expectClose(puddings, [0.14608, 0.17147, 0.16328, 0.16594, 0.16102, 0.19221], 1e-5);
    const rows = SIMPLE.split(" ").map((text): PairedRow => {
      const [left, right] = [Number(text[0]), Number(text[1])];
      const halves = { L: 2, T: 1, R: 0 }[text[2]!]!;
      const isLow = left < right;
      const [low, high] = isLow ? [left, right] : [right, left];
      return { low, high, halves: isLow ? halves : 2 - halves, prompt: 0, annotator: 0 };
    });
    const simple = shares(given(bradleyTerry(prepare(5, rows).counts)).parameters);
    [0.0508, 0.131151, 0.131686, 0.336889, 0.349475].forEach((value, i) =>
      expect(simple[i]).toBeCloseTo(value, 6),
    );
  });

  it("is the logarithm of the odds where there are two systems", () => {
    const { parameters, logLikelihood } = given(bradleyTerry(prepare(2, rowsOf([[0, 1, 3, 1, 0]])).counts));
    expect(parameters[0]).toBeCloseTo(Math.log(3) / 2, 12);
    expect(parameters[1]).toBeCloseTo(-Math.log(3) / 2, 12);
    expect(logLikelihood).toBeCloseTo(3 * Math.log(0.75) + Math.log(0.25), 12);
  });

  it("agrees with a fit by minorisation and maximisation, or both refuse", () => {
    fc.assert(
      fc.property(anyPairedRows(5), (rows) => {
        const { counts } = prepare(5, rows);
        const fit = bradleyTerry(counts);
        expect(isRefused(fit)).toBe(!isConnected(pointsOf(counts)));
        if (isRefused(fit)) return;
        expectClose(fit.parameters, byMinorisation(pointsOf(counts), 20_000), 1e-6);
      }),
      { numRuns: 150 },
    );
  });

  it("gives strengths of 0 for nothing but ties, and refuses what has no finite strengths", () => {
    const ties = given(
      bradleyTerry(
        prepare(
          3,
          rowsOf([
            [0, 1, 0, 0, 4],
            [1, 2, 0, 0, 1],
          ]),
        ).counts,
      ),
    );
    expect([...ties.parameters]).toEqual([0, 0, 0]);
    const unbeaten = bradleyTerry(prepare(2, rowsOf([[0, 1, 5, 0, 0]])).counts);
    expect(unbeaten).toEqual({ notEstimable: REASONS.unconnected });
    expect(bradleyTerry(prepare(3, rowsOf([[0, 1, 1, 1, 0]])).counts)).toEqual({
      notEstimable: REASONS.unconnected,
    });
    expect(bradleyTerry(prepare(1, []).counts)).toEqual({ notEstimable: "fewer than two systems" });
    expect(bradleyTerry(prepare(0, []).counts)).toEqual({ notEstimable: "fewer than two systems" });
  });

  it("settles where one upset in a million decides, and along a chain of forty", () => {
    const upset = pairCounts(2, [[0, 1, 1_000_000, 0, 1]]);
    expect(given(bradleyTerry(upset)).parameters[0]).toBeCloseTo(Math.log(1e6) / 2, 9);
    const chain = pairCounts(
      40,
      Array.from({ length: 39 }, (_, i) => [i, i + 1, 1000, 0, 1] as const),
    );
    const { parameters } = given(bradleyTerry(chain));
    expect(parameters[0]! - parameters[39]!).toBeCloseTo(39 * Math.log(1000), 6);
  });

  it("finds the same from any start, and the same for any number of copies", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (start) => {
          expectClose(
            given(bradleyTerry(PUDDINGS, Float64Array.from(start))).parameters,
            given(bradleyTerry(PUDDINGS)).parameters,
            1e-10,
          );
        },
      ),
    );
    const thrice = {
      ...PUDDINGS,
      wins: PUDDINGS.wins.map((n) => 3 * n),
      ties: PUDDINGS.ties.map((n) => 3 * n),
      losses: PUDDINGS.losses.map((n) => 3 * n),
    };
    expectClose(given(bradleyTerry(thrice)).parameters, given(bradleyTerry(PUDDINGS)).parameters, 1e-12);
  });
});

describe("Davidson", () => {
  it("has the published values of the puddings", () => {
    const fit = given(davidson(PUDDINGS));
    [0.1388, 0.173, 0.16175, 0.16537, 0.15869, 0.20239].forEach((value, i) =>
      expect(shares(fit.parameters.subarray(0, 6))[i]).toBeCloseTo(value, 5),
    );
    expect(nuOf(fit, 6)).toBeCloseTo(0.74682, 5);
    expect(fit.logLikelihood).toBeCloseTo(-809.7095, 4);
  });

  it("agrees with a search along one parameter after another", () => {
    fc.assert(
      fc.property(anyPairedRows(4, 40), (rows) => {
        const { counts } = prepare(4, rows);
        const fit = davidson(counts);
        if (isRefused(fit)) return;
        const twin = byCoordinates(counts);
        expect(fit.logLikelihood).toBeCloseTo(twin.logLikelihood, 6);
        expectClose(fit.parameters.subarray(0, 4), twin.strengths, 1e-3);
        expect(nuOf(fit, 4)).toBeCloseTo(twin.nu, 3);
      }),
      { numRuns: 60 },
    );
  });

  it("has a share of ties at equal strengths of ν / (2 + ν)", () => {
    const fit = given(davidson(prepare(2, rowsOf([[0, 1, 4, 4, 2]])).counts));
    const nu = nuOf(fit, 2);
    expect(nu / (2 + nu)).toBeCloseTo(0.2, 12);
    expect(fit.parameters[0]).toBeCloseTo(0, 12);
  });

  it("is Bradley–Terry with ν = 0 where there are no ties", () => {
    const fit = given(davidson(WIKIPEDIA));
    expect(nuOf(fit, 4)).toBe(0);
    expect([...fit.parameters]).toEqual([...given(bradleyTerry(WIKIPEDIA)).parameters]);
  });

  it("refuses nothing but ties, and judgments that no finite ν explains best", () => {
    expect(davidson(prepare(2, rowsOf([[0, 1, 0, 0, 9]])).counts)).toEqual({
      notEstimable: REASONS.onlyTies,
    });
    const neverLost = prepare(2, rowsOf([[0, 1, 3, 0, 3]])).counts;
    expect(davidson(neverLost)).toEqual({ notEstimable: REASONS.unboundedTies });
    expect(isRefused(bradleyTerry(neverLost))).toBe(false);
    expect(davidson(prepare(2, rowsOf([[0, 1, 3, 0, 0]])).counts)).toEqual({
      notEstimable: REASONS.unconnected,
    });
  });
});

describe("on the crowd judgments of llmfao", () => {
  it("Bradley–Terry agrees with a fit by minorisation and maximisation", () => {
    const votes = realVotes();
    const names = [...new Set(votes.flatMap(({ left, right }) => [left, right]))].sort();
    const rows = votes.map(({ left, right, winner }, i): PairedRow => {
      const [x, y] = [names.indexOf(left), names.indexOf(right)];
      const halves = { left: 2, tie: 1, right: 0 }[winner];
      return x < y
        ? { low: x, high: y, halves, prompt: i, annotator: i }
        : { low: y, high: x, halves: 2 - halves, prompt: i, annotator: i };
    });
    expect([rows.length, names.length]).toEqual([8931, 59]);
    const { counts } = prepare(names.length, rows);
    expectClose(given(bradleyTerry(counts)).parameters, byMinorisation(pointsOf(counts), 5_000), 1e-8);
    expect(isRefused(davidson(counts))).toBe(false);
  });
});

function shares(logStrengths: Float64Array): Float64Array {
  const strengths = logStrengths.map(Math.exp);
  const sum = strengths.reduce((total, one) => total + one, 0);
  return strengths.map((one) => one / sum);
}

function pairCounts(
  systems: number,
  table: readonly (readonly [low: number, high: number, wins: number, ties: number, losses: number])[],
): PairedCounts {
  const column = (at: 0 | 1 | 2 | 3 | 4) => Int32Array.from(table, (row) => row[at]);
  return { systems, low: column(0), high: column(1), wins: column(2), ties: column(3), losses: column(4) };
}
