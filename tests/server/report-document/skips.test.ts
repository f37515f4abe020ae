import { describe, expect, it } from "vitest";
import { countReasons, NO_SKIPS, type Skips } from "../../../server/contract/report-skips.ts";
import { SKIP_REASONS } from "../../../server/contract/words.ts";
import { skipsSection } from "../../../server/report-document/sections/skips.ts";
import { DEFAULT_ANALYSIS } from "../../../server/studies/default-protocol.ts";

const figures = (value: number) => ({
  judgments: 7,
  halfTieRate: { value, n: 7, notEstimable: "few" },
  halfTieRateByPrompt: { value: value / 2, n: 7, notEstimable: "few" },
});
const row = (group: string | null): Skips["pairs"][number] => ({
  ...{ system: "ours", against: "theirs", group, skipped: 1, reasons: countReasons([{ reason: "missing" }]) },
  ...{ asJudged: figures(0.5), allLosses: figures(0.4), allWins: figures(0.6) },
});
const group = (name: string) => ({
  ...{ name, kind: "crowd" as const, headline: true, annotators: 1, judgments: 7 },
});
const analysis = { ...DEFAULT_ANALYSIS, status: "exploratory" as const, protocolHash: null };

const tablesOf = (skips: Partial<Skips>, groups: string[] = [], estimate = analysis.estimate) =>
  skipsSection(
    { ...NO_SKIPS, skipped: 1, ...skips },
    { analysis: { ...analysis, estimate }, groups: groups.map(group) },
  ).parts.flatMap((part) => (part.kind === "table" ? [part.table] : []));

describe("the tables of what could not be judged", () => {
  it("have a column for each reason, in words", () => {
    const bySystem = [{ system: "ours", skipped: 1, reasons: countReasons([{ reason: "missing" }]) }];
    const [table] = tablesOf({ bySystem });
    const at = table!.columns.findIndex(({ label }) => label === "something missing");
    expect(table!.rows[0]?.cells[at]?.value).toBe(1);
    expect(table!.columns).toHaveLength(2 + SKIP_REASONS.length);
  });

  it.each(["halfTieRate", "halfTieRateByPrompt"] as const)("show the declared estimate: %s", (estimate) => {
    const pair = row(null);
    const table = tablesOf({ pairs: [pair] }, [], estimate)[1]!;
    const values = [pair.asJudged, pair.allLosses, pair.allWins].map((one) => one[estimate]);
    expect(table.rows[0]!.cells.slice(-3).map(({ value }) => value)).toEqual(
      values.map((one) => "value" in one && one.value),
    );
    expect(table.caption).toContain(estimate === "halfTieRate" ? "mean over judgments" : "mean over prompts");
  });

  it("say the same once where one group is all people, and name every group where there are more", () => {
    const pairs = [row(null), row("crowd"), row("authors")];
    const rows = (names: string[]) => tablesOf({ pairs }, names)[1]!.rows.length;
    expect(rows(["crowd"])).toBe(2);
    expect(rows(["crowd", "authors"])).toBe(3);
  });
});
