import { canonicalOrder } from "../../server/analysis/rows/canonical-order.ts";
import {
  COLUMN_NAMES,
  GrowingColumns,
  type JudgmentRows,
  rowsAt,
} from "../../server/analysis/rows/judgment-columns.ts";

/** One judgment as a test states it, in codes. */
export type GivenRow = Readonly<Record<(typeof COLUMN_NAMES)[number], number>>;

/** Columns of these judgments, in canonical order. */
export function judgmentRows(given: readonly GivenRow[]): JudgmentRows {
  const { columns } = filled(given);
  return rowsAt(
    columns,
    canonicalOrder(
      columns,
      Int32Array.from(given, (_, i) => i),
    ),
  );
}

function filled(given: readonly GivenRow[]): GrowingColumns {
  const growing = new GrowingColumns();
  for (const row of given) {
    const { columns, from } = growing.grow(1);
    for (const name of COLUMN_NAMES) columns[name][from] = row[name];
  }
  return growing;
}
