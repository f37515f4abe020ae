import type { FullReport } from "../../contract/report.ts";
import type { Section, Table } from "../document.ts";
import { cellLine } from "../numbers.ts";
import { documentOf } from "../sections/index.ts";
import type { Reading } from "./reading.ts";
import { linesBelow } from "../tables.ts";
import { flat, type FlatPart } from "./flat.ts";

/** The report for a README or an appendix: a heading a section, the notes as a quotation, every row of a table. */
export function formatMarkdown(report: FullReport, { only }: Reading): string {
  const { title, about, notes, verdicts, sections, closing } = documentOf(report, { only });
  const blocks = [
    `## ${escaped(title)}`,
    about.map(escaped).join(" "),
    ...(notes.length > 0 ? [notes.map((note) => `> - ${escaped(note)}`).join("\n")] : []),
    ...verdicts.map(escaped),
    ...sections.flatMap(sectionMarkdown),
    escaped(closing),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const sectionMarkdown = ({ title, finding, parts }: Section): string[] => [
  `### ${escaped(title)}`,
  ...(finding === null ? [] : [escaped(finding)]),
  ...flat(parts, ({ kind }) => kind !== "figure" && kind !== "bars").map(partMarkdown),
];

function partMarkdown(part: FlatPart): string {
  switch (part.kind) {
    case "heading":
      return `#### ${escaped(part.text)}`;
    case "text":
    case "guide":
      return escaped(part.text);
    case "list":
      return part.items.map(({ text }) => `- ${escaped(text)}`).join("\n");
    case "table":
      return tableMarkdown(part.table);
    case "quote":
      return part.lines.map((line) => `> ${escaped(line)}`.trimEnd()).join("\n");
    case "bars":
    case "figure":
      return "";
  }
}

function tableMarkdown(table: Table): string {
  const { caption, columns, rows } = table;
  const heading = `**${escaped(caption)}**`;
  const below = linesBelow(table).map((line) => `- ${escaped(line)}`);
  if (rows.length === 0) return `${heading}\n\n${below.join("\n")}`;
  const lines = [
    columns.map(({ label }) => escaped(label)),
    columns.map(({ words }) => (words ? "---" : "---:")),
    ...rows.map(({ cells }) => cells.map((cell) => escaped(cellLine(cell)))),
  ].map((cells) => `| ${cells.join(" | ")} |`);
  return [heading, lines.join("\n"), ...(below.length === 0 ? [] : [below.join("\n")])].join("\n\n");
}

/** Text that Markdown takes as it stands: nothing in it opens a mark, a link, a formula, or a list at its start. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~$&]/g, "\\$&").replace(/^(\d+)([.)] )|^([-+] )/, "$1\\$2$3");
}
