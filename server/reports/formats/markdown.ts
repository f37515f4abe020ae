import type { FullReport } from "../../contract/report.ts";
import type { Block, DocumentSection, Table } from "./document.ts";
import { documentOf } from "./sections/index.ts";

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

function tableMarkdown({ caption, columns, rows, notes }: Table): string {
  const lines = [
    columns.map(escaped),
    columns.map((_, i) => (i === 0 ? "---" : "---:")),
    ...rows.map((row) => row.map(({ text }) => escaped(text))),
  ].map((cells) => `| ${cells.join(" | ")} |`);
  const below = notes.length === 0 ? [] : [notes.map((note) => `- ${escaped(note)}`).join("\n")];
  return [`**${escaped(caption)}**`, lines.join("\n"), ...below].join("\n\n");
}

/** Text that Markdown takes as it stands: nothing in it opens a mark, a link, a formula, or a list at its start. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~$&]/g, "\\$&").replace(/^(\d+)([.)] )|^([-+] )/, "$1\\$2$3");
}
