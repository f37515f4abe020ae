import type { FullReport } from "../../contract/report.ts";
import type { Block, DocumentSection, Table } from "../document.ts";
import { documentOf } from "../sections/index.ts";
import { nothingIn } from "../tables.ts";

/** The whole report for a README or an appendix: a heading a section, the notes as a quotation, every row of a table. */
export function formatMarkdown(report: FullReport): string {
  const { title, about, notes, sections, closing } = documentOf(report);
  const blocks = [
    `## ${escaped(title)}`,
    about.map(escaped).join(" "),
    ...(notes.length > 0 ? [notes.map((note) => `> - ${escaped(note)}`).join("\n")] : []),
    ...sections.flatMap(sectionMarkdown),
    escaped(closing),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const sectionMarkdown = ({ title, blocks }: DocumentSection): string[] => [
  `### ${escaped(title)}`,
  ...blocks.map(blockMarkdown).filter((text) => text !== ""),
];

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `#### ${escaped(block.text)}`;
    case "text":
      return escaped(block.text);
    case "list":
      return block.items.map((item) => `- ${escaped(item)}`).join("\n");
    case "table":
      return tableMarkdown(block.table);
    case "quote":
      return [
        `${block.title}:`,
        ["", ...block.lines.map((line) => `> ${escaped(line)}`.trimEnd())].join("\n"),
      ].join("\n");
    case "bars":
    case "figure":
      return "";
  }
}

function tableMarkdown(table: Table): string {
  const { caption, columns, rows, notes } = table;
  const heading = `**${escaped(caption)}**`;
  const bullets = (items: readonly string[]) => items.map((item) => `- ${escaped(item)}`).join("\n");
  if (rows.length === 0) return `${heading}\n\n${bullets(nothingIn(table))}`;
  const lines = [
    columns.map(escaped),
    columns.map((_, i) => (i === 0 ? "---" : "---:")),
    ...rows.map((row) => row.map(({ text }) => escaped(text))),
  ].map((cells) => `| ${cells.join(" | ")} |`);
  return [heading, lines.join("\n"), ...(notes.length === 0 ? [] : [bullets(notes)])].join("\n\n");
}

/** Text that Markdown takes as it stands: nothing in it opens a mark, a link, a formula, or a list at its start. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~$&]/g, "\\$&").replace(/^(\d+)([.)] )|^([-+] )/, "$1\\$2$3");
}
