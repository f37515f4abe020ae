import type { Table } from "../document.ts";
import { cellLine } from "../numbers.ts";
import { fullCaption, linesBelow, rowsShown, shortened } from "../tables.ts";
import { escapeCell, escapeLatex, labelOf } from "./latex-text.ts";

/** What a paper needs for these tables. */
export const PACKAGES = "% \\usepackage{booktabs}";

/** A page of an article holds about as many columns of figures. */
const COLUMNS_MAX = 9;
/** From so many columns on a table is set small. */
const COLUMNS_SMALL = 6;

/**
 * The lines of a table in the manner of booktabs, with caption, the label `tab:STUDY-…`, and the methods of its intervals
 * as a note below it.
 * @param methods the address that explains its figures, which is linked to
 */
export function tableLatex(table: Table, study: string, methods: string | null): string[] {
  const { key, columns, rows, limit } = table;
  if (rows.length === 0) return linesBelow(table).map((note) => `% ${fullCaption(table)}: ${note}`);
  if (columns.length > COLUMNS_MAX) return [`% ${fullCaption(table)}: left out, too wide for a page.`];
  const below = [
    ...[...(limit === null ? [] : [shortened(table)]), ...linesBelow(table)].map(
      (line) => `${escapeLatex(line)}.`,
    ),
    ...(methods === null ? [] : [`Methods: \\url{${methods}}.`]),
  ];
  return [
    "\\begin{table}",
    "  \\centering",
    `  \\caption{${escapeLatex(fullCaption(table))}}`,
    `  \\label{tab:${labelOf(`${study}-${key}`)}}`,
    ...(columns.length >= COLUMNS_SMALL ? ["  \\small"] : []),
    `  \\begin{tabular}{@{}${columns.map(({ words }) => (words ? "l" : "r")).join("")}@{}}`,
    "    \\toprule",
    row(columns.map(({ label }) => label)),
    "    \\midrule",
    ...rowsShown(table).map(({ cells }) => row(cells.map((cell) => cellLine(cell, false)))),
    "    \\bottomrule",
    "  \\end{tabular}",
    ...(below.length === 0 ? [] : ["", "  \\smallskip", `  {\\footnotesize ${below.join(" ")}\\par}`]),
    "\\end{table}",
  ];
}

const row = (cells: readonly string[]): string => `    ${cells.map(escapeCell).join(" & ")} \\\\`;
