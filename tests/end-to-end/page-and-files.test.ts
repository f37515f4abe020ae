import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FullReport } from "../../server/contract/report.ts";
import { list, type Section, type Table } from "../../server/report-document/document.ts";
import { cellLine, cellText } from "../../server/report-document/numbers.ts";
import { documentOf } from "../../server/report-document/sections/index.ts";
import { flat, type FlatPart } from "../../server/report-document/write/flat.ts";
import { formatReport } from "../../server/report-document/write/index.ts";
import { csvFile, latexFile } from "../../server/report-document/write/table-files.ts";
import { openBrowser } from "../support/browser.ts";
import { copyDemo } from "../support/demo.ts";
import { hostServer } from "../support/hosted-server.ts";
import { prepare } from "../support/in-process.ts";
import { judgedStudy } from "../support/judged-study.ts";
import { openWhole, plain, type Seen, seenOf } from "../support/results-sections.ts";
import { withoutReason } from "../support/statistics/without-reason.ts";
import { type RunningServer, tiebreakOk } from "../support/server.ts";

/** `declared` is confirmatory, and what `noted` excludes leaves too little for most of its figures. */
const STUDIES = ["demo", "lima", "empty", "declared", "noted"] as const;

/** What LaTeX prints of a line; comments are plain text. */
const readLatex = (line: string): string =>
  line
    .replaceAll("$\\frac{1}{2}$", "½")
    .replaceAll("$\\nu$", "ν")
    .replaceAll("$\\varepsilon$", "ε")
    .replaceAll("$\\rightarrow$", "→")
    .replaceAll("$\\pm$", "±")
    .replaceAll("$-$", "−")
    .replace(/\$(.)\$/g, "$1")
    .replaceAll("'{}", "’")
    .replaceAll("~", " ")
    .replaceAll("--", "–")
    .replace(/\\([&%_#$])/g, "$1")
    .replace(/[{}]/g, "");

/** What a reader sees of each format, without what it escapes. */
const SEEN: Record<"text" | "markdown" | "latex" | "html", (written: string) => string> = {
  text: (written) => plain(written.replace(/\n {4}(?=\S)/g, " ")),
  markdown: (written) => plain(written.replace(/\\([\\`*_{}[\]<>|#~$&])/g, "$1")),
  latex: (written) =>
    plain(
      written
        .split("\n")
        .map((line) => (line.startsWith("% ") ? line.slice(2).replaceAll("'", "’") : readLatex(line)))
        .join("\n"),
    ),
  html: (written) =>
    plain(
      written
        .replace(/<style>.*?<\/style>|<svg.*?<\/svg>/gs, "")
        .replace(/<\/?(strong|bdi)>/g, "")
        .replace(/<[^>]+>/g, " ")
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
        .replaceAll("&lt;", "<")
        .replaceAll("&amp;", "&"),
    ),
};

const tablesOf = (parts: readonly FlatPart[]): Table[] =>
  parts.flatMap((part) => (part.kind === "table" && part.table.rows.length > 0 ? [part.table] : []));

/** Sentences, guides and lists. */
const textsOf = (parts: readonly FlatPart[]): string[] =>
  parts.flatMap((part) => {
    if (part.kind === "text" || part.kind === "guide") return [plain(part.text)];
    return part.kind === "list" ? part.items.map(({ text }) => plain(text)) : [];
  });

describe("the results page and the files of a report", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-page-and-files-"));
  const env = { DATABASE_URL: path.join(folder, "studies.db") };
  const reports = new Map<string, FullReport>();
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    await copyDemo(env.DATABASE_URL);
    await prepare(["demo", "lima"], env);
    await prepare(["study", "create", "empty", "--target", "ours", "--baseline", "theirs"], env);
    server = await hostServer(env.DATABASE_URL);
    for (const study of ["declared", "noted"]) await judgedStudy(study, folder, { env, server });
    await prepare(["exclude", "noted", "--annotator", "ann", "--rule", "chose at 5 % of the speed"], env);
    for (const study of STUDIES)
      reports.set(study, JSON.parse(await prepare(["report", study, "--format", "json"], env)) as FullReport);
    browser = await openBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    await page.goto(url);
    await page.getByRole("heading", { name: "Studies" }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it.each(STUDIES)("have the same sentences and tables of %s, section by section", async (study) => {
    const { sections } = documentOf(reports.get(study)!);
    await openWhole(page, `${server.origin}/results/${study}`);
    for (const section of sections) compare(section, await seenOf(page, section.key), study);
    const verdicts = (await page.locator(".verdicts p").allTextContents()).map(plain);
    expect(verdicts).toEqual(documentOf(reports.get(study)!).verdicts.map(plain));
  });

  it.each(
    STUDIES.flatMap((study) =>
      (Object.keys(SEEN) as (keyof typeof SEEN)[]).map((format) => [study, format] as const),
    ),
  )("have every sentence and figure of %s as %s", (study, format) => {
    const report = { ...reports.get(study)!, seed: "a--b_c-D" }; // seeds are drawn: this one has what formats escape
    const seen = SEEN[format](formatReport(report, format));
    const document = documentOf(report);
    expect(withoutReason(document)).toEqual([]);
    for (const { finding, parts } of [
      { finding: null, parts: [list(document.verdicts)] },
      ...document.sections,
    ]) {
      const all = flat(parts, () => true);
      for (const text of [plain(finding ?? ""), ...textsOf(all)])
        expect(seen).toContain(format === "latex" ? text.replaceAll("'", "’") : text);
      for (const table of tablesOf(all)) {
        if (format === "latex" && table.columns.length > 9) continue; // too wide for a page, which it notes
        const rows = format === "markdown" ? table.rows : table.rows.slice(0, 10);
        for (const { cells } of rows)
          for (const cell of cells) {
            const { value } = cellText(cell);
            const written = format === "text" ? value : cellLine(cell, format !== "latex");
            if (table.limit === null) expect(seen, table.key).toContain(plain(written));
          }
      }
    }
  });

  it("have the conclusion of a declared study, and notes and reasons where something is missing", () => {
    const written = (study: string) => plain(formatReport(reports.get(study)!, "text"));
    expect(written("declared")).toMatch(/Confirmatory: .*For annotators like these and these outputs, /);
    expect(written("noted")).toMatch(/Read this first .*chose at 5 % of the speed.*not estimable/);
  });

  it("give the same LaTeX of a table from its button as from the command line", async () => {
    const latex = await tiebreakOk(["report", "demo", "--format", "latex"], env);
    await openWhole(page, `${server.origin}/results/demo#ranking`);
    const section = documentOf(reports.get("demo")!).sections.find(({ key }) => key === "ranking")!;
    const [table] = tablesOf(flat(section.parts, () => true));
    const kept = async (label: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: `Download ${table!.key} ${label}`, exact: true }).click(),
      ]);
      const file = path.join(folder, download.suggestedFilename());
      await download.saveAs(file); // the browser may be in another process
      return fs.readFileSync(file, "utf8");
    };
    const [packages, ...lines] = (await kept("LaTeX")).trimEnd().split("\n");
    expect(latex.startsWith(`${packages}\n`)).toBe(true);
    expect(latex).toContain(`\n${lines.join("\n")}\n`);
    expect(lines.join("\n")).toContain(`\\label{tab:demo-${table!.key}}`);
    expect(`${[packages, ...lines].join("\n")}\n`).toBe(latexFile(table!, "demo"));
    expect(await kept("CSV")).toBe(csvFile(table!));
  });
});

function compare({ key, finding, parts }: Section, seen: Seen, study: string): void {
  const all = flat(parts, () => true);
  for (const text of [plain(finding ?? ""), ...textsOf(all)]) expect(seen.words, key).toContain(text);
  for (const table of tablesOf(all)) {
    const columns = table.columns
      .map((_, i) => i)
      .filter((i) => i === 0 || table.rows.some(({ cells }) => (cells[i]!.value ?? "") !== ""));
    expect(seen.tables[table.key], `${key}: ${table.key}`).toEqual([
      columns.map((i) => plain(table.columns[i]!.label)),
      ...table.rows.map(({ cells }) => columns.map((i) => plain(cellLine(cells[i]!)))),
    ]);
  }
  const files = tablesOf(all).flatMap((table) => [
    [`${study}-${table.key}.csv`, csvFile(table)],
    [`${study}-${table.key}.tex`, latexFile(table, study)],
  ]);
  expect(seen.files, key).toEqual(Object.fromEntries(files));
  const figures = all.filter(({ kind }) => kind === "figure").length;
  expect(seen.figures, key).toBe(figures);
}
