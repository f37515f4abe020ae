import type { BeyondChance } from "../../../../server/contract/report-agreement.ts";
import { beyondChance as says } from "../../../words/en/results-agreement.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { Cell, Column } from "../data-table.ts";
import { countColumn } from "./columns.ts";

const numberColumn = (key: string, label: string): Column => ({
  ...{ key, label, kind: "number", show: (value: number) => blocks.decimal(value) },
});

/** The columns that stand beside one of tie-discounted agreement. */
export const BEYOND_CHANCE_COLUMNS: Column[] = [
  numberColumn("chance", says.chance),
  numberColumn("kappa", says.kappa),
  numberColumn("exact", says.exact),
  numberColumn("exact_kappa", says.exactKappa),
  numberColumn("neither_tie", says.nonTie),
  countColumn("neither_tie_n", says.nonTieCount),
];

/** Their cells; empty in reports of older versions. */
export function beyondChanceCells(beyond: BeyondChance | undefined): Cell[] {
  if (beyond === undefined) return BEYOND_CHANCE_COLUMNS.map(() => null);
  const { chance, kappa, exact, nonTie } = beyond;
  return [chance, kappa, exact.value, exact.kappa, nonTie.value, nonTie.n];
}
