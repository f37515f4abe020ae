import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_SKIPS, skipsSchema } from "../../../../server/contract/report-skips.ts";
import { SKIP_REASONS, type SkipReason } from "../../../../server/contract/words.ts";
import type { SkipRow } from "../../../../server/analysis/skips/read-skips.ts";
import { skipsOf } from "../../../../server/analysis/skips/skips.ts";
import { listPairs, PairRanges } from "../../../../server/analysis/rows/pair-list.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";

const SYSTEMS = 3;

/** The block, with the rows of all people and of the only group. */
function blockOf(judgments: readonly Told[], skips: readonly SkipRow[]) {
  const data = judgedData({ judgments, systems: SYSTEMS, target: 0 });
  const ranges = new PairRanges(data.rows);
  const pairs = listPairs(data.facts, ranges);
  const rows = { facts: data.facts, rows: data.rows, pairs, ranges, groups: [null, "g0"] };
  return skipsSchema.parse(skipsOf(data, rows, skips));
}

const skip = (over: Partial<SkipRow> = {}): SkipRow => ({
  ...{ low: 0, high: 1, prompt: 0, turn: 1, annotator: 0, group: 0, reason: "unreadable" },
  ...over,
});
const tie = (prompt: number, annotator: number): Told => ({
  ...{ prompt, annotator, left: 0, right: 1, choice: "tie" },
});
const valueOf = (estimate: object) => ("value" in estimate ? (estimate.value as number) : NaN);

describe("what could not be judged", () => {
  it("is nothing where nobody skipped", () => {
    expect(blockOf([tie(0, 0)], [])).toEqual(NO_SKIPS);
  });

  it("is counted by system and reason, and bounds the half-tie rate: seven ties and one skip on four prompts", () => {
    const judgments = [0, 1, 2, 3].flatMap((prompt) => [
      tie(prompt, 0),
      ...(prompt < 3 ? [tie(prompt, 1)] : []),
    ]);
    const block = blockOf(judgments, [skip({ prompt: 3, annotator: 1, reason: "missing" })]);
    expect(block).toMatchObject({ skipped: 1, comparisons: 1, annotators: 1, neverJudged: 0 });
    expect(block.bySystem.map(({ system, skipped, reasons }) => [system, skipped, reasons.missing])).toEqual([
      ["s0", 1, 1],
      ["s1", 1, 1],
    ]);
    expect(block.pairs.map(({ against, group }) => [against, group])).toEqual([
      ["s1", null],
      ["s1", "g0"],
    ]);
    const [{ asJudged, allLosses, allWins }] = block.pairs as [(typeof block.pairs)[number]];
    expect([asJudged, allLosses, allWins].map(({ judgments }) => judgments)).toEqual([7, 8, 8]);
    const values = (key: "halfTieRate" | "halfTieRateByPrompt") =>
      [allLosses, asJudged, allWins].map((one) => valueOf(one[key]));
    // (3.5 + 0) / 8, 3.5 / 7, (3.5 + 1) / 8; the fourth prompt's mean is ¼, ½, ¾
    expect(values("halfTieRate")).toEqual([0.4375, 0.5, 0.5625]);
    expect(values("halfTieRateByPrompt")).toEqual([0.4375, 0.5, 0.5625]);
  });

  it("stands where a pair was never judged at all", () => {
    const block = blockOf([tie(0, 0)], [skip({ high: 2 }), skip({ high: 2, annotator: 1 })]);
    expect(block).toMatchObject({ skipped: 2, comparisons: 1, annotators: 2, neverJudged: 1 });
    const [{ skipped, asJudged, allLosses, allWins }] = block.pairs as [(typeof block.pairs)[number]];
    expect(skipped).toBe(2);
    expect(asJudged.halfTieRate).toHaveProperty("notEstimable");
    expect([valueOf(allLosses.halfTieRate), valueOf(allWins.halfTieRate)]).toEqual([0, 1]);
  });

  const outcome = fc.constantFrom("left", "tie", "right" as const);
  const cell = fc.record({ prompt: fc.nat(4), annotator: fc.nat(3) });
  const judged = fc.uniqueArray(fc.record({ prompt: fc.nat(4), annotator: fc.nat(3), choice: outcome }), {
    ...{ minLength: 1, maxLength: 20, selector: ({ prompt, annotator }) => `${prompt} ${annotator}` },
  });

  it("keeps the rate within its bounds, whatever those who skipped would have said", () => {
    fc.assert(
      fc.property(
        judged,
        fc.array(cell, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(outcome),
        (told, skipped, more) => {
          const all = told.map((one): Told => ({ left: 0, right: 1, ...one }));
          const answers = skipped.map((one): Told => {
            const choice = more.next().value as Told["choice"];
            return { left: 0, right: 1, ...one, choice };
          });
          const block = blockOf(
            all,
            skipped.map((one) => skip(one)),
          );
          const [{ allLosses, allWins }] = block.pairs as [(typeof block.pairs)[number]];
          for (const mean of ["halfTieRate", "halfTieRateByPrompt"] as const) {
            const truth = naive([...all, ...answers])[mean];
            expect(truth).toBeGreaterThanOrEqual(valueOf(allLosses[mean]) - 1e-12);
            expect(truth).toBeLessThanOrEqual(valueOf(allWins[mean]) + 1e-12);
          }
        },
      ),
    );
  });

  it("adds up by reason, in every row", () => {
    const reasons = fc.array(fc.constantFrom<SkipReason>(...SKIP_REASONS), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(reasons, (given) => {
        const block = blockOf(
          [tie(0, 0)],
          given.map((reason, i) => skip({ reason, prompt: i })),
        );
        const sum = (counts: Readonly<Record<string, number>>) =>
          Object.values(counts).reduce((total, one) => total + one, 0);
        for (const row of [block, ...block.bySystem, ...block.pairs])
          expect(sum(row.reasons)).toBe(row.skipped);
        expect(block.skipped).toBe(given.length);
      }),
    );
  });
});

/** Both means by hand. */
function naive(judgments: readonly Told[]) {
  const score = ({ choice }: Told) => (choice === "left" ? 1 : choice === "right" ? 0 : 0.5);
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const prompts = [...new Set(judgments.map(({ prompt }) => prompt))];
  return {
    halfTieRate: mean(judgments.map(score)),
    halfTieRateByPrompt: mean(
      prompts.map((one) => mean(judgments.filter(({ prompt }) => prompt === one).map(score))),
    ),
  };
}
