import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FullReport } from "../../server/contract/report.ts";
import type { Section, Table } from "../../server/report-document/document.ts";
import { cellLine, cellText } from "../../server/report-document/numbers.ts";
import { documentOf } from "../../server/report-document/sections/index.ts";
import { flat, type FlatPart } from "../../server/report-document/write/flat.ts";
import { formatReport } from "../../server/report-document/write/index.ts";
import { csvFile, latexFile } from "../../server/report-document/write/table-files.ts";
import { openBrowser } from "../support/browser.ts";
import { prepare } from "../support/in-process.ts";
import { type RunningServer, startServer, tiebreakOk } from "../support/server.ts";

const STUDIES = ["demo", "lima", "empty"] as const;

/** On one line, without marks of direction. */
const plain = (text: string): string =>
  text
    .replace(/[\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim();

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

/** What the page has of a section: its words, and its tables by name, row by row; every choice was made once. */
interface Seen {
  words: string;
  tables: Record<string, string[][]>;
  figures: number;
}

describe("the results page and the files of a report", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-page-and-files-"));
  const env = { DATABASE_URL: path.join(folder, "studies.db") };
  const reports = new Map<string, FullReport>();
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    await prepare(["demo", "simulated"], env);
    await prepare(["demo", "lima"], env);
    await prepare(["study", "create", "empty", "--target", "ours", "--baseline", "theirs"], env);
    for (const study of STUDIES)
      reports.set(
        study,
        JSON.parse(await tiebreakOk(["report", study, "--format", "json"], env)) as FullReport,
      );
    server = await startServer(env);
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
    const isJudged = reports.get(study)!.judgments > 0;
    // a study that nobody judged has nothing further to show
    const shown = sections.filter(({ key }) => isJudged || key === "pairs" || key === "study");
    for (const section of shown) compare(section, await seenOf(page, section.key));
  });

  it.each(
    STUDIES.flatMap((study) =>
      (Object.keys(SEEN) as (keyof typeof SEEN)[]).map((format) => [study, format] as const),
    ),
  )("have every sentence and figure of %s as %s", (study, format) => {
    const report = { ...reports.get(study)!, seed: "a--b_c-D" }; // seeds are drawn: this one has what formats escape
    const seen = SEEN[format](formatReport(report, format));
    for (const { parts } of documentOf(report).sections) {
      const all = flat(parts, () => true);
      for (const text of textsOf(all))
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

  it("give the same LaTeX of a table from its button as from the command line", async () => {
    const latex = await tiebreakOk(["report", "demo", "--format", "latex"], env);
    await openWhole(page, `${server.origin}/results/demo`);
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

function compare({ key, parts }: Section, seen: Seen): void {
  const all = flat(parts, () => true);
  for (const text of textsOf(all)) expect(seen.words, key).toContain(text);
  for (const table of tablesOf(all)) {
    const columns = table.columns
      .map((_, i) => i)
      .filter((i) => i === 0 || table.rows.some(({ cells }) => (cells[i]!.value ?? "") !== ""));
    expect(seen.tables[table.key], `${key}: ${table.key}`).toEqual([
      columns.map((i) => plain(table.columns[i]!.label)),
      ...table.rows.map(({ cells }) => columns.map((i) => plain(cellLine(cells[i]!)))),
    ]);
  }
  const figures = all.filter(({ kind }) => kind === "figure").length;
  expect(seen.figures, key).toBe(figures);
}

/** Goes from section to section until each is there, and opens what is folded or cut. */
async function openWhole(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator("#pairs-heading").waitFor();
  await expect
    .poll(
      () =>
        page.evaluate(() => {
          const waiting = document.querySelectorAll(".further.waiting");
          waiting[0]?.scrollIntoView();
          return waiting.length;
        }),
      { timeout: 60_000 },
    )
    .toBe(0);
}

/** A section with each choice of it made in turn. */
async function seenOf(page: Page, key: string): Promise<Seen> {
  const section = page.locator(`section[aria-labelledby="${key}-heading"]`);
  const seen: Seen = { words: "", tables: {}, figures: 0 };
  const drawn = new Set<string>();
  const look = async (): Promise<void> => {
    await section.evaluate((own) => {
      for (const one of own.querySelectorAll("details")) one.open = true;
      for (const one of own.querySelectorAll<HTMLButtonElement>(".more button")) one.click();
    });
    // a figure is drawn once its width is known
    const notThere = "figure:not(:has(svg)), .more button";
    await expect.poll(() => section.locator(notThere).count(), { timeout: 10_000 }).toBe(0);
    const now = await section.evaluate(readSection);
    seen.words += ` ${plain(now.words)}`;
    for (const [name, rows] of now.tables) seen.tables[name] = rows.map((row) => row.map(plain));
    for (const id of now.figures) drawn.add(id);
  };
  const choose = async (depth: number): Promise<void> => {
    const select = section.locator("select").nth(depth);
    if ((await section.locator("select").count()) <= depth) return look();
    const names = await select
      .locator("option")
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    for (const name of names) {
      await select.selectOption(name);
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
      await choose(depth + 1);
    }
  };
  await choose(0);
  return { ...seen, figures: drawn.size };
}

/** Runs in the browser. */
function readSection(own: Element): { words: string; tables: [string, string[][]][]; figures: string[] } {
  const cellOf = (cell: Element): string =>
    [...cell.querySelectorAll(".value, .quiet, .count, .interval")]
      .map((part) => {
        const copy = part.cloneNode(true) as Element;
        for (const mark of copy.querySelectorAll("sup")) mark.remove();
        return copy.textContent;
      })
      .join(" ") ||
    (cell.textContent ?? "");
  const tables = [...own.querySelectorAll("table")].map((table): [string, string[][]] => [
    table.id.replace(/^table-/, ""),
    [...table.querySelectorAll("tr")].map((row) => [...row.children].map(cellOf)),
  ]);
  const words = [...own.querySelectorAll("p, li")].map(({ textContent }) => textContent).join(" ");
  const figures = [...own.querySelectorAll("figure svg")].map(({ innerHTML }) => innerHTML);
  return { words, tables, figures };
}
