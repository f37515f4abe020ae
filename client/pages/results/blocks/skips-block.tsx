import type { Report } from "../../../../server/contract/report.ts";
import type { Skips } from "../../../../server/contract/report-skips.ts";
import { reasons as reasonWords, REASONS } from "../../../words/en/reasons.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import type { DataTable } from "../data-table.ts";
import { TableView } from "../table-view.tsx";
import { countColumn, nameColumn, pairCells, pairColumns, scoreColumn, textColumn } from "./columns.ts";

const says = blocks.skips;

/** What annotators could not judge, and how far it could move the headline. */
export function SkipsBlock({ block, report }: BlockProps<"skips">) {
  if (block.skipped === 0) return <p>{says.none}</p>;
  return (
    <>
      <p>{says.extent(block)}</p>
      <TableView table={skippedSystemsTable(block)} study={report.study} />
      <p class="means">{says.means}</p>
      <TableView table={boundsTable(block, report)} study={report.study} />
    </>
  );
}

export function skippedSystemsTable({ bySystem }: Skips): DataTable {
  return {
    name: "skips-systems",
    caption: says.systems,
    columns: [
      nameColumn("system", blocks.system),
      countColumn("skipped", says.all),
      ...REASONS.map((reason) => countColumn(reason, reasonWords[reason])),
    ],
    rows: bySystem.map(({ system, skipped, reasons }) => ({
      cells: [system, skipped, ...REASONS.map((reason) => reasons[reason])],
    })),
  };
}

/** The declared half-tie rate of every pair with any, as it stands and between its bounds. */
export function boundsTable(block: Skips, report: Pick<Report, "analysis" | "groups">): DataTable {
  const { estimate } = report.analysis;
  const people = report.groups.filter(({ kind, headline }) => headline && kind !== "model");
  const [only] = people.length === 1 ? people : [];
  // the only group of people is all people
  const pairs = block.pairs.filter(({ group }) => group === null || group !== only?.name);
  const pair = pairColumns(pairs);
  return {
    name: "skips",
    caption: says.bounds[estimate],
    columns: [
      ...pair,
      textColumn("group", blocks.group),
      countColumn("skipped", says.all),
      countColumn("judgments", blocks.judgments),
      scoreColumn("half_tie_rate", says.asJudged),
      scoreColumn("half_tie_rate_all_losses", says.allLosses),
      scoreColumn("half_tie_rate_all_wins", says.allWins),
    ],
    rows: pairs.map((one) => ({
      cells: [
        ...pairCells(one, pair),
        one.group ?? words.allPeople,
        one.skipped,
        one.asJudged.judgments,
        one.asJudged[estimate],
        one.allLosses[estimate],
        one.allWins[estimate],
      ],
    })),
  };
}
