import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestOverlaps } from "../../../../server/statistics/agreement/annotator-pairs.ts";

describe("pairs of annotators", () => {
  const anyJudged = fc.uniqueArray(
    fc.record({ comparison: fc.nat(9), annotator: fc.nat(7), outcome: fc.nat(2) }),
    { selector: ({ comparison, annotator }) => 10 * comparison + annotator, maxLength: 60 },
  );

  it("are the largest overlaps, ties by code, with the table of what both said", () => {
    fc.assert(
      fc.property(anyJudged, fc.integer({ min: 1, max: 12 }), (judged, cap) => {
        const sorted = [...judged].sort((x, y) => x.comparison - y.comparison || x.annotator - y.annotator);
        const made = largestOverlaps(
          {
            comparison: Int32Array.from(sorted, ({ comparison }) => comparison),
            annotator: Int32Array.from(sorted, ({ annotator }) => annotator),
            outcome: Uint8Array.from(sorted, ({ outcome }) => outcome),
            annotatorCount: 8,
          },
          cap,
        );
        const all = [];
        for (let a = 0; a < 8; a++) {
          for (let b = a + 1; b < 8; b++) {
            const table = new Int32Array(9);
            for (const one of judged.filter(({ annotator }) => annotator === a)) {
              const other = judged.find((x) => x.annotator === b && x.comparison === one.comparison);
              if (other) table[3 * one.outcome + other.outcome]!++;
            }
            const comparisons = table.reduce((sum, count) => sum + count, 0);
            if (comparisons > 0) all.push({ a, b, comparisons, table });
          }
        }
        all.sort((x, y) => y.comparisons - x.comparisons); // stable
        expect(made).toEqual({ pairs: all.slice(0, cap), sharing: all.length });
      }),
    );
  });
});
