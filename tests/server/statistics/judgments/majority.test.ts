import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  majorityCounts,
  majorityOutcome,
  type MajorityRule,
  outcomesByComparison,
} from "../../../../server/statistics/judgments/majority.ts";

const RULES: readonly MajorityRule[] = ["plurality", "signOfSum", "moreThanHalf"];

describe("the majority of a comparison", () => {
  it.each<[number, number, number, string, string, string]>([
    [1, 0, 0, "win", "win", "win"],
    [1, 1, 1, "tie", "tie", "tie"],
    [2, 2, 1, "tie", "win", "tie"],
    [2, 1, 2, "tie", "tie", "tie"],
    [2, 3, 1, "tie", "win", "tie"],
    [2, 1, 1, "win", "win", "tie"],
    [1, 2, 4, "loss", "loss", "loss"],
    [0, 3, 2, "tie", "loss", "tie"],
    [2, 0, 2, "tie", "tie", "tie"],
  ])("of %i wins, %i ties, %i losses", (win, tie, loss, ...expected) => {
    expect(RULES.map((rule) => majorityOutcome({ win, tie, loss }, rule))).toEqual(expected);
  });

  it("is none without judgments", () => {
    for (const rule of RULES) expect(majorityOutcome({ win: 0, tie: 0, loss: 0 }, rule)).toBeNull();
  });

  it("mirrors, and more than half is never against plurality", () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.nat(9), (win, tie, loss) => {
        fc.pre(win + tie + loss > 0);
        const mirror = { win: "loss", tie: "tie", loss: "win" } as const;
        for (const rule of RULES) {
          const outcome = majorityOutcome({ win, tie, loss }, rule)!;
          expect(majorityOutcome({ win: loss, tie, loss: win }, rule)).toBe(mirror[outcome]);
        }
        const strict = majorityOutcome({ win, tie, loss }, "moreThanHalf")!;
        if (strict !== "tie") {
          expect(majorityOutcome({ win, tie, loss }, "plurality")).toBe(strict);
          expect(majorityOutcome({ win, tie, loss }, "signOfSum")).toBe(strict);
        }
      }),
    );
  });
});

describe("majorities over comparisons", () => {
  it("agree with a plain count, comparisons without judgments left out", () => {
    const judgment = fc.record({ comparison: fc.nat(9), outcome: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(judgment, { maxLength: 60 }), (rows) => {
        const counted = majorityCounts(
          outcomesByComparison({
            outcomes: Uint8Array.from(rows, ({ outcome }) => outcome),
            comparisons: Int32Array.from(rows, ({ comparison }) => comparison),
            comparisonCount: 10,
          }),
        );
        for (const rule of RULES) {
          const expected = { win: 0, tie: 0, loss: 0 };
          for (let c = 0; c < 10; c++) {
            const said = (code: number) =>
              rows.filter((row) => row.comparison === c && row.outcome === code).length;
            const outcome = majorityOutcome({ loss: said(0), tie: said(1), win: said(2) }, rule);
            if (outcome !== null) expected[outcome]++;
          }
          expect(counted[rule]).toEqual(expected);
        }
      }),
    );
  });

  it("refuse malformed columns", () => {
    const fine = { outcomes: Uint8Array.of(2, 1), comparisons: Int32Array.of(0, 1), comparisonCount: 2 };
    expect(outcomesByComparison(fine).win[0]).toBe(1);
    for (const bad of [
      { ...fine, outcomes: Uint8Array.of(2) },
      { ...fine, outcomes: Uint8Array.of(2, 3) },
      { ...fine, comparisons: Int32Array.of(0, 2) },
      { ...fine, comparisons: Int32Array.of(0, -1) },
    ]) {
      expect(() => outcomesByComparison(bad)).toThrow(RangeError);
    }
  });
});
