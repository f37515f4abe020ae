import type { ExclusionEffect } from "../../../../server/contract/report-annotators.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import type { DataTable } from "../data-table.ts";
import { TableView } from "../table-view.tsx";
import { countColumn, pairCells, pairColumns, scoreColumn } from "./columns.ts";

const says = blocks.exclusions;

/** What the exclusions in force change. */
export function ExclusionsBlock({ block, report }: BlockProps<"exclusions">) {
  if (block.annotators === 0) return <p>{says.none}</p>;
  return (
    <>
      <p class="means">{says.means(block.annotators, block.judgments, block.rules)}</p>
      <TableView table={exclusionsTable(block)} study={report.study} />
    </>
  );
}

export function exclusionsTable({ pairs }: ExclusionEffect): DataTable {
  const pair = pairColumns(pairs);
  return {
    name: "exclusions",
    caption: says.caption,
    columns: [
      ...pair,
      { ...countColumn("judgments_before", blocks.judgments), over: says.before },
      { ...scoreColumn("half_tie_rate_before", says.rate), over: says.before },
      { ...countColumn("judgments_after", blocks.judgments), over: says.after },
      { ...scoreColumn("half_tie_rate_after", says.rate), over: says.after },
    ],
    rows: pairs.map((one) => ({
      cells: [
        ...pairCells(one, pair),
        one.before.judgments,
        one.before.halfTieRateByPrompt,
        one.after.judgments,
        one.after.halfTieRateByPrompt,
      ],
    })),
  };
}
