import { REASONS } from "../../contract/reasons.ts";
import type { AnnotatorFigures } from "../../contract/report-annotators.ts";
import type { Report } from "../../contract/report.ts";
import {
  estimateCell,
  nCell,
  NOT_KEPT,
  number,
  orNone,
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
import { whoJudged } from "../people-and-models.ts";
import { type ShowP, shownIn } from "../shown-p.ts";
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
  "work, in order, which shows drift. Annotators are pointed out whose agreement beyond chance is so far " +
  "below what the others show among themselves that it would make the lowest of all readers in one study of twenty, who spend less than 2 s on half of their judgments or more, who fail " +
  "more than half of three or more checks, or whose 95 % interval lies above two thirds for one side or above 80 % for one answer. No rule " +
  "excludes anybody.";

/**
 * How each annotator worked, those first who stand out.
 * @param report says whether p values may be shown
 */
export function annotatorsSection(
  given: readonly AnnotatorFigures[],
  report: Pick<Report, "analysis" | "groups">,
): Section {
  if (given.length === 0) return sectionOf("annotators", "No annotator with a name has judged yet.", []);
  const byAnnotator = [...given].sort((a, b) => Number(isFlagged(b)) - Number(isFlagged(a)));
  const excluded = byAnnotator.flatMap((one) =>
    one.excluded === null ? [] : [{ strong: one.annotator, text: `${one.annotator}: ${one.excluded}` }],
  );
  const reasons = reasonsOf(byAnnotator);
  const out = standingOut(byAnnotator, report.groups);
  return sectionOf("annotators", out === "" ? `${whoJudged(given, report.groups)} judged.` : out, [
    guide(GUIDE),
    ...(excluded.length > 0 ? [paragraph("Excluded from every other figure:"), list(excluded)] : []),
    ...(reasons.length > 0 ? [list(reasons)] : []),
    tablePart(annotatorTable("annotators", "How annotators judged", byAnnotator, judged(shownIn(report)))),
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

const judged = (show: ShowP): readonly TableColumn<AnnotatorFigures>[] => [
  { label: "judgments", cell: ({ judgments }) => whole(judgments) },
  { label: "left %", cell: ({ left }) => shareCell(left) },
  { label: "ties %", cell: ({ ties }) => shareCell(ties) },
  { label: "agreement", cell: ({ agreement }) => estimateCell(agreement) },
  { label: "chance", cell: ofChance(({ chance }) => number(chance)) },
  { label: "kappa", cell: ofChance(kappaCell) },
  { label: "p", cell: ofChance(({ p, method }) => ({ note: { kind: "method", text: method }, ...show(p) })) },
  { label: "shared", cell: ({ agreement }) => nCell(agreement) },
];

type AgainstChance = Exclude<NonNullable<AnnotatorFigures["againstChance"]>, { notEstimable: string }>;

const ofChance =
  (cell: (made: AgainstChance) => Cell) =>
  ({ againstChance: of }: AnnotatorFigures): Cell =>
    of === undefined ? NOT_KEPT : "notEstimable" in of ? refused(of) : cell(of);

function kappaCell({ kappa }: AgainstChance): Cell {
  if (kappa === undefined) return NOT_KEPT;
  return typeof kappa === "number" ? number(kappa) : refused(kappa);
}

const worked: readonly TableColumn<AnnotatorFigures>[] = [
  {
    label: "median s",
    cell: ({ medianActiveSeconds }) =>
      orNone(medianActiveSeconds, REASONS.noActiveTime, (seconds) => number(seconds, "seconds")),
  },
  { label: "under 2 s %", cell: ({ fast }) => (fast === undefined ? NOT_KEPT : shareCell(fast)) },
  { label: "checks", cell: ({ checks }) => outOf(checks.passed, checks.of, "no check was judged") },
  { label: "repeats", cell: ({ repeats }) => outOf(repeats.same, repeats.of, REASONS.noRepeats) },
  {
    label: "agreement, thirds",
    cell: ({ drift }) =>
      "agreement" in drift ? thirds(drift.agreement, "rate", REASONS.nobodyElse) : refused(drift),
  },
  {
    label: "seconds, thirds",
    cell: ({ drift }) =>
      "agreement" in drift
        ? thirds(drift.medianActiveSeconds, "seconds", REASONS.noActiveTime)
        : refused(drift),
  },
];

/** Of reports that older versions kept. */
const outliers: readonly TableColumn<AnnotatorFigures>[] = [
  { label: "p", cell: ({ outlier }) => ("p" in outlier ? pCell(outlier.p) : refused(outlier)) },
  {
    label: "outlier",
    cell: ({ outlier }) => ("p" in outlier ? words(outlier.flagged ? "yes" : "no") : refused(outlier)),
    words: true,
  },
];
