import type { FastifyRequest } from "fastify";
import type { PromptPart } from "../../analysis/rows/prompt-parts.ts";
import type { Context } from "../../context.ts";
import type { BlockName, FullReport, Report } from "../../contract/report.ts";
import { bearerOf, requireRight, SignInNeeded } from "../../http/access.ts";
import { requireReader } from "../readers.ts";
import type { ReportService } from "../report-service.ts";
import { sharedBy } from "../share.ts";
import { keptReport, snapshotPart } from "../snapshots.ts";

interface Asked {
  readonly study: string;
  readonly group?: string | undefined;
  readonly prompts?: PromptPart | undefined;
  /** A saved report, by its number. */
  readonly snapshot?: number | "latest" | undefined;
  /** The one block that is needed, `pairs` for none; null: all of them. */
  readonly block: BlockName | "pairs" | null;
}

/**
 * The report that somebody may see: a member of the study, whoever has a link to its live report, or to a saved one, which it is
 * then. Other saved reports are for members. @throws SignInNeeded, NotAllowed, SnapshotNotFound
 */
export async function reportForPaper(
  { context, reports }: { context: Context; reports: ReportService },
  request: FastifyRequest,
  { block, snapshot, ...question }: Asked,
): Promise<FullReport> {
  const { study } = question;
  if (request.caller === null && request.headers.authorization !== undefined) {
    const shared = await sharedBy(context, bearerOf(request));
    if (shared.study !== study) throw new SignInNeeded();
    if (shared.snapshotId !== null)
      return JSON.parse(await snapshotPart(context, shared.snapshotId, "full")) as FullReport;
  }
  await requireReader(context, request, study);
  if (snapshot !== undefined) {
    await requireRight(request, "results"); // a link opens the report that it was made for, and no other
    return keptReport(context, { study, number: snapshot === "latest" ? null : snapshot });
  }
  const part = async (name: BlockName | "report" | "full"): Promise<unknown> =>
    JSON.parse(await reports.answer({ ...question, part: name }));
  if (block === null) return (await part("full")) as FullReport;
  const [report, made] = await Promise.all([part("report"), block === "pairs" ? null : part(block)]);
  return withBlock(report as Report, block, made);
}

/** A report with one block: enough for the section that it becomes. */
function withBlock(report: Report, block: BlockName | "pairs", made: unknown): FullReport {
  if (block === "pairs") return report as FullReport;
  if (block !== "tests") return { ...report, [block]: made } as FullReport;
  const tests = made as readonly object[];
  return { ...report, pairs: report.pairs.map((pair, i) => ({ ...pair, ...tests[i] })) } as FullReport;
}
