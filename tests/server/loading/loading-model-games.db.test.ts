import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { exported, newPath, rowsOf } from "../export/export-support.ts";

const pair = (question: number, first: string, second: string) => ({
  ...{ question_id: question, model_1: "ours", model_2: "theirs", judge: ["gpt-4", "pair-v2"], turn: 1 },
  ...{
    g1_winner: first,
    g2_winner: second,
    g1_judgment: `first ${question}`,
    g2_judgment: `second ${question}`,
  },
});
const games = (uid: number, ...scores: (string | null)[]) => ({
  ...{ uid, judge: "arena-judge", model: "ours", baseline: "theirs" },
  games: scores.map((score) => ({ score })),
});
const TEXTS = [1, 2, 3, 4].flatMap((id) => [
  { prompt_id: id, prompt: `Question ${id}?` },
  { prompt_id: id, system: "ours", output: `ours ${id}` },
  { prompt_id: id, system: "theirs", output: `theirs ${id}` },
]);

async function load(context: Context, study: string, rows: readonly object[], skipBad = false) {
  const file = newPath("jsonl");
  fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const said = { format: null, map: new Map(), system: null, group: null, annotator: null };
  const options = { ...said, fileName: "games.jsonl" };
  return loadFiles(context, {
    ...{ study, files: [{ path: file, options }] },
    ...{ dryRun: false, skipBad, yes: true },
  });
}

describe.each(DATABASES)("judgments that models made elsewhere, on %s", (kind) => {
  async function study() {
    const context = await testContext(kind);
    await createStudy(context, { name: "ugly", seed: "s", target: "ours", baselines: ["theirs"] });
    expect((await load(context, "ugly", TEXTS)).done).toBe(true);
    return context;
  }
  async function judgeOf(context: Context, name: string) {
    const report = await buildFullReport(context, { study: "ugly" });
    const judge = report.judges.judges.find(({ annotator }) => annotator === name);
    const row = report.pairs.find(({ group }) => group === name);
    return { judge, counts: row && [row.win.count, row.tie.count, row.loss.count], report };
  }

  it("are two orders of one verdict where FastChat judged pairs", async () => {
    const context = await study();
    const rows = [
      pair(1, "model_1", "model_1"), // ours both times
      pair(2, "model_1", "model_2"), // whoever stood left
      pair(3, "tie", "model_2"),
      pair(4, "model_2", "model_2"), // theirs both times
    ];
    expect(await load(context, "ugly", rows)).toMatchObject({ done: true });
    const { judge, counts, report } = await judgeOf(context, "gpt-4");
    expect(counts).toEqual([1, 2, 1]);
    expect(judge).toMatchObject({ consistency: { value: 0.5 } });
    expect(report.repeats).toBe(0);
    const again = await load(context, "ugly", rows);
    expect(again.files[0]).toMatchObject({ judgments: { new: 0 } });
    const lines = rowsOf((await exported(context, "jsonl")).text);
    expect(lines.map((row) => [row.left_system, row.choice, row.status, row.rationale])).toContainEqual([
      ...["theirs", "left", "other_order", "second 4"],
    ]);
  });

  it("keep their strength, there and back, where Arena-Hard judged in five steps", async () => {
    const context = await study();
    await load(context, "ugly", [
      games(1, "B>>A", "A>B"), // ours, much, then a little
      games(2, "A>B", "A=B"), // theirs, then neither
      games(3, "A=B", "B=A"),
      games(4, "A>B", "A>>B"), // whoever stood left
    ]);
    const { judge, counts } = await judgeOf(context, "arena-judge");
    expect(counts).toEqual([1, 3, 0]);
    expect(judge).toMatchObject({ consistency: { value: 0.5 } });
    const strengths = (text: string) => rowsOf(text).map((row) => [row.prompt_id, row.choice, row.strength]);
    const told = strengths((await exported(context, "jsonl")).text);
    expect(told).toContainEqual(["1", "right", 2]);
    expect(told).toContainEqual(["4", "left", 2]);
    expect(told).toContainEqual(["3", "tie", 0]);
  });

  it("lose a game that failed and no more, where that is asked for", async () => {
    const context = await study();
    const rows = [pair(1, "model_1", "model_1"), pair(2, "error", "model_1"), games(3, null, "A>B")];
    const refused = await load(context, "ugly", rows.slice(0, 2));
    expect(refused).toMatchObject({ done: false });
    expect(refused.errors.listed.map(({ name, line }) => [name, line])).toEqual([["GameFailed", 2]]);
    expect(await load(context, "ugly", rows.slice(0, 2), true)).toMatchObject({ done: true });
    expect(await load(context, "ugly", rows.slice(2), true)).toMatchObject({ done: true });
    expect((await judgeOf(context, "gpt-4")).counts).toEqual([2, 0, 0]);
    expect((await judgeOf(context, "arena-judge")).counts).toEqual([1, 0, 0]);
  });
});
