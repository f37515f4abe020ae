import type { FullReport } from "../../contract/report.ts";
import { methodsFile, type Section } from "../document.ts";
import { documentOf } from "../sections/index.ts";
import { flat } from "./flat.ts";
import { PACKAGES, tableLatex } from "./latex-table.ts";

/**
 * Every table of the report for a paper, each in a `table` of its own. The words around them stand as comments. Long
 * tables are cut, and what is too wide for a page is left out, with a comment or a note on it.
 */
export function formatLatex(report: FullReport): string {
  const { title, about, notes, sections, closing } = documentOf(report);
  const lines = [
    PACKAGES,
    comment([title, ...about].join(" ")),
    ...notes.map((note) => comment(`Note: ${note}`)),
    ...sections.flatMap((section) => ["", ...sectionLatex(section, report.study)]),
    "",
    comment(closing),
  ];
  return `${lines.join("\n")}\n`;
}

const comment = (text: string): string => `% ${text}`;

function sectionLatex({ key, title, parts }: Section, study: string): string[] {
  const lines = flat(parts, () => true).flatMap((part) => {
    switch (part.kind) {
      case "table":
        return ["", ...tableLatex(part.table, study)];
      case "text":
      case "guide":
        return [comment(part.text)];
      case "list":
        return part.items.map(({ text }) => comment(text));
      default:
        return [];
    }
  });
  return [comment(`--- ${title} (${methodsFile(key)})`), ...lines];
}
