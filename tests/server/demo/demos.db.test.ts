import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadDemo, VISITORS } from "../../../server/demo/demo-study.ts";
import { loadLima } from "../../../server/demo/lima-study.ts";
import { studyTable } from "../../../server/commands/support/study-text.ts";
import { buildReport } from "../../../server/reports/report.ts";
import { join } from "../../../server/participants/join.ts";
import { makeOpenLink } from "../../../server/studies/annotators.ts";
import { pageOfStudies } from "../../../server/studies/detail.ts";
import { simulatedJudgments } from "../../../scripts/simulate-demo.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { plainDesk } from "../../support/study.ts";

const DEMO = path.resolve(import.meta.dirname, "../../../fixtures/demo");
const percent = (rate: { rate: number | null }) => Math.round((rate.rate ?? NaN) * 100);

describe.each(DATABASES)("the demos on %s", (kind) => {
  it("rebuild LIMA's published figures exactly, and refuse what needs more than they say", async () => {
    const context = await testContext(kind);
    await loadLima(context);
    const report = await buildReport(context, { study: "lima" });
    const rows = (group: string | null) =>
      report.pairs
        .filter((pair) => pair.group === group)
        .map((pair) => `${pair.against} ${percent(pair.win)}/${percent(pair.tie)}/${percent(pair.loss)}`);
    expect(rows(null)).toEqual([
      "Alpaca 65B 53/21/26",
      "DaVinci003 44/21/35",
      "Bard 33/25/42",
      "Claude 24/22/54",
      "GPT-4 18/25/57",
    ]);
    expect(rows("people")).toEqual(rows(null));
    expect(rows("gpt-4")).toEqual([
      "Alpaca 65B 64/19/17",
      "DaVinci003 54/23/23",
      "Bard 27/26/47",
      "Claude 14/23/63",
      "GPT-4 19/15/66",
    ]);
    expect(report.notes.join(" ")).toContain(
      "econstructed from published percentages, if n = 300 and one judgment per prompt",
    );
    expect(report.annotators).toBe(1); // nobody knows how many people judged
    const [alpaca] = report.pairs;
    expect(alpaca?.system).toBe("LIMA");
    if (!alpaca || !("low" in alpaca.halfTieRate)) throw new Error("no interval");
    expect([alpaca.halfTieRate.low.toFixed(3), alpaca.halfTieRate.high.toFixed(3)]).toEqual([
      "0.586",
      "0.682",
    ]);
    for (const pair of report.pairs) {
      expect(pair.byMajority).toMatchObject({
        notEstimable: expect.stringContaining("reconstructed") as string,
      });
      expect(pair.judgments).toBe(300);
    }
  });

  it("say what they are in the list of studies, each under its own line", async () => {
    const context = await testContext(kind);
    await loadLima(context);
    await loadDemo(context);
    const lines = studyTable((await pageOfStudies(context, {})).studies).split("\n");
    const under = (name: string) => lines[lines.findIndex((line) => line.startsWith(`${name} `)) + 1];
    expect(under("lima")).toMatch(/^ {2}Reconstructed from published percentages, if n = 300/);
    expect(under("demo")).toMatch(/^ {2}Demo: .*simulated/);
    expect(lines).toHaveLength(4);
  });

  it("show simulated judgments as simulated, and keep visitors out of the headline", async () => {
    const context = await testContext(kind);
    await loadDemo(context);
    const report = await buildReport(context, { study: "demo" });
    expect(report.judgments).toBe(790);
    expect(report.prompts).toBe(34);
    expect(report.notes.join(" ")).toContain("simulated");
    expect(report.groups.map((group) => [group.name, group.kind, group.annotators, group.headline])).toEqual(
      expect.arrayContaining([
        ["crowd", "crowd", 6, true],
        ["authors", "author", 3, true],
        ["judge", "model", 1, false],
        [VISITORS, "crowd", 0, false],
      ]),
    );
    const link = await makeOpenLink(context, { study: "demo", group: VISITORS, by: "test" });
    const work = await plainDesk(context).workFor(await join(context, { link, query: "" }), []);
    expect(work).toMatchObject({ state: "work", progress: { judged: 0, of: 170 } });
  });
});

describe("the demo's simulated judgments", () => {
  it("are what the script writes", () => {
    const prompts = fs.readFileSync(path.join(DEMO, "prompts.jsonl"), "utf8").trimEnd().split("\n");
    const ids = prompts.map((line) => (JSON.parse(line) as { prompt_id: string }).prompt_id);
    expect(simulatedJudgments(ids)).toBe(fs.readFileSync(path.join(DEMO, "judgments.jsonl"), "utf8"));
  });
});
