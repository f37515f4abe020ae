import type { ReportGroup } from "../contract/report.ts";
import type { JudgmentRows } from "../analysis/rows/judgment-columns.ts";
import type { StudyData } from "../analysis/rows/study-data.ts";
import { isHeadline } from "../report-document/headline.ts";

/** Rows of canonical order keep a comparison's judgments together. */
export function countComparisons({ low, high, prompt, turn, count }: JudgmentRows): number {
  let comparisons = 0;
  for (let i = 0; i < count; i++) {
    const same =
      i > 0 &&
      prompt[i] === prompt[i - 1] &&
      turn[i] === turn[i - 1] &&
      low[i] === low[i - 1] &&
      high[i] === high[i - 1];
    if (!same) comparisons++;
  }
  return comparisons;
}

/** How many judgments each annotator has, by their codes. */
export function judgmentsByAnnotator({ rows, annotators }: StudyData): Uint32Array {
  const judgments = new Uint32Array(annotators.length);
  for (let i = 0; i < rows.count; i++) judgments[rows.annotator[i]!]!++;
  return judgments;
}

/** Annotators with a name who judged, of one group or of all, and how many judgments have none. */
export function countAnnotators(
  { annotators }: StudyData,
  judgments: Uint32Array,
  group?: number,
): Pick<ReportGroup, "annotators" | "unnamed"> {
  let [named, unnamed] = [0, 0];
  annotators.forEach((annotator, i) => {
    if (judgments[i] === 0 || (group !== undefined && annotator.group !== group)) return;
    if (annotator.isUnnamed) unnamed += judgments[i]!;
    else named++;
  });
  return { annotators: named, ...(unnamed > 0 && { unnamed }) };
}

/** Every group with what it judged; one that only an unpublished load knows of has judged nothing. */
export function listedGroups(data: StudyData, byAnnotator: Uint32Array): ReportGroup[] {
  const { facts, rows } = data;
  const judgments = new Uint32Array(facts.groups.length);
  for (let i = 0; i < rows.count; i++) judgments[rows.group[i]!]!++;
  return facts.groups.flatMap((group, code) => {
    const { name, kind, published } = group;
    const judged = judgments[code]!;
    const who = countAnnotators(data, byAnnotator, code);
    return published || judged > 0
      ? [{ name, kind, headline: isHeadline(group), ...who, judgments: judged }]
      : [];
  });
}
