import type { Context } from "../context.ts";
import { BLOCK_NAMES, type BlockName, type FullReport, type Report } from "../contract/report.ts";
import { ReportBuilder, type ReportQuestion } from "./report.ts";

/** What is asked for: what a reader sees first, all of it, or one block. */
export type ReportPart = "report" | "full" | BlockName;
export const REPORT_PARTS: readonly ReportPart[] = ["report", "full", ...BLOCK_NAMES];

export interface ReportRequest extends ReportQuestion {
  readonly part: ReportPart;
}

/** Where reports are made: in this thread, or in one that holds up nobody. */
export interface ReportService {
  /** The part as JSON text. @throws StudyNotFound, GroupNotFound, ReportsClosed */
  answer(request: ReportRequest): Promise<string>;
  close(): Promise<void>;
}

/** Makes reports in this thread. */
export function reportsHere(context: Pick<Context, "database">): ReportService {
  const builder = new ReportBuilder(context);
  return {
    answer: async ({ part, ...question }) => JSON.stringify(await partOf(builder, { part, ...question })),
    close: async () => undefined,
  };
}

function partOf(
  builder: ReportBuilder,
  { part, ...question }: ReportRequest,
): Promise<Report | FullReport | object | null> {
  if (part === "report") return builder.report(question);
  return part === "full" ? builder.full(question) : builder.block(question, part);
}
