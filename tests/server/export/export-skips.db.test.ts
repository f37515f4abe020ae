import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { packParts } from "../../../server/export/pack-parts.ts";
import type { Context } from "../../../server/context.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { exportStudy } from "../../../server/export/export-study.ts";
import { JUDGMENT_FORMATS, type JudgmentFormatName } from "../../../server/export/formats.ts";
import { exportPack } from "../../../server/export/pack.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy, skipOf } from "../../support/study.ts";
import { newPath } from "./export-support.ts";

/** Three pairs: one judged, one skipped, one judged and then skipped. */
async function study(context: Context): Promise<void> {
  const { desk, tokens } = await openStudy(context, { prompts: 3, baselines: 1, annotators: 1 });
  const [token] = tokens as [string];
  const { buffer } = await desk.workFor(token, []);
  await recordJudgment(desk, token, judgmentOf(buffer[0]!, "left"));
  await recordJudgment(desk, token, judgmentOf(buffer[1]!, "tie"));
  await recordSkip(desk, token, skipOf(buffer[1]!, "missing"));
  await recordSkip(desk, token, skipOf(buffer[2]!, "language"));
}

describe.each(DATABASES)("what could not be judged, exported on %s", (kind) => {
  it("is in the pack by neutral names, and the pack says that it is not loaded again", async () => {
    const context = await testContext(kind);
    await study(context);
    const out = newPath("pack");
    await exportPack(context, { study: "s", out }, packParts());
    const read = (name: string) => fs.readFileSync(path.join(out, name), "utf8");
    const rows = read("skips.jsonl")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { reason: string });
    expect(rows.map(({ reason }) => reason).sort()).toEqual(["language", "missing"]);
    for (const row of rows) expect(row).toMatchObject({ annotator: "a01", group: "crowd", is_check: false });
    expect(read("judgments.jsonl").trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(read("report.json"))).toMatchObject({
      judgments: 1,
      skipped: 2,
      skips: { skipped: 2 },
    });
    const readme = read("README.md");
    expect(readme).toContain("What could not be judged (`skips.jsonl`) is not loaded");
    expect(readme).not.toMatch(/tiebreak load .*skips\.jsonl/);
    expect(read("SHA256SUMS")).toContain("skips.jsonl");
  });

  it.each(Object.keys(JUDGMENT_FORMATS) as JudgmentFormatName[])(
    "is not in %s, nor is a judgment that was taken back, and the export says so",
    async (as) => {
      const context = await testContext(kind);
      await study(context);
      const to = { path: newPath(`out.${as}`) };
      const given = { study: "s", as, to, ties: "drop" as const, spreadsheetSafe: false };
      const summary = await exportStudy(context, given);
      expect(summary.judgments).toBe(1);
      expect(summary.notCarried).toContain("what annotators could not judge (--as pack writes it)");
    },
  );
});
