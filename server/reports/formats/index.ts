import { type FullReport, fullReportSchema } from "../../contract/report.ts";
import { formatCsv } from "./csv.ts";
import { formatMarkdown } from "./markdown.ts";
import { formatText } from "./text.ts";

export const REPORT_FORMATS = ["text", "json", "csv", "markdown"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A report in one of its formats; each ends with a line end. The same report gives the same bytes. */
export function formatReport(report: FullReport, format: ReportFormat): string {
  return WRITERS[format](report);
}

const WRITERS: Record<ReportFormat, (report: FullReport) => string> = {
  text: formatText,
  json: formatJson,
  csv: formatCsv,
  markdown: formatMarkdown,
};

/** JSON in the order of the schema's fields. @throws where the report is not one. */
function formatJson(report: FullReport): string {
  return `${JSON.stringify(fullReportSchema.parse(report), null, 2)}\n`;
}
