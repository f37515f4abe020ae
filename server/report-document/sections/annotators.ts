import type { FullReport } from "../../contract/report.ts";
import type { AnnotatorFigures } from "../../contract/report-annotators.ts";
import { DASH, estimateCell, number, pCell, refused, shareCell, thirds, whole } from "../cells.ts";
import { type Cell, type DocumentSection, list, paragraph, type Table, tableBlock } from "../document.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { reasonsOf, standingOut } from "./annotator-words.ts";

const ANNOTATORS_MOST = {
  ...{ rows: 20, are: "annotators with the most judgments" },
  weight: ({ judgments }: AnnotatorFigures) => judgments,
};

/** How each annotator worked. */
export function annotatorsSection({ byAnnotator }: FullReport): DocumentSection {
  const excluded = byAnnotator.flatMap((one) =>
    one.excluded === null ? [] : [`${one.annotator}: ${one.excluded}`],
  );
  const reasons = reasonsOf(byAnnotator);
  return {
    key: "annotators",
    title: "Annotators",
    blocks:
      byAnnotator.length === 0
        ? [paragraph("Nobody has judged yet.")]
        : [
            paragraph(
              "Left: among the judgments that are no ties. Agreement: tie-discounted, with the others on the same " +
                "comparisons. Chance: what it would be, were their own answers dealt anew over these comparisons; p: how " +
                "often such a deal agrees as well. Checks have a known answer; repeats are the same comparison judged " +
                "again. Thirds: of their own work, in order, which shows drift. Who stands out by a rule below is worth a " +
                "look; nobody is left out of a figure by it.",
            ),
            ...(excluded.length > 0 ? [paragraph("Left out of every other figure:"), list(excluded)] : []),
            ...[standingOut(byAnnotator)].filter((text) => text !== "").map(paragraph),
            ...(reasons.length > 0 ? [list(reasons)] : []),
            tableBlock(annotatorTable("annotators", "How annotators judged", byAnnotator, judged)),
            tableBlock(annotatorTable("annotators-work", "How annotators worked", byAnnotator, worked)),
          ],
  };
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
  { label: "chance", cell: ({ againstChance: of }) => number(of && "chance" in of ? of.chance : null) },
  { label: "p", cell: againstChanceCell },
  { label: "shared", cell: ({ agreement }) => ("n" in agreement ? whole(agreement.n!) : { text: DASH }) },
];

function againstChanceCell({ againstChance: of }: AnnotatorFigures): Cell {
  if (of === undefined) return { text: DASH };
  return "p" in of ? { ...pCell(of.p), note: of.method } : refused(of);
}

const seconds = (value: number | null): Cell => ({ text: value === null ? DASH : value.toFixed(1) });

const worked: readonly TableColumn<AnnotatorFigures>[] = [
  { label: "median s", cell: ({ medianActiveSeconds }) => seconds(medianActiveSeconds) },
  { label: "under 2 s %", cell: ({ fast }) => (fast === undefined ? { text: DASH } : shareCell(fast)) },
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
];
