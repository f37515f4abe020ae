import type { Context } from "../context.ts";
import { BLOCK_NAMES, type BlockName } from "../contract/report.ts";
import type { ReadingPlace, ReadingQuestion } from "../analysis/reading/reading.ts";
import { type ChartToTypeset, typeset } from "./paper/typeset.ts";
import { ReportBuilder, type ReportQuestion, type TwoNames } from "./report.ts";

/** What is asked for: what a reader sees first, all of it, or one block. */
export type ReportPart = "report" | "full" | BlockName;
export const REPORT_PARTS: readonly ReportPart[] = ["report", "full", ...BLOCK_NAMES];

export interface ReportRequest extends ReportQuestion {
  readonly part: ReportPart;
}

/**
 * What is asked of the judgments that a report is made of: a part of it, the comparisons to read next, or two studies; or of a chart
 * of a report: its file.
 */
export type ServiceRequest =
  | ReportRequest
  | { readonly comparisons: ReadingQuestion }
  | { readonly beside: TwoNames }
  | { readonly chart: ChartToTypeset };

/** Where reports are made: in this thread, or in one that holds up nobody. */
export interface ReportService {
  /**
   * The answer as JSON text: the part, a list of ReadingPlace, a Beside, or the bytes of a file in base64.
   * @throws StudyNotFound, GroupNotFound, GlyphsMissing, ReportsClosed
   */
  answer(request: ServiceRequest): Promise<string>;
  close(): Promise<void>;
}

/** Makes reports in this thread. */
export function reportsHere(context: Pick<Context, "database">): ReportService {
  const builder = new ReportBuilder(context);
  return {
    answer: (request) => answerOf(builder, request),
    close: async () => undefined,
  };
}

async function answerOf(builder: ReportBuilder, request: ServiceRequest): Promise<string> {
  if ("part" in request) return partOf(builder, request);
  if ("chart" in request) return JSON.stringify((await typeset(request.chart)).toString("base64"));
  return JSON.stringify(
    "beside" in request
      ? await builder.beside(request.beside)
      : await builder.comparisons(request.comparisons),
  );
}

/** Blocks that tell of more than what a study's key holds, such as calls to models; they are quickly made. */
const ALWAYS_MADE: ReadonlySet<BlockName> = new Set(["blinding", "skips", "judges"]);

/** A block is made once while nothing in the study changes, however many readers open its page. */
async function partOf(builder: ReportBuilder, request: ReportRequest): Promise<string> {
  const { part, ...question } = request;
  if (part === "report") return JSON.stringify(await builder.report(question));
  if (part === "full") return JSON.stringify(await builder.full(question));
  if (ALWAYS_MADE.has(part)) return JSON.stringify(await builder.block(question, part));
  const answers = await builder.answers(question, part);
  const asked = JSON.stringify(request);
  const known = answers.get(asked);
  if (known !== undefined) return known;
  const made = JSON.stringify(await builder.block(question, part));
  answers.set(asked, made); // if the study changed meanwhile, nobody looks here any more
  return made;
}

/** The comparisons to read next, in the order asked for. @throws StudyNotFound, ReportsClosed */
export async function nextComparisons(
  reports: Pick<ReportService, "answer">,
  question: ReadingQuestion,
): Promise<ReadingPlace[]> {
  return JSON.parse(await reports.answer({ comparisons: question })) as ReadingPlace[];
}

/** A chart as PDF or PNG. @throws GlyphsMissing, ReportsClosed */
export async function typesetFigure(
  reports: Pick<ReportService, "answer">,
  chart: ChartToTypeset,
): Promise<Buffer> {
  return Buffer.from(JSON.parse(await reports.answer({ chart })) as string, "base64");
}
