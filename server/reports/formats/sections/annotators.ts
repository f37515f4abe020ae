import type { FullReport } from "../../../contract/report.ts";
import type { AnnotatorFigures } from "../../../contract/report-annotators.ts";
import { DASH, estimateCell, pCell, refused, shareCell, thirds, whole } from "../cells.ts";
import { type Cell, type DocumentSection, list, paragraph, type Table, tableBlock } from "../document.ts";
import { counted } from "../numbers.ts";
import { type TableColumn, tableOf } from "../tables.ts";

const ANNOTATORS_MOST = {
  ...{ rows: 20, are: "annotators with the most judgments" },
  weight: ({ judgments }: AnnotatorFigures) => judgments,
};

/** How each annotator worked. */
export function annotatorsSection({ byAnnotator }: FullReport): DocumentSection {
  const excluded = byAnnotator.flatMap((one) =>
    one.excluded === null ? [] : [`${one.annotator}: ${one.excluded}`],
  );
  return {
    key: "annotators",
    title: "Annotators",
    blocks:
      byAnnotator.length === 0
        ? [paragraph("Nobody has judged yet.")]
        : [
            paragraph(
              "Left: among the judgments that are no ties. Agreement: tie-discounted, with the others on the same " +
                "comparisons. Checks have a known answer; repeats are the same comparison judged again. Thirds: of " +
                "their own work, in order, which shows drift. Outlier: how likely so unusual judgments are by chance.",
            ),
            ...(excluded.length > 0 ? [paragraph("Left out of every other figure:"), list(excluded)] : []),
            ...(byAnnotator.some(isFlagged) ? [paragraph(flagged(byAnnotator))] : []),
            tableBlock(annotatorTable("annotators", "How annotators judged", byAnnotator, judged)),
            tableBlock(annotatorTable("annotators-work", "How annotators worked", byAnnotator, worked)),
          ],
  };
}

const isFlagged = ({ outlier }: AnnotatorFigures): boolean => "flagged" in outlier && outlier.flagged;

function flagged(all: readonly AnnotatorFigures[]): string {
  const names = all.filter(isFlagged).map(({ annotator }) => annotator);
  return `Unusual by the outlier test: ${counted(names.length, "annotator")} (${names.join(", ")}).`;
}

function annotatorTable(
  key: string,
  caption: string,
  rows: readonly AnnotatorFigures[],
  columns: readonly TableColumn<AnnotatorFigures>[],
): Table {
  const name = ({ annotator, group }: AnnotatorFigures) =>
    annotator === group ? annotator : `${annotator} (${group})`;
  return tableOf({ key, caption, rows, columns, first: "annotator", name, most: ANNOTATORS_MOST });
}

const judged: readonly TableColumn<AnnotatorFigures>[] = [
  { label: "n", cell: ({ judgments }) => whole(judgments) },
  { label: "left %", cell: ({ left }) => shareCell(left) },
  { label: "ties %", cell: ({ ties }) => shareCell(ties) },
  { label: "agreement", cell: ({ agreement }) => estimateCell(agreement) },
  { label: "shared", cell: ({ agreement }) => ("n" in agreement ? whole(agreement.n!) : { text: DASH }) },
];

const seconds = (value: number | null): Cell => ({ text: value === null ? DASH : value.toFixed(1) });

const worked: readonly TableColumn<AnnotatorFigures>[] = [
  { label: "median s", cell: ({ medianActiveSeconds }) => seconds(medianActiveSeconds) },
  { label: "checks", cell: ({ checks }) => ({ text: `${checks.passed} / ${checks.of}` }) },
  { label: "repeats", cell: ({ repeats }) => ({ text: `${repeats.same} / ${repeats.of}` }) },
  {
    label: "agreement, thirds",
    cell: ({ drift }) => ("agreement" in drift ? thirds(drift.agreement, 2) : refused(drift)),
  },
  {
    label: "seconds, thirds",
    cell: ({ drift }) => ("agreement" in drift ? thirds(drift.medianActiveSeconds, 1) : refused(drift)),
  },
  {
    label: "outlier p",
    cell: ({ outlier }) =>
      "p" in outlier ? { ...pCell(outlier.p), note: outlier.method } : refused(outlier),
  },
];
