import type { FullReport } from "../../contract/report.ts";
import { methodsAddress, methodsFile, type Section } from "../document.ts";
import { documentOf } from "../sections/index.ts";
import type { Reading } from "./reading.ts";
import { flat } from "./flat.ts";
import { PACKAGES, tableLatex } from "./latex-table.ts";

/**
 * Every table of the report for a paper, each in a `table` of its own. The words around them stand as comments. Long
 * tables are cut, and what is too wide for a page is left out, with a comment or a note on it.
 */
export function formatLatex(report: FullReport, { only, publicUrl }: Reading): string {
  const { title, about, notes, verdicts, sections, closing } = documentOf(report, { only });
  const lines = [
    PACKAGES,
    ...(publicUrl === null ? [] : ["% \\usepackage{hyperref}"]),
    comment([title, ...about].join(" ")),
    ...notes.map((note) => comment(`Note: ${note}`)),
    ...verdicts.map(comment),
    ...sections.flatMap((section) => ["", ...sectionLatex(section, { study: report.study, publicUrl })]),
    "",
    comment(closing),
  ];
  return `${lines.join("\n")}\n`;
}

const comment = (text: string): string => `% ${text}`;

interface Given {
  readonly study: string;
  readonly publicUrl: string | null;
}

function sectionLatex({ key, title, finding, parts }: Section, { study, publicUrl }: Given): string[] {
  const methods = publicUrl === null ? null : publicUrl + methodsAddress(key);
  const lines = flat(parts, () => true).flatMap((part) => {
    switch (part.kind) {
      case "table":
        return ["", ...tableLatex(part.table, study, methods)];
      case "text":
      case "guide":
        return [comment(part.text)];
      case "list":
        return part.items.map(({ text }) => comment(text));
      default:
        return [];
    }
  });
  return [
    comment(`--- ${title} (${methods ?? methodsFile(key)})`),
    ...(finding === null ? [] : [comment(finding)]),
    ...lines,
  ];
}
