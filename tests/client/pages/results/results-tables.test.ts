import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellText } from "../../../../client/pages/results/cell-text.ts";
import { type Column, type DataTable, headingsOver } from "../../../../client/pages/results/data-table.ts";
import { pairsTable } from "../../../../client/pages/results/pairs-table.ts";
import { shownColumns } from "../../../../client/pages/results/shown-columns.ts";
import { tableCsv } from "../../../../client/pages/results/table-csv.ts";
import { escapeLatex, tableLatex } from "../../../../client/pages/results/table-latex.ts";
import { pairOf } from "../../../server/charts/chart-fixture.ts";

const score: Column = { key: "score", label: "Score", kind: "estimate", show: (value) => value.toFixed(2) };
const name: Column = { key: "name", label: "Name", kind: "name" };
const count: Column = { key: "count", label: "Count", kind: "number", show: String };
const known = { value: 0.5, low: 0.25, high: 0.75, method: "Wilson", n: 4 };
const refused = { notEstimable: "only one annotator" };

const table = (columns: Column[], cells: DataTable["rows"][number]["cells"][]): DataTable => ({
  ...{ name: "t", caption: "A 5 % table", columns },
  rows: cells.map((row) => ({ cells: row })),
});

describe("a cell", () => {
  it("shows a value, its interval apart, what is missing by name or as a dash", () => {
    expect(cellText(score, known)).toEqual({ value: "0.50", count: "", interval: "[0.25, 0.75]" });
    expect(cellText(score, { value: 0.5, notEstimable: "few" }).value).toBe("0.50");
    expect(cellText(score, refused).value).toBe("not estimable");
    expect(cellText(score, null).value).toBe("–");
    expect(cellText(score, { count: 1200, share: known }).count).toBe("(1,200)");
  });
});

describe("a table as CSV", () => {
  it("has numbers in full, the method of each interval, and the reason of each refusal", () => {
    const given = table(
      [name, score],
      [
        ["a, b", { ...known, value: 1 / 3 }],
        ["c", refused],
      ],
    );
    expect(tableCsv(given)).toBe(
      "name,score,score_low,score_high,score_method,score_not_estimable\n" +
        `"a, b",${String(1 / 3)},0.25,0.75,Wilson,\n` +
        "c,,,,,only one annotator\n",
    );
  });

  it("has every count, rate and interval of the figure, and says which pair a row is of", () => {
    const pair = pairOf([6, 3, 1], { group: "crowd" });
    const csv = tableCsv(pairsTable([{ system: "plain", against: "terse", pairs: [pair] }]));
    const [header, row] = csv
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    const cell = (key: string) => row?.[header?.indexOf(key) ?? -1];
    expect([cell("system"), cell("against"), cell("group")]).toEqual(["plain", "terse", "crowd"]);
    expect([cell("win_count"), cell("win_rate"), cell("win_low")]).toEqual([
      "6",
      "0.6",
      "0.5499999999999999",
    ]);
    expect([cell("loss_count"), cell("loss_method")]).toEqual(["1", "Wilson"]);
    expect(cell("half_tie_rate_by_prompt_not_estimable")).toBe("no judgments");
  });

  it("has a column for the reasons of a number that may be refused", () => {
    const p: Column = { key: "p", label: "p", kind: "number", show: String, reasons: true };
    expect(
      tableCsv(
        table(
          [name, p],
          [
            ["a", 0.5],
            ["b", refused],
          ],
        ),
      ),
    ).toBe("name,p,p_not_estimable\na,0.5,\nb,,only one annotator\n");
  });
});

describe("a table as LaTeX", () => {
  it("is a booktabs table with headings over headings, and notes below", () => {
    const over = [
      { ...count, over: "Before" },
      { ...score, over: "Before" },
    ];
    const latex = tableLatex(table([name, ...over], [["R&D", 3, known]]), "my table");
    expect(latex).toContain("\\caption{A 5 \\% table}");
    expect(latex).toContain("\\label{tab:my-table}");
    expect(latex).toContain("\\begin{tabular}{lrr}");
    expect(latex).toContain(" & \\multicolumn{2}{c}{Before} \\\\\n    \\cmidrule(lr){2-3}");
    expect(latex).toContain(
      "R\\&D & 3 & \\shortstack[r]{0.50\\\\{\\scriptsize [0.25, 0.75]\\textsuperscript{a}}} \\\\",
    );
    expect(latex).toContain("\\textsuperscript{a} Interval: Wilson");
    expect(latex.match(/\\(top|mid|bottom)rule/g)).toEqual(["\\toprule", "\\midrule", "\\bottomrule"]);
  });

  it("names in a note what could not be had in any row, and goes over several pages when long", () => {
    const rows = Array.from({ length: 41 }, (_, i) => [`n${String(i)}`, refused, i]);
    const latex = tableLatex(table([name, score, count], rows), "t");
    expect(latex).toContain("\\begin{longtable}{lr}");
    expect(latex).toContain("Score: not estimable, only one annotator.");
    expect(latex.match(/^ {4}n\d+ & \d+ \\\\$/gm)).toHaveLength(41);
  });

  it("leaves no character that LaTeX would act on, whatever a name holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const written = escapeLatex(text)
          .replace(/\\text[a-z]+\{\}|\\enspace\{\}|\\,|\$-\$|-\{\}/g, "")
          .replace(/\\[{}$&#%_]/g, "")
          .replaceAll("~", "");
        expect(written).not.toMatch(/[\\{}$&#%_^<>|\n\r]|--/);
      }),
    );
  });
});

describe("the columns that are shown", () => {
  it("leave out what cannot be had in any row, and say why once", () => {
    const other = { ...score, key: "other", label: "Other" };
    const given = table(
      [name, score, other, count],
      [
        ["a", refused, known, null],
        ["b", refused, known, null],
      ],
    );
    const { table: shown, hasFigures, refused: said } = shownColumns(given);
    expect(shown.columns.map(({ key }) => key)).toEqual(["name", "other"]);
    expect(shown.rows[0]?.cells).toEqual(["a", known]);
    expect(hasFigures).toBe(true);
    expect(said).toEqual([{ labels: ["Score"], reason: "only one annotator" }]);
  });

  it("are all of them where each has something in some row", () => {
    const given = table(
      [name, score],
      [
        ["a", refused],
        ["b", known],
      ],
    );
    expect(shownColumns(given)).toEqual({ table: given, hasFigures: true, refused: [] });
  });

  it("are none where nothing could be had", () => {
    expect(shownColumns(table([name, score], [["a", refused]])).hasFigures).toBe(false);
  });

  it("stay a square in a matrix", () => {
    const columns = [name, score, { ...score, key: "b", label: "b" }];
    const given = {
      ...table(columns, [
        ["a", known, ""],
        ["b", known, refused],
      ]),
      matrix: true,
    };
    expect(shownColumns(given).table.columns).toHaveLength(3);
    const nothing = {
      ...table(columns, [
        ["a", refused, ""],
        ["b", refused, refused],
      ]),
      matrix: true,
    };
    expect(shownColumns(nothing).hasFigures).toBe(false);
  });
});

describe("headings over columns", () => {
  it("span neighbours with the same words only", () => {
    const under = (over?: string) => ({ ...count, ...(over === undefined ? {} : { over }) });
    const runs = headingsOver([under(), under("A"), under("A"), under("B"), under(), under("A")]);
    expect(runs.map(({ over, columns }) => [over, columns.length])).toEqual([
      ...[
        [null, 1],
        ["A", 2],
        ["B", 1],
        [null, 1],
        ["A", 1],
      ],
    ]);
  });
});
