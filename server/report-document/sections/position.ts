import { REASONS } from "../../contract/reasons.ts";
import type { Position } from "../../contract/report-effects.ts";
import type { Report } from "../../contract/report.ts";
import { estimateCell, number, refused, whole } from "../cells.ts";
import { type Cell, guide, paragraph, type Section, sectionOf, tablePart } from "../document.ts";
import { counted, shareText } from "../numbers.ts";
import { firstOf, leadOf, MOST_PAIRS, rowName, targetOf } from "../report-parts.ts";
import { type ShowP, shownIn } from "../shown-p.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { ALL_PEOPLE } from "../words.ts";

type Sides = Pick<Position, "left" | "right" | "ties" | "rate" | "p">;
type Columns = readonly TableColumn<Sides>[];

const LEFT = "left %";
const NOT_DECISIVE = { notEstimable: REASONS.noDecisiveWithSide };

const columns = (show: ShowP): TableColumn<Sides>[] => [
  { label: "left", cell: ({ left }) => whole(left) },
  { label: "right", cell: ({ right }) => whole(right) },
  { label: "ties", cell: ({ ties }) => whole(ties) },
  { label: LEFT, cell: ({ rate }) => (rate === null ? refused(NOT_DECISIVE) : number(rate, "share")) },
  { label: "p", cell: ({ rate, p }) => (rate === null ? refused(NOT_DECISIVE) : show(p)) },
];

/**
 * Whether judgments lean to one side of the screen.
 * @param report says whether p values may be shown
 */
export function positionSection(position: Position, report: Pick<Report, "analysis">): Section {
  const made = columns(shownIn(report));
  const { unknownSide, byGroup, byPair } = position;
  return sectionOf("position", leanText(position), [
    guide(
      "Left: how often the response on the left was preferred, among the judgments that are no ties; p: exact sign test " +
        "of left against right, as if every judgment were independent of the others, which the interval does not assume. " +
        "Where sides are randomised, as they are of pairs assigned here, a lean favours no system, but draws rates towards one half.",
    ),
    ...(unknownSide > 0
      ? [paragraph(`Excluded here: ${counted(unknownSide, "judgment")} of files without the sides.`)]
      : []),
    tablePart(everybody(position, made)),
    ...(byGroup.some(isJudged) ? [tablePart(groupTable(position, made))] : []),
    ...(byPair.some(isJudged) ? [tablePart(pairTable(position, made))] : []),
  ]);
}

/** Whether the interval excludes an even split. */
export const leansToOneSide = ({ interval: ends }: Position): boolean =>
  "low" in ends && (ends.low > 0.5 || ends.high < 0.5);

/** What is concluded is the interval's own: p takes judgments as independent, and can be far too small. */
export function leanText(position: Position): string {
  const { left, right, rate, interval: ends } = position;
  if (rate === null) return "No judgment with a known side is decisive.";
  const share = shareText({ ...ends, value: rate });
  const lean = !("low" in ends)
    ? "exploratory"
    : leansToOneSide(position)
      ? "exploratory; the interval excludes an even split"
      : "exploratory; the interval includes an even split";
  return `People chose the response on the left in ${share} of ${counted(left + right, "decisive judgment")} (${lean}).`;
}

const isJudged = ({ left, right, ties }: Sides): boolean => left + right + ties > 0;

const everybody = (position: Position, columns: Columns) =>
  tableOf<Position>({
    ...{ key: "position", caption: `Left and right, over ${ALL_PEOPLE}`, first: "judgments of" },
    ...{ rows: [position], name: () => ALL_PEOPLE, to: () => ({}) },
    columns: columns.map((column) => (column.label === LEFT ? { label: LEFT, cell: leftCell } : column)),
  });

/** All people have an interval; groups and pairs have none. */
function leftCell({ rate, interval: ends }: Position): Cell {
  return rate === null ? refused(NOT_DECISIVE) : estimateCell({ value: rate, n: 0, ...ends }, "share");
}

const groupTable = ({ byGroup }: Position, columns: Columns) =>
  tableOf<Position["byGroup"][number]>({
    ...{ key: "position-groups", caption: "Left and right by group", first: "group", columns },
    ...{ rows: byGroup.filter(isJudged), name: ({ group }) => group, to: ({ group }) => ({ group }) },
  });

function pairTable({ byPair }: Position, columns: Columns) {
  const target = targetOf({ pairs: byPair });
  return tableOf<Position["byPair"][number]>({
    ...{
      key: "position-pairs",
      caption: `Left and right by pair, over ${ALL_PEOPLE}`,
      first: firstOf(target),
    },
    ...{ rows: byPair.filter(isJudged), name: (pair) => rowName(pair, target), columns, to: leadOf },
    most: { ...MOST_PAIRS, weight: ({ left, right, ties }) => left + right + ties },
  });
}
