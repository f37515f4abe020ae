import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clustersOf } from "../../../../server/statistics/judgments/clusters.ts";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import { cellsOf } from "../../../../server/statistics/judgments/paired-counts.ts";
import {
  compareStrengths,
  placesByInterval,
  placesTogether,
  placesOf,
  resampledStrengths,
} from "../../../../server/statistics/ranking/places.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { resampledCounts, roundsFor } from "../../../../server/statistics/resampling/resampled-counts.ts";
import { anyPairedRows, given, prepare } from "../../../support/statistics/ranking-support.ts";

describe("resampling of prompts", () => {
  it("draws whole prompts with all their judgments, as counting one by one does", () => {
    fc.assert(
      fc.property(anyPairedRows(4), fc.integer({ min: 1, max: 19 }), fc.string(), (rows, rounds, seed) => {
        const { cells, sampling, counts } = prepare(4, rows);
        const { prompts } = sampling;
        const drawn = [...resampledCounts(cells, { prompts, rounds, random: seededRandom(seed) })];
        expect(drawn).toHaveLength(rounds);
        const random = seededRandom(seed);
        for (const round of drawn) {
          const times = Array<number>(prompts.count).fill(0);
          for (let i = 0; i < prompts.count; i++) times[Math.floor((random() / 2 ** 32) * prompts.count)]!++;
          const count = (pair: number, halves: number) =>
            rows.reduce((sum, row, i) => {
              const isIn =
                row.low === counts.low[pair] && row.high === counts.high[pair] && row.halves === halves;
              return isIn ? sum + times[prompts.code[i]!]! : sum;
            }, 0);
          counts.low.forEach((_, pair) => {
            expect(round.wins[pair]).toBe(count(pair, 2));
            expect(round.ties[pair]).toBe(count(pair, 1));
            expect(round.losses[pair]).toBe(count(pair, 0));
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it("counts as well where a cell is so large that fewer rounds share a number", () => {
    const judgments = 30_000; // times three, of 2¹³ that four rounds a number allow
    const low = new Int32Array(judgments);
    const cells = cellsOf({ systems: 2, low, high: low.map(() => 1), halves: new Uint8Array(judgments) });
    const prompts = clustersOf(
      low.map((_, i) => (i === 0 ? 0 : 1 + (i % 2))),
      3,
    );
    const losses = Array.from(
      resampledCounts(cells, { prompts, rounds: 16, random: seededRandom("x") }),
      (round) => round.losses[0],
    );
    const random = seededRandom("x");
    for (const found of losses) {
      const drawn = Array.from({ length: 3 }, () => prompts.size[Math.floor((random() / 2 ** 32) * 3)]!);
      expect(found).toBe(drawn.reduce((sum, size) => sum + size, 0));
    }
  });
});

describe("places", () => {
  it("are shared by equal strengths", () => {
    expect(placesOf(Float64Array.of(0.5, -1, 0.5, 2))).toEqual([2, 4, 2, 1]);
    expect(placesOf(Float64Array.of(1e-12, 0))).toEqual([1, 1]);
  });

  it("have a range: the places that intervals leave open", () => {
    const at = (low: number, high: number) => ({ low, high });
    const strengths = Float64Array.of(2.5, 1, 0, -1, -2.5);
    expect(placesByInterval(strengths, [at(2, 3), at(0, 2), at(-1, 1), null, at(-3, -2)])).toEqual([
      { rank: 1, low: 1, high: 3 }, // the third and the last are wholly below, the one without an interval is not
      { rank: 2, low: 1, high: 4 },
      { rank: 3, low: 2, high: 4 }, // the first alone is wholly above
      null,
      { rank: 5, low: 4, high: 5 },
    ]);
    expect(placesByInterval(new Float64Array(0), [])).toEqual([]);
  });

  it("lie within their own range, whatever the intervals", () => {
    const one = fc.record({
      middle: fc.integer({ min: -30, max: 30 }).map((tenths) => tenths / 10),
      half: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(one, fc.boolean()), { maxLength: 9 }), (drawn) => {
        const strengths = Float64Array.from(drawn, ([{ middle }]) => middle);
        const intervals = drawn.map(([{ middle, half }, isKnown]) =>
          isKnown ? { low: middle - half / 2, high: middle + half / 2 } : null,
        );
        placesByInterval(strengths, intervals).forEach((place, i) => {
          expect(place === null).toBe(intervals[i] === null);
          if (place === null) return;
          expect(place.low).toBeLessThanOrEqual(place.rank);
          expect(place.rank).toBeLessThanOrEqual(place.high);
          expect(place.high).toBeLessThanOrEqual(drawn.length);
        });
      }),
    );
  });
});

describe("every two systems", () => {
  const errorOf = () => ({ standardError: 0.5, df: 1e6 });

  it("are compared with the greater first, and corrected over all pairs", () => {
    const told = compareStrengths(Float64Array.of(0, 2, 1), errorOf);
    expect(told.map(({ first, second, difference }) => [first, second, difference])).toEqual([
      [1, 0, 2],
      [2, 0, 1],
      [1, 2, 1],
    ]);
    expect(told[0]!.low).toBeCloseTo(2 - 1.96 * 0.5, 3);
    expect(told[0]!.pHolm).toBeCloseTo(3 * 6.334e-5, 6); // two-sided, 4 standard errors
    expect(told[1]!.pHolm).toBeCloseTo(2 * 0.0455, 3);
    const some = compareStrengths(Float64Array.of(0, 2, 1), (one, other) =>
      one + other === 3 ? { notEstimable: "few" } : errorOf(),
    );
    expect(some).toHaveLength(2);
    expect(some[0]!.pHolm).toBe(told[0]!.pHolm); // one that cannot be made counts
  });

  it("leave places open together that hold the place by strength, and are narrowed by what is shown alone", () => {
    const told = compareStrengths(Float64Array.of(0, 2, 1), errorOf);
    expect(placesTogether(3, told)).toEqual([
      { low: 2, high: 3 },
      { low: 1, high: 2 },
      { low: 1, high: 3 },
    ]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 8 }), (drawn) => {
        const strengths = Float64Array.from(drawn);
        const ranks = placesOf(strengths);
        placesTogether(drawn.length, compareStrengths(strengths, errorOf)).forEach(({ low, high }, i) => {
          expect(low <= ranks[i]! && ranks[i]! <= high).toBe(true);
        });
      }),
    );
  });
});

describe("strengths of resampled studies", () => {
  it("are told in 95 of 100 cases", () => {
    const rounds = Array.from({ length: 101 }, (_, i) => Float64Array.of(i - 50, 0, 50 - i));
    const [first, second, third] = given(resampledStrengths(rounds, 101));
    expect(first).toEqual({ low: -47.5, high: 47.5 });
    expect(third).toEqual(first);
    expect(second).toBeNull(); // always the same strength: a point is no interval
  });

  it("are refused where more than one round in twenty could not be fitted", () => {
    const some = (count: number) => Array.from({ length: count }, (_, i) => Float64Array.of(i, -i));
    expect(isRefused(resampledStrengths(some(95), 100))).toBe(false);
    expect(resampledStrengths(some(94), 100)).toEqual({
      notEstimable: "no finite strengths in 6 of 100 rounds",
    });
    expect(isRefused(resampledStrengths([], 0))).toBe(true);
  });

  it("are drawn 4,000 times, and 1,000 times where the study is large", () => {
    expect(roundsFor({ judgments: 0, systems: 0 })).toBe(4000);
    expect(roundsFor({ judgments: 900, systems: 6 })).toBe(4000);
    expect(roundsFor({ judgments: 100_000, systems: 6 })).toBe(2000);
    expect(roundsFor({ judgments: 1_000_000, systems: 50 })).toBe(1000);
  });
});
