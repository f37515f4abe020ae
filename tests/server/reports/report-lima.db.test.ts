import { describe, expect, it } from "vitest";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { type GivenJudgment, StudyRows } from "../../support/study-rows.ts";

/** LIMA's published percentages (arXiv 2305.11206, figures 1 and 2) and, for people, the interval of the half-tie rate. */
const PUBLISHED = [
  { against: "Alpaca 65B", people: [53, 21, 26], model: [64, 19, 17], interval: [0.5857, 0.6816] },
  { against: "DaVinci003", people: [44, 21, 35], model: [54, 23, 23], interval: [0.4945, 0.5946] },
  { against: "Bard", people: [33, 25, 42], model: [27, 26, 47], interval: [0.4067, 0.5042] },
  { against: "Claude", people: [24, 22, 54], model: [14, 23, 63], interval: [0.3044, 0.3985] },
  { against: "GPT-4", people: [18, 25, 57], model: [19, 15, 66], interval: [0.2629, 0.3506] },
] as const;

const judgmentsOf = (against: string, group: string, shares: readonly number[]): GivenJudgment[] =>
  (["left", "tie", "right"] as const)
    .flatMap((choice, i) => Array<GivenJudgment["choice"]>(shares[i]! * 3).fill(choice))
    .map((choice, i) => ({
      ...{ prompt: `prompt ${i}`, left: "LIMA", right: against, group, choice, origin: "reconstructed" },
      annotator: group === "people" ? `${against} ${i}` : group,
    }));

describe.each(DATABASES)("LIMA's published percentages as a study on %s", (kind) => {
  it("come out as they went in, with what depends on more than them refused by name", async () => {
    const context = await testContext(kind);
    const rows = new StudyRows(context, {
      name: "lima",
      systems: ["LIMA", ...PUBLISHED.map(({ against }) => against)],
      groups: [
        { name: "people", kind: "crowd" },
        { name: "gpt-4", kind: "model" },
      ],
      pairs: { target: "LIMA", baselines: PUBLISHED.map(({ against }) => against) },
    });
    for (const { against, people, model } of PUBLISHED) {
      rows.judge(...judgmentsOf(against, "people", people), ...judgmentsOf(against, "gpt-4", model));
    }
    await rows.write();
    const report = await buildFullReport(context, { study: "lima" });

    expect(report).toMatchObject({ judgments: 3000, prompts: 300, annotators: 1501 });
    expect(report.notes).toEqual([
      "All 3,000 judgments were reconstructed from published percentages, if n = 300 and one judgment per prompt.",
    ]);
    const reason = {
      notEstimable: expect.stringMatching(/^reconstructed from published percentages: /) as string,
    };
    for (const { against, people, model, interval } of PUBLISHED) {
      for (const group of [null, "people", "gpt-4"]) {
        const row = report.pairs.find((pair) => pair.against === against && pair.group === group)!;
        expect([row.win, row.tie, row.loss].map((rate) => rate.count / 3)).toEqual(
          group === "gpt-4" ? model : people,
        );
        expect(row.win).toMatchObject({ method: expect.stringMatching(/^Wilson/) as string });
        expect(row).toMatchObject({ halfTieRateByPrompt: reason, byMajority: reason });
        const half = row.halfTieRate as { low: number; high: number };
        if (group === "gpt-4") continue;
        expect(half.low).toBeCloseTo(interval[0], 3);
        expect(half.high).toBeCloseTo(interval[1], 3);
      }
    }
    expect(formatReport(report, "text")).toMatch(/Alpaca 65B .* 53 \/ 21 \/ 26/);
  });
});
