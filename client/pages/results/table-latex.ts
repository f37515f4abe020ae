import {
  type About,
  type Cell,
  type Column,
  type DataTable,
  headingsOver,
  isNumber,
  noteKey,
  runsOf,
  tableNotes,
} from "./data-table.ts";
import { cellText } from "./cell-text.ts";
import { results as words } from "../../words/en/results.ts";

/** The table for a paper: needs `\usepackage{booktabs}`, and `label` names it there. */
export function tableLatex(table: DataTable, label: string): string {
  const { columns, rows, caption } = table;
  const notes = tableNotes(rows);
  return [
    "% \\usepackage{booktabs}",
    "\\begin{table}",
    "  \\centering",
    `  \\caption{${escapeLatex(caption)}}`,
    `  \\label{tab:${label.replace(/[^A-Za-z0-9:-]+/g, "-")}}`,
    `  \\begin{tabular}{${columns.map((column) => (isNumber(column) ? "r" : "l")).join("")}}`,
    "    \\toprule",
    ...linesOver(columns),
    line(columns.map(({ label: words }) => guarded(words))),
    ...runsOf(rows).flatMap((run) => [
      "    \\midrule",
      ...(run.about === undefined ? [] : [heading(run.about, columns.length)]),
      ...run.rows.map((row) =>
        line(columns.map((column, i) => latexCell(column, row.cells[i] ?? null, notes))),
      ),
    ]),
    "    \\bottomrule",
    "  \\end{tabular}",
    ...noteLines(notes),
    "\\end{table}",
    "",
  ].join("\n");
}

/** The headings above the columns' own, each with a line as long as what it is over. */
function linesOver(columns: Column[]): string[] {
  const runs = headingsOver(columns);
  if (runs.every(({ over }) => over === null)) return [];
  const cells: string[] = [];
  const rules: string[] = [];
  let first = 1;
  for (const run of runs) {
    const last = first + run.columns.length - 1;
    if (run.over === null) cells.push(...run.columns.map(() => ""));
    else {
      cells.push(`\\multicolumn{${String(run.columns.length)}}{c}{${guarded(run.over)}}`);
      rules.push(`\\cmidrule(lr){${String(first)}-${String(last)}}`);
    }
    first = last + 1;
  }
  return [line(cells), `    ${rules.join(" ")}`];
}

/**
 * Any text as LaTeX that prints it: every character with a meaning of its own is written by its name. Line breaks
 * become spaces; control characters are left out.
 */
export function escapeLatex(text: string): string {
  return text
    .replace(/\s*[\t\n\r\u2028\u2029]\s*/g, " ")
    .replace(/[\p{Cc}\u2066-\u2069]/gu, "")
    .replace(/[\\{}$&#%_^~<>|\u2212\u00A0\u2002\u2009⚑]|-(?=-)/g, (one) => WRITTEN[one] ?? `\\${one}`);
}

const WRITTEN: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  "\u2212": "$-$",
  "\u00A0": "~",
  "\u2002": "\\enspace{}",
  "\u2009": "\\,",
  "⚑": "*",
  // two in a row would print as one dash
  "-": "-{}",
};

/** A bracket first in a row would be read as the length of a break. */
function guarded(text: string): string {
  return escapeLatex(text).replace(/^[[*]/, "{$&}");
}

const line = (cells: string[]): string => `    ${cells.join(" & ")} \\\\`;

function heading(about: About, columns: number): string {
  const says =
    typeof about === "string"
      ? guarded(about)
      : `${guarded(about.system)} ${escapeLatex(words.against(about.against))}`;
  return `    \\multicolumn{${String(columns)}}{l}{\\textit{${says}}} \\\\`;
}

function latexCell(column: Column, cell: Cell, notes: Map<string, string>): string {
  const { value, count, interval } = cellText(column, cell);
  const key = noteKey(cell);
  const letter = key === null ? "" : `\\textsuperscript{${notes.get(key) ?? ""}}`;
  return `${guarded([value, count, interval].filter((one) => one !== "").join(" "))}${letter}`;
}

function noteLines(notes: Map<string, string>): string[] {
  if (notes.size === 0) return [];
  const says = [...notes].map(
    ([key, letter]) => `\\textsuperscript{${letter}} ${escapeLatex(words.note(key))}`,
  );
  return ["", "  \\smallskip", `  {\\footnotesize ${says.join(" ")}}`];
}
