import type { ExclusionEffect } from "../../../../server/contract/report-annotators.ts";
import { results as words } from "../../../words/en/results.ts";
import type { BlockProps } from "../block-section.tsx";
import type { DataTable } from "../data-table.ts";
import { TableView } from "../table-view.tsx";
import { countColumn, pairCells, pairColumns, scoreColumn } from "./columns.ts";

const says = words.blocks.exclusions;

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
      countColumn("judgments_before", says.beforeJudgments),
      scoreColumn("half_tie_rate_before", says.before),
      countColumn("judgments_after", says.afterJudgments),
      scoreColumn("half_tie_rate_after", says.after),
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
