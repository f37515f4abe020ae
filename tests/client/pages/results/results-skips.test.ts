import { describe, expect, it } from "vitest";
import { boundsTable, skippedSystemsTable } from "../../../../client/pages/results/blocks/skips-block.tsx";
import { REASONS } from "../../../../client/words/en/reasons.ts";
import { countReasons, NO_SKIPS, type Skips } from "../../../../server/contract/report-skips.ts";
import { SKIP_REASONS } from "../../../../server/contract/words.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";

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

describe("the tables of what could not be judged", () => {
  it("have a column for each reason, in words", () => {
    expect(REASONS).toEqual(SKIP_REASONS);
    const bySystem = [{ system: "ours", skipped: 1, reasons: countReasons([{ reason: "missing" }]) }];
    const { columns, rows } = skippedSystemsTable({ ...NO_SKIPS, bySystem });
    expect(rows[0]?.cells[columns.findIndex(({ key }) => key === "missing")]).toBe(1);
    expect(columns).toHaveLength(2 + SKIP_REASONS.length);
  });

  it.each(["halfTieRate", "halfTieRateByPrompt"] as const)("show the declared estimate: %s", (estimate) => {
    const block = { ...NO_SKIPS, pairs: [row(null)] };
    const { columns, rows } = boundsTable(block, { analysis: { ...analysis, estimate }, groups: [] });
    const at = (key: string) => rows[0]?.cells[columns.findIndex((column) => column.key === key)];
    expect(at("half_tie_rate_all_losses")).toBe(block.pairs[0]!.allLosses[estimate]);
    expect(at("half_tie_rate")).toBe(block.pairs[0]!.asJudged[estimate]);
    expect(at("half_tie_rate_all_wins")).toBe(block.pairs[0]!.allWins[estimate]);
  });

  it("say the same once where one group is all people, and name every group where there are more", () => {
    const block = { ...NO_SKIPS, pairs: [row(null), row("crowd"), row("authors")] };
    const rows = (names: string[]) => boundsTable(block, { analysis, groups: names.map(group) }).rows.length;
    expect(rows(["crowd"])).toBe(2);
    expect(rows(["crowd", "authors"])).toBe(3);
  });
});
