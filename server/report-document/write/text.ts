import type { FullReport } from "../../contract/report.ts";
import type { Block, DocumentSection } from "../document.ts";
import { widthOf, wrap } from "./plain-text.ts";
import { documentOf } from "../sections/index.ts";
import { barsText } from "./text-bars.ts";
import { tableText } from "./text-table.ts";

const WIDTH = 100;

/** The report for somebody at a terminal, in at most 100 columns: what to know first, then section by section. */
export function formatText(report: FullReport): string {
  const { title, about, notes, sections, closing } = documentOf(report);
  const blocks = [
    [title, ...about].map((line) => wrap(line, WIDTH)).join("\n"),
    ...(notes.length > 0 ? [["Read this first", ...notes.map(bullet)].join("\n")] : []),
    ...sections.map(sectionText),
    wrap(closing, WIDTH),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const bullet = (item: string): string => wrap(item, WIDTH, "  * ");

function sectionText({ title, blocks }: DocumentSection): string {
  return [underlined(title, "═"), ...blocks.map(blockText).filter((text) => text !== "")].join("\n\n");
}

const underlined = (title: string, line: string): string =>
  `${wrap(title, WIDTH)}\n${line.repeat(Math.min(WIDTH, widthOf(title)))}`;

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return underlined(block.text, "─");
    case "text":
      return wrap(block.text, WIDTH);
    case "list":
      return block.items.map(bullet).join("\n");
    case "bars":
      return barsText(block.pairs, block.target, WIDTH);
    case "table":
      return tableText(block.table, WIDTH);
    case "quote":
      return `${block.title}: --format markdown or html.`;
    case "figure":
      return "";
  }
}
