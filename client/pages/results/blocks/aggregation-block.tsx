import type { Aggregation } from "../../../../server/contract/report-annotators.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import type { Cell, DataTable } from "../data-table.ts";
import { type Leads, leadsFrom } from "../judged/leads.ts";
import { TableView } from "../table-view.tsx";
import { countColumn, pairCells, pairColumns } from "./columns.ts";

const says = blocks.aggregation;
const OUTCOMES = ["win", "tie", "loss"] as const;

/** One label for each comparison: by majority, and by Dawid–Skene. */
export function AggregationBlock({ block, report }: BlockProps<"aggregation">) {
  const { dawidSkene } = block;
  return (
    <>
      <p class="means">
        {says.means}{" "}
        {"differsFromMajority" in dawidSkene &&
          says.differ(dawidSkene.differsFromMajority, dawidSkene.comparisons)}
        {"converged" in dawidSkene && !dawidSkene.converged && ` ${says.notConverged}`}
      </p>
      <TableView table={aggregationTable(block, leadsFrom(report))} study={report.study} />
    </>
  );
}

export function aggregationTable({ pairs }: Aggregation, leads?: Leads): DataTable {
  const pair = pairColumns(pairs);
  return {
    name: "aggregation",
    caption: says.caption,
    columns: [
      ...pair,
      countColumn("comparisons", blocks.comparisons),
      ...OUTCOMES.map((outcome) => ({
        ...countColumn(`majority_${outcome}`, words[outcome]),
        over: says.majority,
      })),
      ...OUTCOMES.map((outcome) => ({
        ...countColumn(`dawid_skene_${outcome}`, words[outcome]),
        over: says.dawidSkene,
        reasons: outcome === "win",
      })),
    ],
    rows: pairs.map((one) => ({
      cells: [
        ...pairCells(one, pair),
        one.comparisons,
        ...OUTCOMES.map((outcome) => one.majority[outcome]),
        ...dawidSkeneCells(one.dawidSkene),
      ],
      ...(leads ? { href: leads({ system: one.system, against: one.against }) } : {}),
    })),
  };
}

const dawidSkeneCells = (labels: Aggregation["pairs"][number]["dawidSkene"]): Cell[] =>
  "notEstimable" in labels ? [labels, null, null] : OUTCOMES.map((outcome) => labels[outcome]);
