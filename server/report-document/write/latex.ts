import type { FullReport } from "../../contract/report.ts";
import type { DocumentSection, Table } from "../document.ts";
import { escapeCell, escapeLatex, labelOf } from "./latex-text.ts";
import { documentOf } from "../sections/index.ts";
import { fullCaption, nothingIn, rowsShown, shortened } from "../tables.ts";

/** A page of an article holds about as many columns of figures. */
const COLUMNS_MAX = 9;
/** From so many columns on a table is set small. */
const COLUMNS_SMALL = 6;

/**
 * Every table of the report for a paper, in the manner of booktabs: one `table` each, with caption and label
 * `tab:STUDY-…`. The words around them stand as comments. Long tables are cut and say so; what is too wide for
 * a page is left out and said in a comment.
 */
export function formatLatex(report: FullReport): string {
  const { title, about, notes, sections, closing } = documentOf(report);
  const lines = [
    "% \\usepackage{booktabs}",
    comment([title, ...about].join(" ")),
    ...notes.map((note) => comment(`Note: ${note}`)),
    ...sections.flatMap((section) => ["", ...sectionLatex(section, report.study)]),
    "",
    comment(closing),
  ];
  return `${lines.join("\n")}\n`;
}

const comment = (text: string): string => `% ${text}`;

function sectionLatex({ title, blocks }: DocumentSection, study: string): string[] {
  const parts = blocks.flatMap((block) => {
    if (block.kind === "table") return ["", ...tableLatex(block.table, study)];
    return block.kind === "text"
      ? [comment(block.text)]
      : block.kind === "list"
        ? block.items.map(comment)
        : [];
  });
  return [comment(`--- ${title}`), ...parts];
}

function tableLatex(table: Table, study: string): string[] {
  const { key, columns, rows, notes, limit } = table;
  if (rows.length === 0) return nothingIn(table).map((says) => comment(`${fullCaption(table)}: ${says}`));
  if (columns.length > COLUMNS_MAX) return [comment(`${fullCaption(table)}: left out, too wide for a page.`)];
  const below = [...(limit === null ? [] : [`${shortened(table)}.`]), ...notes.map((note) => `${note}.`)];
  return [
    "\\begin{table}",
    "  \\centering",
    `  \\caption{${escapeLatex(fullCaption(table))}}`,
    `  \\label{tab:${labelOf(`${study}-${key}`)}}`,
    ...(columns.length >= COLUMNS_SMALL ? ["  \\small"] : []),
    `  \\begin{tabular}{@{}l${"r".repeat(columns.length - 1)}@{}}`,
    "    \\toprule",
    row(columns),
    "    \\midrule",
    ...rowsShown(table).map((cells) => row(cells.map(({ text }) => text))),
    "    \\bottomrule",
    "  \\end{tabular}",
    ...(below.length === 0
      ? []
      : ["", "  \\smallskip", `  {\\footnotesize ${below.map(escapeLatex).join(" ")}\\par}`]),
    "\\end{table}",
  ];
}

const row = (cells: readonly string[]): string => `    ${cells.map(escapeCell).join(" & ")} \\\\`;
