import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { type FullPair, type FullReport, fullReportSchema } from "../../../../server/contract/report.ts";
import { eloOf } from "../../../../server/charts/elo-scale.ts";
import { interval } from "../../../../server/report-document/numbers.ts";
import { documentOf } from "../../../../server/report-document/sections/index.ts";
import { csvText } from "../../../../server/report-document/write/csv-text.ts";
import { formatReport, REPORT_FORMATS } from "../../../../server/report-document/write/index.ts";
import { flat } from "../../../../server/report-document/write/flat.ts";
import { widthOf, withoutControls } from "../../../../server/report-document/write/plain-text.ts";
import { readMethods } from "../../../../server/methods/documents.ts";
import { hrefOnServer } from "../../../../server/methods/page.ts";
import { buildFullReport } from "../../../../server/reports/report.ts";
import { testContext } from "../../../support/context.ts";
import { type GivenJudgment, StudyRows } from "../../../support/study-rows.ts";

const NASTY = 'a&b_%#$ {x} ~^\\ <b>"q"</b> | [z] --';
const GROUPS = [
  { name: "crowd", kind: "crowd" },
  { name: "judge<1>", kind: "model" },
] as const;

const reportOf = async (
  judgments: readonly GivenJudgment[],
  systems: readonly string[],
): Promise<FullReport> => {
  const context = await testContext("sqlite");
  const baselines = systems.slice(1);
  const pairs = { target: systems[0]!, baselines };
  await new StudyRows(context, { name: "s", systems, groups: [...GROUPS], pairs })
    .judge(...judgments)
    .write();
  return buildFullReport(context, { study: "s" });
};

/** Uneven numbers on every side, by three people and a model. */
const MANY: GivenJudgment[] = Array.from({ length: 14 }, (_, p) => p).flatMap((p) =>
  ["ann", "=bob()", "cem", "model"].flatMap((annotator, a) =>
    [NASTY, "plain"].map((against, s) => {
      const [left, right] = (p + a) % 2 === 0 ? ["LIMA", against] : [against, "LIMA"];
      const choice = (["left", "right", "tie", "both_bad"] as const)[(p * (a + 1) + s + (p >> 1)) % 4]!;
      const group = annotator === "model" ? "judge<1>" : "crowd";
      return { prompt: `p${p}`, annotator, group, left: left, right: right, choice };
    }),
  ),
);

const one = (change: Partial<GivenJudgment>): GivenJudgment => ({
  ...{ prompt: "p", left: "LIMA", right: "plain", group: "crowd", annotator: "ann", choice: "left" },
  ...change,
});

const SECTIONS = [
  ...[
    "The study",
    "Win, tie and loss",
    "Tests and precision",
    "Ranking",
    "Agreement",
    "Models as annotators",
    "Position",
    "Annotators",
  ],
  ...["One label per comparison", "Exclusions", "Length and formatting", "Slices", "Progress"],
];

let many: FullReport;
beforeAll(async () => {
  many = await reportOf(MANY, ["LIMA", NASTY, "plain"]);
});

/** What a reader sees of HTML. */
const seen = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\s+/g, " ");

const decimal = (value: number): string =>
  `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(3).replace(/^0\./, ".")}`;
const figure = (estimate: object): string[] =>
  "low" in estimate
    ? [...("value" in estimate ? [decimal(estimate.value as number)] : []), decimal(estimate.low as number)]
    : [];
const figuresOf = (pair: FullPair): string[] => [
  ...[pair.win, pair.tie, pair.loss].map(({ rate }) => (rate! * 100).toFixed(1)),
  ...[pair.halfTieRate, pair.halfTieRateByPrompt, pair.resampledByPrompt].flatMap(figure),
  ...[pair.netPreference, pair.equalOrBetter, pair.sideAdjusted].flatMap(figure),
  ...("p" in pair.signTest ? [decimal(pair.signTest.p!), decimal(pair.signTest.pHolm!)] : []),
];

