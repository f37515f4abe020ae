import { type FullReport, fullReportSchema } from "../../contract/report.ts";
import { withPlainNotes } from "../direction.ts";
import { type CsvOptions, formatFullCsv } from "./full-csv.ts";
import { formatHtml } from "./html.ts";
import { formatLatex } from "./latex.ts";
import { formatMarkdown } from "./markdown.ts";
import { formatText } from "./text.ts";

export { CSV_PARTS, type CsvPart, formatBlockCsv } from "./full-csv.ts";

export const REPORT_FORMATS = ["text", "json", "csv", "markdown", "latex", "html"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/**
 * A report in one of its formats; each ends with a line end. The same report gives the same bytes. JSON and CSV hold
 * every figure in full; the others are to be read.
 */
export function formatReport(report: FullReport, format: ReportFormat, options: Options = {}): string {
  const plain = MARKED.has(format) ? report : withPlainNotes(report);
  return format === "csv" ? formatFullCsv(plain, options) : WRITERS[format](plain, options.publicUrl ?? null);
}

interface Options extends CsvOptions {
  /** The address of a server whose methods HTML and LaTeX link to; null: they name its file. */
  readonly publicUrl?: string | null;
}

/** Formats whose readers know marks of direction, or need the report as it is. */
const MARKED: ReadonlySet<ReportFormat> = new Set(["html", "json"]);

const WRITERS: Record<
  Exclude<ReportFormat, "csv">,
  (report: FullReport, publicUrl: string | null) => string
> = {
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
