import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Pair, pairSchema } from "../../../../server/contract/report.ts";
import { type GivenRow, judgmentRows } from "../../../support/judgment-rows.ts";
import { Codes } from "../../../../server/analysis/rows/dense-ids.ts";
import type { JudgmentRows } from "../../../../server/analysis/rows/judgment-columns.ts";
import { PairRanges } from "../../../../server/analysis/rows/pair-list.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";
import { reportPairs } from "../../../../server/analysis/pairs/pairs.ts";
import type { StudyFacts } from "../../../../server/analysis/rows/study-structure.ts";

const judgment = fc.record({
  prompt: fc.nat(6),
  turn: fc.integer({ min: 1, max: 2 }),
  annotator: fc.nat(4),
  left: fc.nat(1),
  choice: fc.nat(3),
});

/** Judgments of the systems 0 and 1, one of each comparison by each annotator. */
const judgments: fc.Arbitrary<GivenRow[]> = fc
  .uniqueArray(judgment, {
    selector: ({ prompt, turn, annotator }) => `${prompt} ${turn} ${annotator}`,
    maxLength: 40,
  })
  .map((rows) =>
    rows.map((row) => ({
      ...row,
      low: 0,
      high: 1,
      group: row.annotator % 2,
      origin: 0,
      sideKnown: 1,
      unnamed: 0,
      activeMs: -1,
      at: 0,
    })),
  );

const codes = new Codes([]);
const facts: StudyFacts = {
  study: { id: 1, name: "s", public_title: "t", state: "open", note: null, seed: "x", created_at: "" },
  systems: ["A", "B"].map((name, i) => ({ id: i + 1, name, label: name, published: true })),
  groups: (["author", "crowd"] as const).map((kind) => ({
    name: kind,
    kind,
    headline: true,
    published: true,
  })),
  declared: { analysis: DEFAULT_ANALYSIS, hash: null },
  about: { question: "?", options: [], guidelines: null, recruitment: null },
  ...{ pairs: "all", systemCodes: codes, groupCodes: codes },
};

function pairsOf(rows: JudgmentRows, target: 0 | 1): Pair[] {
  const [system, against] = [target, 1 - target].map((code) => ({ code, label: facts.systems[code]!.label }));
  const groups = [null, "author", "crowd"];
  return reportPairs({
    facts,
    rows,
    ranges: new PairRanges(rows),
    groups,
    pairs: [{ system: system!, against: against! }],
  });
}

const mirrored = (score: Pair["halfTieRate"]) => ("value" in score ? 1 - score.value : null);

describe("a row of a report", () => {
  it("has wins and losses exchanged when target and baseline are", () => {
    fc.assert(
      fc.property(judgments, (given) => {
        const rows = judgmentRows(given);
        const [ours, theirs] = [pairsOf(rows, 0), pairsOf(rows, 1)];
        ours.forEach((one, i) => {
          const other = theirs[i]!;
          expect([one.win, one.tie, one.loss]).toEqual([other.loss, other.tie, other.win]);
          expect(one.bothBad).toBe(other.bothBad);
          const value = "value" in one.halfTieRate ? one.halfTieRate.value : null;
          if (value !== null) expect(mirrored(other.halfTieRate)).toBeCloseTo(value, 12);
          if (!("plurality" in one.byMajority && "plurality" in other.byMajority))
            throw new Error("no majority");
          expect(one.byMajority.signOfSum.win).toBe(other.byMajority.signOfSum.loss);
          expect(one.byMajority.plurality.tie).toBe(other.byMajority.plurality.tie);
        });
      }),
    );
  });

  it("fits the contract whatever was judged, adds up, and keeps every estimate inside its interval", () => {
    fc.assert(
      fc.property(judgments, (given) => {
        for (const pair of pairsOf(judgmentRows(given), 0)) {
          pairSchema.parse(pair);
          expect(pair.win.count + pair.tie.count + pair.loss.count).toBe(pair.judgments);
          for (const rate of [pair.win, pair.tie, pair.loss]) {
            if (!("low" in rate)) continue;
            expect(rate.low).toBeLessThanOrEqual(rate.rate! + 1e-12);
            expect(rate.high).toBeGreaterThanOrEqual(rate.rate! - 1e-12);
          }
        }
      }),
    );
  });

  it("is the same in whatever order the judgments were stored", () => {
    fc.assert(
      fc.property(judgments, (given) => {
        const shuffled = [...given].sort(
          (a, b) => ((a.prompt * 7 + a.annotator) % 5) - ((b.prompt * 7 + b.annotator) % 5),
        );
        expect(pairsOf(judgmentRows(shuffled), 0)).toEqual(pairsOf(judgmentRows(given), 0));
      }),
    );
  });
});
