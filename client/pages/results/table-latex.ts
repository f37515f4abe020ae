import {
  type About,
  type Cell,
  type Column,
  type DataTable,
  headingsOver,
  isNumber,
  noteKey,
  noteTexts,
  runsOf,
  tableNotes,
} from "./data-table.ts";
import { shownColumns, type ShownTable } from "./shown-columns.ts";
import { cellText } from "./cell-text.ts";
import { results as words } from "../../words/en/results.ts";

/** More rows than this fit no page: such a table needs the package longtable, too. */
const MOST_ON_A_PAGE = 40;

/**
 * The table for a paper: needs `\usepackage{booktabs}`, and `label` names it there. Columns of which nothing could
 * be had are named in the notes. Intervals stand below their values, so that it fits the width of a text.
 */
export function tableLatex(whole: DataTable, label: string): string {
  const { table, refused } = shownColumns(whole);
  const notes = tableNotes(table.rows);
  const rows = bodyLines(table, notes);
  const end = noteLines(noteTexts(table.rows), refused);
  return (table.rows.length > MOST_ON_A_PAGE ? longTable : floatTable)({ table, label, rows, end }).join(
    "\n",
  );
}

interface Written {
  table: DataTable;
  label: string;
  rows: string[];
  end: string[];
}

const floatTable = ({ table, label, rows, end }: Written): string[] => [
  "% \\usepackage{booktabs}",
  "\\begin{table}",
  "  \\centering",
  "  \\small",
  `  \\caption{${escapeLatex(table.caption)}}`,
  `  \\label{${labelOf(label)}}`,
  `  \\begin{tabular}{${shapeOf(table)}}`,
  "    \\toprule",
  ...headLines(table),
  ...rows,
  "    \\bottomrule",
  "  \\end{tabular}",
  ...end,
  "\\end{table}",
  "",
];

const longTable = ({ table, label, rows, end }: Written): string[] => [
  "% \\usepackage{booktabs,longtable}",
  `\\begin{longtable}{${shapeOf(table)}}`,
  `  \\caption{${escapeLatex(table.caption)}} \\label{${labelOf(label)}} \\\\`,
  "    \\toprule",
  ...headLines(table),
  "    \\endhead",
  ...rows,
  "    \\bottomrule",
  "\\end{longtable}",
  ...end,
  "",
];

const labelOf = (label: string): string => `tab:${label.replace(/[^A-Za-z0-9:-]+/g, "-")}`;
const shapeOf = ({ columns }: DataTable): string =>
  columns.map((column) => (isNumber(column) ? "r" : "l")).join("");

const headLines = ({ columns }: DataTable): string[] => [
  ...linesOver(columns),
  line(columns.map(({ label }) => stacked(label.split(/(?<=,) /).map(guarded)))),
];

const bodyLines = ({ columns, rows }: DataTable, notes: Map<string, string>): string[] =>
  runsOf(rows).flatMap((run) => [
    "    \\midrule",
    ...(run.about === undefined ? [] : [heading(run.about, columns.length)]),
    ...run.rows.map((row) =>
      line(columns.map((column, i) => latexCell(column, row.cells[i] ?? null, notes))),
    ),
  ]);

/** Parts below each other, flush right. */
const stacked = (parts: string[]): string =>
  parts.length < 2 ? parts.join("") : `\\shortstack[r]{${parts.join("\\\\")}}`;

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
  const first = guarded([value, count].filter((one) => one !== "").join(" "));
  return interval === ""
    ? first + letter
    : stacked([first, `{\\scriptsize ${escapeLatex(interval)}${letter}}`]);
}

function noteLines(notes: ReturnType<typeof noteTexts>, refused: ShownTable["refused"]): string[] {
  const says = [
    ...notes.map(({ letter, says }) => `\\textsuperscript{${letter}} ${escapeLatex(words.note(says))}.`),
    ...refused.map(({ labels, reason }) =>
      escapeLatex(`${words.list(labels)}: ${words.notEstimableHere(reason)}`),
    ),
  ];
  return says.length === 0 ? [] : ["", "  \\smallskip", `  {\\footnotesize ${says.join(" ")}\\par}`];
}
