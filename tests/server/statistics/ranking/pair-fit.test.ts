import { describe, expect, it } from "vitest";
import { BRADLEY_TERRY, bradleyTerry } from "../../../../server/statistics/ranking/bradley-terry.ts";
import { circlesOf, FIT_DRAWS, pairFit } from "../../../../server/statistics/ranking/pair-fit.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import {
  given,
  normal,
  type PairedRow,
  prepare,
  uniform,
} from "../../../support/statistics/ranking-support.ts";

const TRIANGLE = [
  [0, 1],
  [1, 2],
  [0, 2],
] as const;

describe("the fit of one strength a system", () => {
  it("is refused by a circle: every strength is alike, and every pair goes one way", () => {
    const rows = TRIANGLE.flatMap(([low, high], pair) =>
      Array.from({ length: 45 }, (_, prompt) => ({
        low,
        high,
        halves: pair === 2 ? 0 : 2,
        prompt,
        annotator: 0,
      })),
    );
    const { gaps, p } = fitOf(3, rows);
    expect(p).toBe(1 / (1 + FIT_DRAWS));
    for (const { observed, expected, z } of gaps) {
      expect(expected).toBeCloseTo(0.5, 12);
      expect(Math.abs(observed - 0.5)).toBe(0.5);
      expect(Math.abs(z!)).toBeCloseTo(22.5 / Math.sqrt((45 / 44) * 45 * 0.25), 9);
    }
    expect(circlesOf(gaps)).toEqual([[0, 1, 2]]);
  });

  it("is doubted where nothing is wrong about as often as the level says", () => {
    let doubted = 0;
    const studies = times(100);
    for (let seed = FIRST; seed < FIRST + studies; seed++)
      if (given1(fitOf(4, drawn(seed, [0.8, 0.2, 0, -0.6], 40)).p) < 0.05) doubted++;
    keepFigure("fit of pairs: doubted where it holds", doubted, studies);
    expect(doubted / studies).toBeLessThan(0.12);
  });

  it("finds the pair that goes its own way", () => {
    const rows = drawn(3, [0.8, 0.2, 0, -0.6], 120).map((row) =>
      row.low === 1 && row.high === 3 ? { ...row, halves: row.prompt % 4 === 0 ? 2 : 0 } : row,
    );
    const { gaps, p } = fitOf(4, rows);
    expect(given1(p)).toBeLessThan(0.01);
    expect(gaps[0]).toMatchObject({ low: 1, high: 3, observed: 0.25 });
    expect(gaps[0]!.expected).toBeGreaterThan(0.3);
  });

  it("has standard errors that adding up judgment by judgment gives, too", () => {
    const rows = drawn(8, [0.5, 0, -0.5], 30);
    const { cells, counts } = prepare(3, rows);
    const at = given(bradleyTerry(counts)).parameters;
    const { gaps } = fitOf(3, rows);
    // a naive twin: refit without each prompt is too slow to be exact, so the influence is found by a small step
    const weights = (left: number, by: number) => rows.map((row) => (row.prompt === left ? 1 + by : 1));
    const gapAt = (pair: number, weight: number[]) => {
      const strengths = newton(rows, weight, [...at]);
      const p = (i: number, j: number) => 1 / (1 + Math.exp(strengths[j]! - strengths[i]!));
      return rows.reduce((sum, { low, high, halves }, i) => {
        const isPair = low === cells.low[pair] && high === cells.high[pair];
        return isPair ? sum + weight[i]! * (halves / 2 - p(low, high)) : sum;
      }, 0);
    };
    for (const [pair] of cells.low.entries()) {
      const moves = Array.from({ length: 30 }, (_, prompt) => {
        const step = 1e-4;
        return (gapAt(pair, weights(prompt, step)) - gapAt(pair, weights(prompt, -step))) / (2 * step);
      });
      const error = Math.sqrt((30 / 29) * moves.reduce((sum, by) => sum + by * by, 0));
      const gap = gaps.find(({ low, high }) => low === cells.low[pair] && high === cells.high[pair])!;
      expect(gap.z!).toBeCloseTo((gap.judgments * (gap.observed - gap.expected)) / error, 5);
    }
  });

  it("is refused where any outcome would fit, and on few prompts", () => {
    const line = Array.from({ length: 40 }, (_, i) => ({
      ...{ low: i % 2, high: 1 + (i % 2), halves: (i >> 1) % 3, prompt: i >> 1, annotator: 0 },
    }));
    expect(fitOf(3, line).p).toEqual({
      notEstimable: "no systems were compared in a circle, so strengths fit any result",
    });
    const few = drawn(1, [0.1, 0, -0.1], 9);
    expect(fitOf(3, few).p).toEqual({ notEstimable: "fewer than 10 prompts" });
    expect(fitOf(3, few).gaps.every(({ z }) => z === null)).toBe(true);
  });
});

