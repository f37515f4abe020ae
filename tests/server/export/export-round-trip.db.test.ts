import fs from "node:fs";
import { Writable } from "node:stream";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { JUDGMENT_COLUMNS } from "../../../server/export/columns.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { exported, loadInto, reportOf, rowsOf, UGLY, uglyStudy } from "./export-support.ts";

describe.each(DATABASES)("an export that is loaded again, on %s", (kind) => {
  let context: Context;
  beforeAll(async () => {
    context = await testContext(kind);
    await uglyStudy(context);
  });

  it("gives the same report from JSON lines, and the same lines again", async () => {
    const texts = await exported(context, "texts");
    const judgments = await exported(context, "jsonl");
    await loadInto(context, "from lines", [judgments.file, texts.file]);
    const report = await reportOf(context, "from lines");
    expect(report).toBe(await reportOf(context, "ugly"));
    expect(JSON.parse(report)).toMatchObject({ repeats: expect.any(Number) as number });
    expect((JSON.parse(report) as { repeats: number }).repeats).toBeGreaterThan(5);
    const again = await exported(context, "jsonl", { study: "from lines" });
    expect(again.text).toBe(judgments.text);
    const textsAgain = await exported(context, "texts", { study: "from lines" });
    expect(textsAgain.text).toBe(texts.text);
  });

  it("gives the same report from CSV, whose cells hold the same as the lines", async () => {
    const texts = await exported(context, "texts");
    const judgments = await exported(context, "csv");
    await loadInto(context, "from columns", [texts.file, judgments.file]);
    expect(await reportOf(context, "from columns")).toBe(await reportOf(context, "ugly"));
    const again = await exported(context, "jsonl", { study: "from columns" });
    const lines = rowsOf((await exported(context, "jsonl")).text);
    expect(rowsOf(again.text)).toEqual(lines);
    const cells = parse(judgments.text, { columns: true, record_delimiter: "\n" });
    expect(cells.map((row) => (row as Record<string, string>).rationale)).toEqual(
      lines.map((row) => row.rationale),
    );
    expect(new Set(lines.map((row) => row.rationale))).toEqual(new Set(UGLY));
    expect(cells.map((row) => (row as Record<string, string>).metadata)).toEqual(
      lines.map((row) => (row.metadata === null ? "" : JSON.stringify(row.metadata))),
    );
  });

  it("is told by its content, and loading it once more changes nothing", async () => {
    const judgments = await exported(context, "csv");
    const lines = await exported(context, "jsonl");
    await loadInto(context, "told", [judgments.file], null);
    const { loadFiles } = await import("../../../server/loading/load-files.ts");
    const options = { format: null, map: new Map(), system: null, group: null, annotator: null };
    const again = await loadFiles(context, {
      study: "told",
      files: [{ path: lines.file, options: { ...options, fileName: "lines.jsonl" } }],
      ...{ dryRun: false, skipBad: false, yes: false },
    });
    expect(again.files[0]).toMatchObject({ outcome: "unchanged", judgments: { new: 0 } });
  });

  it("keeps active times, strengths and languages", async () => {
    const lines = rowsOf((await exported(context, "jsonl")).text);
    expect(new Set(lines.map((row) => row.strength))).toEqual(new Set([null, 0, 1, 2]));
    expect(lines.filter((row) => row.active_ms === null).length).toBeGreaterThan(5);
    expect(lines.filter((row) => typeof row.active_ms === "number").length).toBeGreaterThan(50);
    expect(new Set(lines.map((row) => row.language))).toEqual(new Set(["en"]));
    expect(Object.keys(lines[0]!)).toEqual([...JUDGMENT_COLUMNS]);
  });

  it("can be made safe for spreadsheets, says so, and is lossless unless asked", async () => {
    const plain = await exported(context, "csv");
    const safe = await exported(context, "csv", { spreadsheetSafe: true });
    expect(plain.summary.cellsChanged).toBe(0);
    const rows = (text: string) => parse(text, { record_delimiter: "\n" });
    const [before, after] = [rows(plain.text).flat(), rows(safe.text).flat()];
    const changed = before.flatMap((cell, i) => (cell === after[i] ? [] : [[cell, after[i]]]));
    const formula = /(^|;\s*)[=+\-@\t\r]/;
    expect(changed.every(([cell = "", made]) => made?.replaceAll("'", "") === cell.replaceAll("'", ""))).toBe(
      true,
    );
    expect(changed.every(([cell = ""]) => formula.test(cell))).toBe(true);
    expect(after.some((cell) => formula.test(cell))).toBe(false);
    expect(changed.length).toBe(safe.summary.cellsChanged);
    expect(changed.length).toBeGreaterThan(50);
  });

  it("takes one group alone", async () => {
    const { text, summary } = await exported(context, "jsonl", { group: "@authors" });
    expect(new Set(rowsOf(text).map((row) => row.group))).toEqual(new Set(["@authors"]));
    expect(summary.judgments).toBe(rowsOf(text).length);
    await expect(exported(context, "jsonl", { group: "nobody" })).rejects.toThrow("@authors");
  });

  it("goes to a stream that stays open, and minds nobody who has read enough", async () => {
    const file = await exported(context, "jsonl");
    let got = "";
    const taking = new Writable({
      write: (piece: Buffer, _encoding, done) => {
        got += piece.toString();
        done();
      },
    });
    await exported(context, "jsonl", { to: { stream: taking } });
    expect([got, taking.writable]).toEqual([file.text, true]);
    const failing = (code: string) =>
      new Writable({ write: (_piece, _encoding, done) => done(Object.assign(new Error(code), { code })) });
    await exported(context, "jsonl", { to: { stream: failing("EPIPE") } });
    const full = exported(context, "jsonl", { to: { stream: failing("ENOSPC") } });
    await expect(full).rejects.toThrow("ENOSPC");
  });

  it("leaves no half file where it fails", async () => {
    const file = `${(await exported(context, "jsonl")).file}.broken`;
    await expect(exported(context, "jsonl", { study: "none", to: { path: file } })).rejects.toThrow("none");
    expect(fs.existsSync(file) || fs.existsSync(`${file}.part`)).toBe(false);
  });
});

it("gives the same bytes on both databases", async () => {
  const texts = [];
  for (const kind of DATABASES) {
    const context = await testContext(kind);
    await uglyStudy(context);
    texts.push((await exported(context, "jsonl")).text + (await exported(context, "csv")).text);
  }
  expect(texts[0]).toBe(texts[1]);
});
