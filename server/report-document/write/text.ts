import type { FullReport } from "../../contract/report.ts";
import type { Section } from "../document.ts";
import { documentOf } from "../sections/index.ts";
import type { Reading } from "./reading.ts";
import { NOTES_TITLE, VERDICTS_LABEL } from "../words.ts";
import { flat, type FlatPart } from "./flat.ts";
import { widthOf, wrap } from "./plain-text.ts";
import { barsText } from "./text-bars.ts";
import { tableText } from "./text-table.ts";

const WIDTH = 100;

/** The report for somebody at a terminal, in at most 100 columns: what to know first, then section by section. */
export function formatText(report: FullReport, { only }: Reading): string {
  const { title, about, notes, verdicts, sections, closing } = documentOf(report, { only });
  const blocks = [
    [title, ...about].map((line) => wrap(line, WIDTH)).join("\n"),
    ...(notes.length > 0 ? [[NOTES_TITLE, ...notes.map(bullet)].join("\n")] : []),
    ...(verdicts.length > 0 ? [[VERDICTS_LABEL, ...verdicts.map(bullet)].join("\n")] : []),
    ...sections.map(sectionText),
    wrap(closing, WIDTH),
  ];
  return `${blocks.join("\n\n")}\n`;
}

type Printed = Pick<Section, "title" | "parts"> & Partial<Pick<Section, "finding">>;

/** Sections alone, for a terminal. */
export const formatSections = (sections: readonly Printed[]): string =>
  `${sections.map(sectionText).join("\n\n")}\n`;

const bullet = (item: string): string => wrap(item, WIDTH, "  * ");

const sectionText = ({ title, finding = null, parts }: Printed): string =>
  [
    underlined(title, "═"),
    ...(finding === null ? [] : [wrap(finding, WIDTH)]),
    ...flat(parts, ({ kind }) => kind !== "figure").map(partText),
  ].join("\n\n");

const underlined = (title: string, line: string): string =>
  `${wrap(title, WIDTH)}\n${line.repeat(Math.min(WIDTH, widthOf(title)))}`;

function partText(part: FlatPart): string {
  switch (part.kind) {
    case "heading":
      return underlined(part.text, "─");
    case "text":
    case "guide":
      return wrap(part.text, WIDTH);
    case "list":
      return part.items.map(({ text }) => bullet(text)).join("\n");
    case "bars":
      return barsText(part.pairs, part.target, WIDTH);
    case "table":
      return tableText(part.table, WIDTH);
    case "quote":
      return "Written with --format markdown and html.";
    case "figure":
      return "";
  }
}