describe("circles", () => {
  it("are told once, the widest lead first", () => {
    const gap = (low: number, high: number, observed: number) => ({ low, high, observed });
    expect(
      circlesOf([
        gap(0, 1, 0.6),
        gap(1, 2, 0.6),
        gap(0, 2, 0.4),
        gap(1, 3, 0.9),
        gap(0, 3, 0.1),
        gap(2, 3, 0.5),
      ]),
    ).toEqual([
      [0, 1, 2],
      [0, 1, 3],
    ]);
    expect(circlesOf([gap(0, 1, 0.5), gap(1, 2, 0.7), gap(0, 2, 0.3)])).toEqual([]);
  });
});

function fitOf(systems: number, rows: readonly PairedRow[]) {
  const { cells, counts, sampling } = prepare(systems, rows);
  const fit = given(bradleyTerry(counts));
  return pairFit(BRADLEY_TERRY, { cells, prompts: sampling.prompts, fit, random: seededRandom("fit") });
}

const given1 = (p: number | { notEstimable: string }): number => {
  if (typeof p !== "number") throw new Error(p.notEstimable);
  return p;
};

/** Every pair on every prompt by two annotators, with tastes of prompts. */
function drawn(seed: number, strengths: readonly number[], prompts: number): PairedRow[] {
  const random = uniform(seed);
  const rows: PairedRow[] = [];
  for (let prompt = 0; prompt < prompts; prompt++) {
    const at = strengths.map((strength) => strength + 0.5 * normal(random));
    for (let low = 0; low < at.length; low++)
      for (let high = low + 1; high < at.length; high++)
        for (let annotator = 0; annotator < 2; annotator++) {
          const isWin = random() < 1 / (1 + Math.exp(at[high]! - at[low]!));
          rows.push({ low, high, halves: isWin ? 2 : 0, prompt, annotator });
        }
  }
  return rows;
}

/** Weighted Bradley–Terry of three systems by Newton's method, the last strength held at its start. */
function newton(rows: readonly PairedRow[], weight: readonly number[], start: number[]): number[] {
  const at = [...start];
  for (let round = 0; round < 30; round++) {
    const slope = [0, 0];
    const bend = [0, 0, 0];
    rows.forEach(({ low, high, halves }, i) => {
      const p = 1 / (1 + Math.exp(at[high]! - at[low]!));
      const [residual, w] = [weight[i]! * (halves / 2 - p), weight[i]! * p * (1 - p)];
      const x = [low === 0 ? 1 : high === 0 ? -1 : 0, low === 1 ? 1 : high === 1 ? -1 : 0] as const;
      slope[0]! += residual * x[0];
      slope[1]! += residual * x[1];
      bend[0]! += w * x[0] * x[0];
      bend[1]! += w * x[0] * x[1];
      bend[2]! += w * x[1] * x[1];
    });
    const determinant = bend[0]! * bend[2]! - bend[1]! * bend[1]!;
    at[0]! += (bend[2]! * slope[0]! - bend[1]! * slope[1]!) / determinant;
    at[1]! += (bend[0]! * slope[1]! - bend[1]! * slope[0]!) / determinant;
  }
  return at;
}
