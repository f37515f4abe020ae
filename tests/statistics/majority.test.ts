import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { majorityCounts, majorityOutcome, type MajorityRule } from "../../server/statistics/majority.ts";

describe("the majority of a comparison", () => {
  it.each<[number, number, number, string, string, string]>([
    [2, 3, 1, "tie", "win", "tie"],
    [2, 2, 0, "tie", "win", "tie"],
    [1, 1, 1, "tie", "tie", "tie"],
    [3, 1, 1, "win", "win", "win"],
    [0, 2, 3, "loss", "loss", "loss"],
    [2, 1, 1, "win", "win", "tie"],
    [0, 0, 1, "loss", "loss", "loss"],
  ])("%i wins, %i ties, %i losses: %s, %s, %s", (win, tie, loss, plurality, signOfSum, moreThanHalf) => {
    const counts = { win, tie, loss };
    expect(majorityOutcome(counts, "plurality")).toBe(plurality);
    expect(majorityOutcome(counts, "signOfSum")).toBe(signOfSum);
    expect(majorityOutcome(counts, "moreThanHalf")).toBe(moreThanHalf);
  });

  it("is counted once for each comparison, and mirrors when the sides are swapped", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(0, 1, 2), fc.nat(9))), (rows) => {
        const halves = Uint8Array.from(rows, ([half]) => half);
        const comparison = Int32Array.from(rows, ([, c]) => c);
        const counts = majorityCounts(halves, comparison);
        const mirrored = majorityCounts(
          halves.map((half) => 2 - half),
          comparison,
        );
        for (const rule of ["plurality", "signOfSum", "moreThanHalf"] satisfies MajorityRule[]) {
          const { win, tie, loss } = counts[rule];
          expect(win + tie + loss).toBe(new Set(comparison).size);
          expect(mirrored[rule]).toEqual({ win: loss, tie, loss: win });
        }
      }),
    );
  });
});
