import { canonicalOrder } from "./canonical-order.ts";
import { COLUMN_NAMES, GrowingColumns, type JudgmentRows, rowsAt } from "./judgment-columns.ts";
import type { StudyData } from "./study-data.ts";

/** The counted judgments together with those of excluded annotators, in canonical order. */
export function allRows({ rows, excluded }: Pick<StudyData, "rows" | "excluded">): JudgmentRows {
  if (excluded.count === 0) return rows;
  const growing = new GrowingColumns();
  for (const part of [rows, excluded]) {
    const { columns, from } = growing.grow(part.count);
    for (const name of COLUMN_NAMES) columns[name].set(part[name], from);
  }
  const positions = Int32Array.from({ length: growing.count }, (_, i) => i);
  return rowsAt(growing.columns, canonicalOrder(growing.columns, positions));
}
