import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateCell, rateCell, refused, whole } from "../../../server/report-document/cells.ts";
import type { Cell } from "../../../server/report-document/document.ts";
import { cellLine, cellText, rounded } from "../../../server/report-document/numbers.ts";
import { linesBelow, tableOf } from "../../../server/report-document/tables.ts";
import { escapeLatex } from "../../../server/report-document/write/latex-text.ts";
import { csvFile, latexFile } from "../../../server/report-document/write/table-files.ts";

const known = { value: 1 / 3, low: 0.25, high: 0.75, method: "Wilson", n: 4 };
const half = { value: 0.5, notEstimable: "one annotator" };
const none = { notEstimable: "no judgments" };

interface Given {
  readonly name: string;
  readonly cells: readonly Cell[];
}

const tableWith = (rows: readonly Given[], labels: readonly string[]) =>
  tableOf<Given>({
    ...{ key: "t", caption: "A 5 % table", of: "crowd", first: "name", rows },
    name: ({ name }) => name,
    columns: labels.map((label, i) => ({ label, cell: ({ cells }) => cells[i]! })),
  });

describe("a cell", () => {
  it("is written with its count, and its interval or a dash for one that is missing", () => {
    expect(cellLine(estimateCell(known))).toBe(".333 [.250, .750]");
    expect(cellLine(estimateCell(half))).toBe(".500 [–]");
    expect(cellLine(refused(none))).toBe("–");
    expect(cellText(rateCell({ count: 1200, rate: 0.4, low: 0.3, high: 0.5, method: "m" }))).toEqual({
      ...{ value: "40.0", count: "(1,200)", ends: "[30.0, 50.0]" },
    });
  });

  it("has one rounding for each kind of number", () => {
    expect((["rate", "signed", "share", "score"] as const).map((as) => rounded(0.12345, as))).toEqual([
      ...[".123", "+.123", "12.3", "0"],
    ]);
    expect(rounded(1234567, "count")).toBe("1,234,567");
    expect([0.0004, 0.001, 0.1374, 1].map((p) => rounded(p, "p"))).toEqual([
      "<\u00A0.001",
      ".001",
      ".137",
      "1.000",
    ]);
    expect([-0.15, 0.0001, -0.0001, 0].map((value) => rounded(value, "signed"))).toEqual([
      "−.150",
      ".000",
      ".000",
      ".000",
    ]);
  });

  it("has a true minus sign and no negative zero, whatever kind of number it is", () => {
    const kinds = ["rate", "signed", "share", "p", "dollars", "score", "seconds"] as const;
    const numbers = fc.double({ min: -5000, max: -1e-9, noNaN: true });
    fc.assert(
      fc.property(numbers, fc.constantFrom(...kinds), (value, as) => {
        const written = cellLine({ value: as === "p" ? -value / 5000 : value, as, ends: [value, -value] });
        expect(written).not.toMatch(/-|\u2212[0.]*(?![\d.])/);
      }),
    );
    expect(rounded(-45.2, "score")).toBe("−45");
    expect(rounded(-0.2, "score")).toBe("0");
  });
});

describe("a table", () => {
  const rows = [
    { name: "a", cells: [estimateCell(known), whole(3)] },
    { name: "b", cells: [estimateCell(half), whole(4)] },
    { name: "c", cells: [refused({ notEstimable: "Wilson" }), whole(0)] },
  ];

  it("has each method and reason once, with its column and rows; a reason is no method of the same words", () => {
    expect(linesBelow(tableWith(rows, ["rate", "n"]))).toEqual([
      "rate: Wilson (a)",
      "rate: interval not estimable, one annotator (b)",
      "rate: not estimable, Wilson (c)",
    ]);
  });

  it("has no rows where nothing could be had", () => {
    const table = tableWith([{ name: "a", cells: [refused(none)] }], ["rate"]);
    expect(table.rows).toEqual([]);
    expect(linesBelow(table)).toEqual(["rate: not estimable, no judgments"]);
  });

  it("as CSV has numbers in full, the method of each interval, and the reason of each refusal", () => {
    const read: string[][] = parse(csvFile(tableWith(rows, ["rate", "n"])));
    expect(read).toEqual([
      ["name", "rate", "rate_low", "rate_high", "rate_method", "rate_not_estimable", "n"],
      ["a", String(1 / 3), "0.25", "0.75", "Wilson", "", "3"],
      ["b", "0.5", "", "", "", "one annotator", "4"],
      ["c", "", "", "", "", "Wilson", "0"],
    ]);
  });

  it("as LaTeX has a label of its study, and its methods as a note below it", () => {
    const latex = latexFile(tableWith(rows, ["R&D", "n"]), "my study");
    expect(latex).toContain("\\caption{A 5 \\% table: crowd}");
    expect(latex).toContain("\\label{tab:my-study-t}");
    expect(latex).toContain("    a & .333 [.250, .750] & 3 \\\\");
    expect(latex).toContain("{\\footnotesize R\\&D: Wilson (a). R\\&D: interval not estimable");
    expect(latex.match(/\\(top|mid|bottom)rule/g)).toEqual(["\\toprule", "\\midrule", "\\bottomrule"]);
  });

  it("as LaTeX has no character that LaTeX would act on, whatever a name holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const written = escapeLatex(text)
          .replace(
            /\\text[a-z]+\{\}|\$(?:[-<>|]|\\(?:pm|rightarrow|varepsilon|nu|frac\{1\}\{2\}))\$|-\{\}|'\{\}/g,
            "",
          )
          .replace(/\\[{}$&#%_]/g, "")
          .replaceAll("~", "");
        expect(written).not.toMatch(/[\\{}$&#%_^<>|"\n\r]/);
      }),
    );
  });
});
