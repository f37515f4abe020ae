import type { AnnotatorFigures } from "../../contract/report-annotators.ts";
import {
  estimateCell,
  nCell,
  number,
  outOf,
  pCell,
  refused,
  shareCell,
  thirds,
  whole,
  words,
} from "../cells.ts";
import {
  type Cell,
  guide,
  list,
  paragraph,
  type Section,
  sectionOf,
  type Table,
  tablePart,
} from "../document.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { isFlagged, isKnown, reasonsOf, standingOut } from "./annotator-words.ts";

const ANNOTATORS_MOST = {
  ...{ rows: 20, are: "annotators with the most judgments" },
  weight: ({ judgments }: AnnotatorFigures) => judgments,
};
const GUIDE =
  "Left: among the judgments that are no ties. Agreement: tie-discounted, with the others on the same comparisons. Chance: what " +
  "it would be if their own answers were shuffled over these comparisons; kappa: agreement beyond chance, 0 for chance and 1 for full agreement; p: how often such a shuffle agrees as well, so that a " +
  "small p means better than chance. Checks have a known answer (gold); repeats are the same comparison judged again. Thirds: of their own " +
  "work, in order, which shows drift. Annotators are pointed out whose agreement is not " +
  "shown to be better than chance where the test could show it, who spend less than 2 s on half of their judgments or more, who fail " +
  "more than half of three or more checks, or whose 95 % interval lies above two thirds for one side or above 80 % for one answer. No rule " +
  "excludes anybody.";

/** How each annotator worked, those first who stand out. */
export function annotatorsSection(given: readonly AnnotatorFigures[]): Section {
  if (given.length === 0)
    return sectionOf("annotators", [paragraph("No annotator with a name has judged yet.")]);
  const byAnnotator = [...given].sort((a, b) => Number(isFlagged(b)) - Number(isFlagged(a)));
  const excluded = byAnnotator.flatMap((one) =>
    one.excluded === null ? [] : [{ strong: one.annotator, text: `${one.annotator}: ${one.excluded}` }],
  );
  const reasons = reasonsOf(byAnnotator);
  return sectionOf("annotators", [
    guide(GUIDE),
    ...(excluded.length > 0 ? [paragraph("Excluded from every other figure:"), list(excluded)] : []),
    ...[standingOut(byAnnotator)].filter((text) => text !== "").map(paragraph),
    ...(reasons.length > 0 ? [list(reasons)] : []),
    tablePart(annotatorTable("annotators", "How annotators judged", byAnnotator, judged)),
    tablePart(annotatorTable("annotators-work", "How annotators worked", byAnnotator, worked)),
    ...(byAnnotator.every(isKnown)
      ? []
      : [
          tablePart(
            annotatorTable("annotators-outliers", "Outliers, by an older rule", byAnnotator, outliers),
          ),
        ]),
  ]);
}

function annotatorTable(
  key: string,
  caption: string,
  rows: readonly AnnotatorFigures[],
  columns: readonly TableColumn<AnnotatorFigures>[],
): Table {
  return tableOf<AnnotatorFigures>({
    ...{ key, caption, rows, columns, first: "annotator", most: ANNOTATORS_MOST, flagged: isFlagged },
    name: ({ annotator, group }) => (annotator === group ? annotator : `${annotator} (${group})`),
    to: ({ annotator, group }) => ({ annotator, group }),
  });
}

const judged: readonly TableColumn<AnnotatorFigures>[] = [
  { label: "judgments", cell: ({ judgments }) => whole(judgments) },
  { label: "left %", cell: ({ left }) => shareCell(left) },
  { label: "ties %", cell: ({ ties }) => shareCell(ties) },
  { label: "agreement", cell: ({ agreement }) => estimateCell(agreement) },
  { label: "chance", cell: ({ againstChance: of }) => number(of && "chance" in of ? of.chance : null) },
  { label: "kappa", cell: kappaCell },
  { label: "p", cell: againstChanceCell },
  { label: "shared", cell: ({ agreement }) => nCell(agreement) },
];

function kappaCell({ againstChance: of }: AnnotatorFigures): Cell {
  if (of === undefined || !("kappa" in of) || of.kappa === undefined) return words(null);
  return typeof of.kappa === "number" ? number(of.kappa) : refused(of.kappa);
}

function againstChanceCell({ againstChance: of }: AnnotatorFigures): Cell {
  if (of === undefined) return words(null);
  return "p" in of ? { ...pCell(of.p), note: { kind: "method", text: of.method } } : refused(of);
}

const worked: readonly TableColumn<AnnotatorFigures>[] = [
  { label: "median s", cell: ({ medianActiveSeconds }) => number(medianActiveSeconds, "seconds") },
  { label: "under 2 s %", cell: ({ fast }) => (fast === undefined ? words(null) : shareCell(fast)) },
  { label: "checks", cell: ({ checks }) => outOf(checks.passed, checks.of) },
  { label: "repeats", cell: ({ repeats }) => outOf(repeats.same, repeats.of) },
  {
    label: "agreement, thirds",
    cell: ({ drift }) => ("agreement" in drift ? thirds(drift.agreement, "rate") : refused(drift)),
  },
  {
    label: "seconds, thirds",
    cell: ({ drift }) =>
      "agreement" in drift ? thirds(drift.medianActiveSeconds, "seconds") : refused(drift),
  },
];

/** Of reports that older versions kept. */
const outliers: readonly TableColumn<AnnotatorFigures>[] = [
  { label: "p", cell: ({ outlier }) => ("p" in outlier ? pCell(outlier.p) : refused(outlier)) },
  {
    label: "outlier",
    cell: ({ outlier }) => words("p" in outlier ? (outlier.flagged ? "yes" : "no") : null),
    words: true,
  },
];
