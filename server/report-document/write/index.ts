import { type FullReport, fullReportSchema } from "../../contract/report.ts";
import { withPlainNotes } from "../direction.ts";
import type { SectionKey } from "../document.ts";
import { SECTION_OF_BLOCK } from "../sections/index.ts";
import { type CsvOptions, type CsvPart, formatFullCsv } from "./full-csv.ts";
import { formatHtml } from "./html.ts";
import { formatLatex } from "./latex.ts";
import { formatMarkdown } from "./markdown.ts";
import type { Reading } from "./reading.ts";
import { formatText } from "./text.ts";

export { CSV_PARTS, type CsvPart } from "./full-csv.ts";

export const REPORT_FORMATS = ["text", "json", "csv", "markdown", "latex", "html"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/**
 * A report in one of its formats; each ends with a line end. The same report gives the same bytes. JSON and CSV hold
 * every figure in full; the others are to be read.
 * @param options.part in CSV: its rows, else one section; that of a block needs no other block of the report
 */
export function formatReport(report: FullReport, format: ReportFormat, options: Options = {}): string {
  const plain = MARKED.has(format) ? report : withPlainNotes(report);
  if (format === "csv") return formatFullCsv(plain, options);
  return WRITERS[format](plain, { only: sectionOfPart(options.part), publicUrl: options.publicUrl ?? null });
}

interface Options extends CsvOptions, Partial<Pick<Reading, "publicUrl">> {}

const sectionOfPart = (part: CsvPart = "all"): SectionKey | null =>
  part === "all" ? null : part === "pairs" ? "pairs" : SECTION_OF_BLOCK[part];

/** Formats whose readers know marks of direction, or need the report as it is. */
const MARKED: ReadonlySet<ReportFormat> = new Set(["html", "json"]);

const WRITERS: Record<Exclude<ReportFormat, "csv">, (report: FullReport, how: Reading) => string> = {
  text: formatText,
  json: formatJson,
  markdown: formatMarkdown,
  latex: formatLatex,
  html: formatHtml,
};

/** JSON in the order of the schema's fields. @throws where the report is not one. */
function formatJson(report: FullReport): string {
  return `${JSON.stringify(fullReportSchema.parse(report), null, 2)}\n`;
}
