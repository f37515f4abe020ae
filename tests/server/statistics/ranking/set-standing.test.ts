import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standingsOf } from "../../../../server/statistics/ranking/set-standing.ts";
import { strongComponents } from "../../../../server/statistics/ranking/strong-components.ts";
import { anyPairedRows, prepare, rowsOf } from "../../../support/statistics/ranking-support.ts";

describe("where sets of systems stand", () => {
  it("is above, below, beside or apart from the ranked one", () => {
    const { counts } = prepare(
      7,
      rowsOf([
        [0, 1, 9, 0, 0], // 0 above 1 and 2
        [1, 2, 2, 2, 1],
        [2, 3, 4, 0, 0], // 3 below
        [0, 4, 5, 0, 0], // 4 lost to 0 alone: nothing says how it stands to 1 and 2
        [5, 6, 1, 0, 0],
      ]),
    );
    const told = standingsOf(counts, [[0], [3], [4], [5], [6]], [1, 2]);
    expect(told).toEqual([
      { set: [0], standing: "above", above: 0, below: 4, wins: 14, ties: 0, losses: 0 },
      { set: [3], standing: "below", above: 3, below: 0, wins: 0, ties: 0, losses: 4 },
      { set: [4], standing: "unordered", above: 1, below: 0, wins: 0, ties: 0, losses: 5 },
      { set: [5], standing: "unconnected", above: 0, below: 1, wins: 1, ties: 0, losses: 0 },
      { set: [6], standing: "unconnected", above: 1, below: 0, wins: 0, ties: 0, losses: 1 },
    ]);
    expect(standingsOf(counts, [[0]], [])[0]!.standing).toBeNull();
  });

  it("never changes with the names of the systems", () => {
    const permuted = fc
      .tuple(anyPairedRows(6, 18), fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }))
      .map(([rows, to]) => ({ rows, to }));
    fc.assert(
      fc.property(permuted, ({ rows, to }) => {
        const renamed = rows.map((row) => {
          const [low, high] = [to[row.low]!, to[row.high]!];
          return low < high
            ? { ...row, low, high }
            : { ...row, low: high, high: low, halves: 2 - row.halves };
        });
        const before = countsAndSets(rows);
        const after = countsAndSets(renamed);
        const told = (given: typeof before, rename: (code: number) => number) => {
          // two sets alike in size, judgments and standing may change places: the order is not looked at here
          const reference = given.sets.find((set) => set.map(rename).includes(to[0]!))!;
          return standingsOf(given.counts, given.sets, reference)
            .map(({ set, ...one }) => JSON.stringify({ set: set.map(rename).sort(), ...one }))
            .sort();
        };
        expect(told(before, (code) => to[code]!)).toEqual(told(after, (code) => code));
      }),
    );
  });

  it("decides which of two sets of one size is ranked: the upper one, under any names", () => {
    const winners = [
      [0, 1, 2, 3],
      [2, 3, 0, 1],
      [0, 2, 1, 3],
    ] as const;
    for (const [a, b, c, d] of winners) {
      const pair = (x: number, y: number, wins: number, losses: number) =>
        x < y ? ([x, y, wins, losses, 4] as const) : ([y, x, losses, wins, 4] as const);
      const beats = (x: number, y: number) =>
        x < y ? ([x, y, 12, 0, 0] as const) : ([y, x, 0, 12, 0] as const);
      const { counts } = prepare(4, rowsOf([pair(a, b, 4, 4), pair(c, d, 4, 4), beats(a, c), beats(b, d)]));
      expect(strongComponents(counts)[0]).toEqual([a, b].sort());
    }
  });
});

function countsAndSets(rows: Parameters<typeof prepare>[1]) {
  const { counts } = prepare(6, rows);
  return { counts, sets: strongComponents(counts) };
}
