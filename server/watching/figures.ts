import type { Context } from "../context.ts";
import type { AnnotatorFigures } from "../contract/report-annotators.ts";
import type { ReportService } from "../reports/report-service.ts";
import { etagFor } from "../reports/snapshot-key.ts";

interface Made {
  readonly key: string;
  readonly figures: readonly AnnotatorFigures[];
}

/** Studies whose figures are kept. */
const KEPT = 200;
/** By where reports are made; the study that was read latest at the end. */
const kept = new WeakMap<ReportService, Map<string, Made>>();

/**
 * How each annotator of a study worked, as the report has it: made again only once something of the study has changed, since
 * what is wrong today is asked for every minute. @throws StudyNotFound
 */
export async function figuresByAnnotator(
  { context, reports }: { context: Pick<Context, "database">; reports: ReportService },
  study: string,
): Promise<readonly AnnotatorFigures[]> {
  const studies = kept.get(reports) ?? new Map<string, Made>();
  kept.set(reports, studies);
  const key = await context.database.read((reader) => etagFor(reader, study));
  const known = studies.get(study);
  const figures =
    known?.key === key
      ? known.figures
      : (JSON.parse(await reports.answer({ study, part: "byAnnotator" })) as AnnotatorFigures[]);
  studies.delete(study);
  studies.set(study, { key, figures });
  const [oldest] = studies.keys();
  if (studies.size > KEPT) studies.delete(oldest!);
  return figures;
}