describe("every format of the whole report", () => {
  it.each(["text", "markdown", "latex", "html"] as const)(
    "as %s has every figure of every pair",
    (format) => {
      const written = formatReport(many, format);
      const shown =
        { html: seen(written), latex: written.replaceAll("$-$", "−") }[format as string] ?? written;
      const plain = shown.replace(/\\(?=[[\]])/g, "");
      const figures = many.pairs.flatMap(figuresOf).filter((text) => text !== ".000");
      expect(figures.length).toBeGreaterThan(60);
      expect(figures.filter((text) => !plain.includes(text))).toEqual([]);
      expect(SECTIONS.filter((title) => !plain.includes(title))).toEqual([]);
    },
  );

  it("as CSV in long form gives every number of the JSON back, once, and nothing else", () => {
    const csv = formatReport(many, "csv", { part: "all" });
    const rows: Record<string, string>[] = parse(csv, { columns: true });
    const cells = rows.flatMap((row) => [row.value, row.low, row.high, row.n]);
    const given = cells.filter((cell) => cell !== "").map(Number);
    const sorted = (numbers: number[]) => numbers.sort((a, b) => a - b);
    expect(sorted(given)).toEqual(sorted(numbersIn(fullReportSchema.parse(many))));
    const about = ["section", "figure", "system", "against", "group", "other_group", "model", "annotator"];
    const keys = [...about, "other_annotator", "field", "slice", "feature", "day"];
    expect(new Set(rows.map((row) => JSON.stringify(keys.map((key) => row[key])))).size).toBe(rows.length);
    const position = rows.find(({ section, figure }) => section === "position" && figure === "left");
    expect(Number(position?.value)).toBe(many.position.left);
  });

  it("as CSV in long form has every number of the document’s tables, about the same, and no interval beyond them", () => {
    const report = withoutControls(many);
    const rows: Record<string, string>[] = parse(formatReport(report, "csv", { part: "all" }), {
      columns: true,
    });
    const endsOf = ({ low, high }: Record<string, string>) => [Number(low), Number(high)];
    const shown = new Set<string>();
    let numbers = 0;
    for (const { parts } of documentOf(report).sections)
      for (const part of flat(parts, () => true)) {
        if (part.kind === "list") for (const { text } of part.items) shown.add(text);
        if (part.kind !== "table") continue;
        for (const { cells } of part.table.rows) {
          const { value: slice, ...to } = cells[0]!.to ?? {};
          const about = Object.entries({ ...to, slice }).filter(([, name]) => name !== undefined);
          const own = rows.filter((row) =>
            about.every(([key, name]) => [undefined, "", name].includes(row[key])),
          );
          for (const { value, ends, as } of cells) {
            if (typeof value === "string") shown.add(value);
            if (ends !== undefined) shown.add(JSON.stringify(ends));
            if (typeof value !== "number") continue;
            numbers++;
            const found = own.filter(({ value: full, n }) =>
              [full, n].some((one) => one !== "" && Number(one) === value),
            );
            expect(found, `${part.table.key}: ${value}`).not.toEqual([]);
            if (ends === undefined) continue;
            // the JSON has the ends of scores as strengths, each by itself, and those of differences as ends
            const scores = own.flatMap(({ value, low, high }) =>
              [value, low, high].flatMap((one) => [eloOf(Number(one)), eloOf(Number(one)) - eloOf(0)]),
            );
            if (as === "score") expect(scores, part.table.key).toEqual(expect.arrayContaining([...ends]));
            else expect(own.map(endsOf), `${part.table.key}: ${value}`).toContainEqual(ends);
          }
        }
      }
    expect(numbers).toBeGreaterThan(300);
    // which answer somebody gives most often stands in words, where it is pointed out
    const beyond = rows.filter(({ low, figure }) => low !== "" && figure !== "oneAnswer.rate");
    const written = [...shown];
    for (const row of beyond) {
      const [low = 0, high = 0] = endsOf(row);
      const isShown =
        shown.has(JSON.stringify([low, high])) ||
        written.some((text) => text.includes(interval([low, high])));
      expect(isShown, `${row.section} ${row.figure}`).toBe(true);
    }
  });

  it("as CSV changes a text for spreadsheets only where asked to, and no number ever", () => {
    const part = "byAnnotator" as const;
    expect(formatReport(many, "csv", { part })).toContain(",=bob(),");
    expect(formatReport(many, "csv", { part, spreadsheetSafe: true })).toContain(",'=bob(),");
    const safe = formatReport(many, "csv", { part: "all", spreadsheetSafe: true });
    expect(safe).toMatch(/,-0\.\d/);
    expect(safe).not.toMatch(/'-\d/);
  });

  it("as CSV for spreadsheets has no formula, whatever its program takes for the end of a cell", () => {
    const texts = ["=1+1", "+1", "-1", "@a", "\t=1", "a;=1+1", "a; =1", ";;@b", "a;=1;=2", '";-1'];
    for (const text of texts) {
      const cell = csvText([[text]], { spreadsheetSafe: true });
      expect(cell, text).not.toMatch(/(^"?|;\s*)[=+\-@\t\r]/);
      expect(csvText([[text]]), text).not.toContain("'");
    }
    for (const text of ["a=1", "a, -1", "a;b", "2;3"])
      expect(csvText([[text]], { spreadsheetSafe: true }), text).not.toContain("'");
    expect(csvText([[-1, null]], { spreadsheetSafe: true })).toBe("-1,\n");
  });

  it("as LaTeX closes what it opens, escapes every name and has as many cells as columns", () => {
    const latex = formatReport(many, "latex");
    expect(latex.startsWith("% \\usepackage{booktabs}\n")).toBe(true);
    const open: string[] = [];
    for (const [, what, name] of latex.matchAll(/\\(begin|end)\{(\w+)\}/g)) {
      if (what === "begin") open.push(name!);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
    const code = latex.replace(/^% .*$/gm, "");
    expect(code).toContain(
      "a\\&b\\_\\%\\#\\$ \\{x\\} \\textasciitilde{}\\textasciicircum{}\\textbackslash{} $<$b$>$''q''$<$/b$>$ $|$ [z] -{}-",
    );
    for (const [, columns, body] of code.matchAll(
      /\\begin\{tabular\}\{@\{\}(\w+)@\{\}\}(.*?)\\end\{tabular\}/gs,
    ))
      for (const line of body!.split("\n").filter((each) => each.endsWith("\\\\")))
        expect(line.split(/(?<!\\)&/).length, line).toBe(columns!.length);
    const labels = [...code.matchAll(/\\label\{(.*?)\}/g)].map(([, label]) => label);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.length).toBeGreaterThan(15);
  });

  it("as HTML runs nothing, fetches nothing and takes no name for markup", () => {
    const html = formatReport(many, "html");
    expect(html).toContain("default-src 'none'; style-src 'unsafe-inline'");
    expect(html).not.toMatch(/<script|<link|<img|\ssrc=|@import|url\((?!#)|\son\w+=|<b>/);
    expect([...html.matchAll(/href="([^#"][^"]*)"/g)]).toEqual([]);
    expect(seen(html)).toContain(NASTY);
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("as HTML and LaTeX leads each section to its methods on the server, and names their file without one", () => {
    const publicUrl = "https://study.example.org/tiebreak";
    const pages = [...readMethods().keys()].map((name) => `${publicUrl}${hrefOnServer(`${name}.md`)}`);
    const [html, latex] = (["html", "latex"] as const).map((format) =>
      formatReport(many, format, { publicUrl }),
    );
    const led = [...html!.matchAll(/ href="(https[^"]*)"/g)].map(([, address]) => address);
    expect(led).toHaveLength(documentOf(many).sections.length);
    expect(new Set(led).size).toBe(led.length);
    const tables = latex!.match(/\\begin\{table\}.*?\\end\{table\}/gs) ?? [];
    const urls = tables.map((table) => /\\url\{(.*?)\}/.exec(table)?.[1]);
    for (const address of [...led, ...urls]) expect(pages).toContain(address);
    for (const format of ["html", "latex"] as const)
      expect(formatReport(many, format)).toContain("docs/methods/ranking.md of tiebreak-eval");
  });
});

const DEGENERATE: readonly (readonly [string, GivenJudgment[], string[]])[] = [
  ["nothing judged", [], ["LIMA", "plain", NASTY]],
  ["one judgment", [one({})], ["LIMA", "plain"]],
  ["one annotator", [1, 2, 3].map((p) => one({ prompt: `p${p}` })), ["LIMA", "plain"]],
  [
    "ties alone",
    ["a", "b"].flatMap((annotator) =>
      [1, 2, 3].map((p) => one({ prompt: `p${p}`, annotator, choice: "tie" })),
    ),
    ["LIMA", "plain"],
  ],
  ["a model alone", [1, 2].map((p) => one({ prompt: `p${p}`, group: "judge<1>" })), ["LIMA", "plain"]],
  ["a system that nobody judged", [one({}), one({ prompt: "q" })], ["LIMA", "plain", "lonely"]],
];

describe.each(DEGENERATE)("a study with %s", (_, judgments, systems) => {
  it("gives a report in every format, which says what cannot be said", async () => {
    const report = await reportOf(judgments, systems);
    for (const format of REPORT_FORMATS) {
      const written = formatReport(report, format);
      expect(written.endsWith("\n")).toBe(true);
      expect(written, format).not.toMatch(/NaN|undefined|Infinity|\[object/);
    }
    for (const line of formatReport(report, "text").split("\n"))
      expect(widthOf(line), line).toBeLessThanOrEqual(100);
    const reason = judgments.length === 0 ? /Nothing has been judged yet/ : /not estimable/i;
    expect(formatReport(report, "text").replace(/\s+/g, " ")).toMatch(reason);
  });
});

function numbersIn(thing: unknown): number[] {
  if (typeof thing === "number") return [thing];
  if (typeof thing === "boolean") return [Number(thing)];
  return typeof thing === "object" && thing !== null ? Object.values(thing).flatMap(numbersIn) : [];
}
