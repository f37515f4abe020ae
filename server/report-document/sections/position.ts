import type { FullReport } from "../../contract/report.ts";
import type { Position } from "../../contract/report-effects.ts";
import { DASH, intervalCell, pCell, whole } from "../cells.ts";
import { type Cell, type DocumentSection, paragraph, tableBlock } from "../document.ts";
import { counted, perCent } from "../numbers.ts";
import { rowName, targetOf } from "../report-parts.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { firstOf, MOST_PAIRS } from "./pairs.ts";

type Sides = Pick<Position, "left" | "right" | "ties" | "rate" | "p">;

const rateCell = ({ rate }: Sides): Cell => ({ text: rate === null ? DASH : perCent(rate) });

const COLUMNS: readonly TableColumn<Sides>[] = [
  { label: "left", cell: ({ left }) => whole(left) },
  { label: "right", cell: ({ right }) => whole(right) },
  { label: "ties", cell: ({ ties }) => whole(ties) },
  { label: "left %", cell: rateCell },
  { label: "p", cell: ({ p }) => pCell(p) },
];

/** Whether judgments lean to one side of the screen. */
export function positionSection(report: FullReport): DocumentSection {
  const { position } = report;
  const target = targetOf(report);
  const { unknownSide } = position;
  return {
    key: "position",
    title: "Position",
    blocks: [
      paragraph(
        "How often the response on the left was preferred, among the judgments that are no ties; p: exact sign test " +
          "of left against right, as if every judgment stood alone.",
      ),
      ...(unknownSide > 0
        ? [
            paragraph(
              `${counted(unknownSide, "judgment")} of files that do not say which side was shown: not in here.`,
            ),
          ]
        : []),
      tableBlock(everybody(position)),
      ...(position.byGroup.length > 0 ? [tableBlock(byGroup(position))] : []),
      ...(position.byPair.length > 0 ? [tableBlock(byPair(position, target))] : []),
    ],
  };
}

const everybody = (position: Position) =>
  tableOf<Position>({
    ...{ key: "position", caption: "Left and right, over all people", first: "judgments of" },
    ...{ rows: [position], name: () => "all people" },
    columns: [
      ...COLUMNS,
      {
        label: "interval of left",
        cell: ({ interval }) => intervalCell(interval),
      },
    ],
  });

const byGroup = ({ byGroup }: Position) =>
  tableOf<Position["byGroup"][number]>({
    ...{ key: "position-groups", caption: "Left and right by group", first: "group" },
    ...{ rows: byGroup, name: ({ group }) => group, columns: COLUMNS },
  });

const byPair = ({ byPair }: Position, target: string | null) =>
  tableOf<Position["byPair"][number]>({
    ...{ key: "position-pairs", caption: "Left and right by pair, over all people", first: firstOf(target) },
    ...{ rows: byPair, name: (pair) => rowName(pair, target), columns: COLUMNS },
    most: { ...MOST_PAIRS, weight: ({ left, right, ties }) => left + right + ties },
  });
