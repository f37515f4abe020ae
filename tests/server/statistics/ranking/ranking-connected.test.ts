import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { davidson, tiesAreBounded } from "../../../../server/statistics/ranking/davidson.ts";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import type { PairedCounts } from "../../../../server/statistics/judgments/paired-counts.ts";
import {
  isStronglyConnected,
  strongComponents,
} from "../../../../server/statistics/ranking/strong-components.ts";
import { times } from "../../../support/effort.ts";
import { anyPairedRows, pointsOf, prepare, rowsOf } from "../../../support/statistics/ranking-support.ts";

describe("systems on one scale", () => {
  it("are those that reach each other, the largest set first", () => {
    const { counts } = prepare(
      7,
      rowsOf([
        [0, 1, 1, 1, 0],
        [1, 2, 4, 0, 0],
        [2, 3, 0, 0, 1],
        [3, 4, 2, 1, 0],
        [5, 6, 1, 1, 1],
      ]),
    );
    expect(strongComponents(counts)).toEqual([
      [2, 3, 4],
      [5, 6],
      [0, 1],
    ]);
    expect(isStronglyConnected(counts)).toBe(false);
  });

  it("with as many systems, those with more judgments come first, then the lower codes", () => {
    const sets = (between: number) =>
      strongComponents(
        prepare(
          4,
          rowsOf([
            [0, 1, 1, 1, 0],
            [2, 3, between, 1, 0],
          ]),
        ).counts,
      );
    expect(sets(2)).toEqual([
      [2, 3],
      [0, 1],
    ]);
    expect(sets(1)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it("are found as Warshall's closure finds them", () => {
    fc.assert(
      fc.property(anyPairedRows(7, 20), (rows) => {
        const { counts } = prepare(7, rows);
        const reach = closureOf(pointsOf(counts));
        const sets = strongComponents(counts);
        expect(sets.flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
        const setOf = (system: number) => sets.findIndex((set) => set.includes(system));
        reach.forEach((row, i) =>
          row.forEach((reaches, j) => {
            expect(setOf(i) === setOf(j)).toBe(reaches && reach[j]![i]!);
          }),
        );
        expect(isStronglyConnected(counts)).toBe(sets.length === 1);
      }),
    );
  });

  it("are none without systems, and each alone without judgments", () => {
    expect(strongComponents(prepare(0, []).counts)).toEqual([]);
    expect(isStronglyConnected(prepare(0, []).counts)).toBe(false);
    expect(strongComponents(prepare(2, []).counts)).toEqual([[0], [1]]);
    expect(isStronglyConnected(prepare(1, []).counts)).toBe(true);
  });
});

describe("ν is finite", () => {
  it("where some round of systems holds more wins than ties, and nowhere else", () => {
    let [bounded, unbounded] = [0, 0];
    fc.assert(
      fc.property(anyPairedRows(5, 14), (rows) => {
        const { counts } = prepare(5, rows);
        const isBounded = tiesAreBounded(counts);
        expect(isBounded).toBe(holdsRoundOfWins(counts));
        if (isBounded) bounded++;
        else unbounded++;
      }),
      { numRuns: times(200), seed: 5 },
    );
    expect(Math.min(bounded, unbounded)).toBeGreaterThan(50);
  });

  it("in a ring of wins, and not in a ring of two ties a win", () => {
    const ring = prepare(
      3,
      rowsOf([
        [0, 1, 1, 0, 1],
        [1, 2, 1, 0, 0],
        [0, 2, 0, 1, 0],
      ]),
    ).counts;
    expect(tiesAreBounded(ring)).toBe(true);
    expect(isRefused(davidson(ring))).toBe(false);
    const tied = prepare(
      3,
      rowsOf([
        [0, 1, 1, 0, 0],
        [1, 2, 0, 0, 1],
        [0, 2, 0, 0, 1],
      ]),
    ).counts;
    expect(tiesAreBounded(tied)).toBe(false);
    expect(isRefused(davidson(tied))).toBe(true);
  });
});

function closureOf(points: readonly number[][]): boolean[][] {
  const reach = points.map((row, i) => row.map((got, j) => got > 0 || i === j));
  for (const k of reach.keys())
    for (const i of reach.keys())
      for (const j of reach.keys()) reach[i]![j] ||= reach[i]![k]! && reach[k]![j]!;
  return reach;
}

/** Walks every round trip that visits no system twice, taking a win where there is one and else a tie. */
function holdsRoundOfWins({ systems, low, high, wins, ties, losses }: PairedCounts): boolean {
  const gain = Array.from({ length: systems }, () => Array<number>(systems).fill(-Infinity));
  const atLeast = (i: number, j: number, value: number) => (gain[i]![j] = Math.max(gain[i]![j]!, value));
  low.forEach((i, pair) => {
    const j = high[pair]!;
    if (ties[pair]! > 0) {
      atLeast(i, j, -1);
      atLeast(j, i, -1);
    }
    if (wins[pair]! > 0) atLeast(i, j, 1);
    if (losses[pair]! > 0) atLeast(j, i, 1);
  });
  const walk = (start: number, at: number, visited: readonly number[], total: number): boolean =>
    gain[at]!.some((by, next) => {
      if (by === -Infinity) return false;
      if (next === start) return total + by > 0;
      return !visited.includes(next) && walk(start, next, [...visited, next], total + by);
    });
  return gain.some((_, start) => walk(start, start, [start], 0));
}
