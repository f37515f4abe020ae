import type { Position } from "../../contract/report-effects.ts";
import { estimateCell, number, pCell, whole } from "../cells.ts";
import { type Cell, guide, paragraph, type Section, sectionOf, tablePart } from "../document.ts";
import { counted, shareText } from "../numbers.ts";
import { firstOf, leadOf, MOST_PAIRS, rowName, targetOf } from "../report-parts.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { ALL_PEOPLE } from "../words.ts";

type Sides = Pick<Position, "left" | "right" | "ties" | "rate" | "p">;

const LEFT = "left %";
const COLUMNS: readonly TableColumn<Sides>[] = [
  { label: "left", cell: ({ left }) => whole(left) },
  { label: "right", cell: ({ right }) => whole(right) },
  { label: "ties", cell: ({ ties }) => whole(ties) },
  { label: LEFT, cell: ({ rate }) => number(rate, "share") },
  { label: "p", cell: ({ p }) => pCell(p) },
];

/** Whether judgments lean to one side of the screen. */
export function positionSection(position: Position): Section {
  const { unknownSide, byGroup, byPair } = position;
  return sectionOf("position", [
    paragraph(leanText(position)),
    guide(
      "Left: how often the response on the left was preferred, among the judgments that are no ties; p: exact sign test " +
        "of left against right, as if every judgment were independent of the others, which the interval does not assume. " +
        "Where sides are randomised, as they are of pairs assigned here, a lean costs precision but favours no system.",
    ),
    ...(unknownSide > 0
      ? [paragraph(`Excluded here: ${counted(unknownSide, "judgment")} of files without the sides.`)]
      : []),
    tablePart(everybody(position)),
    ...(byGroup.some(isJudged) ? [tablePart(groupTable(position))] : []),
    ...(byPair.some(isJudged) ? [tablePart(pairTable(position))] : []),
  ]);
}

/** What is concluded is the interval's own: p takes judgments as independent, and can be far too small. */
function leanText({ left, right, rate, interval: ends }: Position): string {
  if (rate === null) return "No judgment with a known side is decisive.";
  const share = shareText({ ...ends, value: rate });
  const lean = !("low" in ends)
    ? "exploratory"
    : ends.low > 0.5 || ends.high < 0.5
      ? "exploratory; the interval excludes an even split"
      : "exploratory; the interval includes an even split";
  return `People chose the response on the left in ${share} of ${counted(left + right, "decisive judgment")} (${lean}).`;
}

const isJudged = ({ left, right, ties }: Sides): boolean => left + right + ties > 0;

const everybody = (position: Position) =>
  tableOf<Position>({
    ...{ key: "position", caption: `Left and right, over ${ALL_PEOPLE}`, first: "judgments of" },
    ...{ rows: [position], name: () => ALL_PEOPLE, to: () => ({}) },
    columns: COLUMNS.map((column) => (column.label === LEFT ? { label: LEFT, cell: leftCell } : column)),
  });

/** All people have an interval; groups and pairs have none. */
function leftCell({ rate, interval: ends }: Position): Cell {
  return rate === null ? number(null) : estimateCell({ value: rate, n: 0, ...ends }, "share");
}

const groupTable = ({ byGroup }: Position) =>
  tableOf<Position["byGroup"][number]>({
    ...{ key: "position-groups", caption: "Left and right by group", first: "group", columns: COLUMNS },
    ...{ rows: byGroup.filter(isJudged), name: ({ group }) => group, to: ({ group }) => ({ group }) },
  });

function pairTable({ byPair }: Position) {
  const target = targetOf({ pairs: byPair });
  return tableOf<Position["byPair"][number]>({
    ...{
      key: "position-pairs",
      caption: `Left and right by pair, over ${ALL_PEOPLE}`,
      first: firstOf(target),
    },
    ...{ rows: byPair.filter(isJudged), name: (pair) => rowName(pair, target), columns: COLUMNS, to: leadOf },
    most: { ...MOST_PAIRS, weight: ({ left, right, ties }) => left + right + ties },
  });
}
