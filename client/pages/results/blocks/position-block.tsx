import type { Position } from "../../../../server/contract/report-effects.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import type { Cell, DataTable, Row } from "../data-table.ts";
import { type Leads, leadsFrom } from "../judged/leads.ts";
import type { Look } from "../judged/look.ts";
import { TableView } from "../table-view.tsx";
import { countColumn, nameColumn, pColumn, shareColumn } from "./columns.ts";

const says = blocks.position;

/** Whether judgments lean to one side of the screen. */
export function PositionBlock({ block, report }: BlockProps<"position">) {
  const { rate, p, left, right, interval, unknownSide } = block;
  const ends = "low" in interval ? says.ends(interval.low, interval.high) : "";
  return (
    <>
      <p>{rate === null || p === null ? says.none : says.says(rate, left + right, ends, p)}</p>
      <p class="means">
        {says.means} {unknownSide > 0 && says.unknown(unknownSide)}
      </p>
      <TableView table={positionTable(block, leadsFrom(report))} study={report.study} />
      <p class="means">{says.guide}</p>
    </>
  );
}

export function positionTable(block: Position, leads?: Leads): DataTable {
  const leading = (look: Look) => (leads ? { href: leads(look) } : {});
  const { interval, byGroup, byPair } = block;
  return {
    name: "position",
    caption: says.caption,
    columns: [
      nameColumn("whose", says.whose),
      countColumn("left", says.left),
      countColumn("right", says.right),
      countColumn("ties", says.ties),
      shareColumn("left_share", says.share),
      pColumn("p", says.p),
    ],
    rows: [
      {
        about: says.byGroup,
        ...rowOf(words.allPeople, block, shareWith(block.rate, interval)),
        tone: "all",
        ...leading({}),
      },
      ...byGroup
        .filter((one) => one.left + one.right + one.ties > 0)
        .map((one) => ({
          ...{ about: says.byGroup, ...rowOf(one.group, one, one.rate) },
          ...leading({ group: one.group }),
        })),
      ...byPair
        .filter((one) => one.left + one.right + one.ties > 0)
        .map((one) => ({
          ...{ about: says.byPair, ...rowOf(pairName(one, byPair), one, one.rate) },
          ...leading({ system: one.system, against: one.against }),
        })),
    ],
  };
}

function rowOf(
  whose: string,
  { left, right, ties, p }: Pick<Position, "left" | "right" | "ties" | "p">,
  share: Cell,
): Row {
  return { cells: [whose, left, right, ties, share, p] };
}

function shareWith(rate: number | null, interval: Position["interval"]): Cell {
  if (rate === null) return null;
  return "low" in interval
    ? { value: rate, ...interval, n: 0 }
    : { value: rate, notEstimable: interval.notEstimable };
}

/** Names held apart by marks of direction, so that neither turns the other around. */
function pairName(one: { system: string; against: string }, all: { system: string }[]): string {
  const several = new Set(all.map(({ system }) => system)).size > 1;
  const against = words.against(`\u2068${one.against}\u2069`);
  return several ? `\u2068${one.system}\u2069 ${against}` : against;
}
