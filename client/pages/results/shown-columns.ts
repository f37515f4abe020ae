import { type Cell, type Column, type DataTable, estimateOf, isNumber } from "./data-table.ts";

/** What a table shows: less those columns of which nothing could be had, each named with the reasons. */
export interface ShownTable {
  table: DataTable;
  /** Whether any figure is left to show. */
  hasFigures: boolean;
  refused: { labels: string[]; reason: string }[];
}

/**
 * Parts a table from the columns that would say “not estimable” in every row, so that the reason stands once, and
 * from those that then have nothing left to say. A matrix keeps all of its columns, or none.
 */
export function shownColumns(table: DataTable): ShownTable {
  const { columns, rows } = table;
  const cells = columns.map((_, i) => rows.map((row) => row.cells[i] ?? null));
  const reasons = cells.map(reasonsOf);
  const partly = table.matrix === true && reasons.slice(1).includes(null);
  if (partly || reasons.every((one) => one === null)) return { table, hasFigures: true, refused: [] };
  const kept = columns.map((_, i) => reasons[i] === null && !cells[i]?.every(isEmpty));
  const keep = <One>(all: One[]) => all.filter((_, i) => kept[i]);
  const shown = keep(columns);
  const isFigure = ({ kind }: Column) => kind === "estimate" || kind === "counted";
  return {
    table: { ...table, columns: shown, rows: rows.map((row) => ({ ...row, cells: keep(row.cells) })) },
    hasFigures: shown.some(isFigure) || (!columns.some(isFigure) && shown.some(isNumber)),
    refused: byReason(columns, reasons),
  };
}

const isEmpty = (cell: Cell): boolean => cell === null || cell === "";

/** The reasons in a column that has nothing else; null where it has. */
function reasonsOf(cells: Cell[]): string[] | null {
  const reasons = new Set<string>();
  for (const cell of cells) {
    if (isEmpty(cell)) continue;
    const estimate = estimateOf(cell);
    if (estimate === null || !("notEstimable" in estimate) || "value" in estimate) return null;
    reasons.add(estimate.notEstimable);
  }
  return reasons.size === 0 ? null : [...reasons];
}

function byReason(columns: Column[], reasons: (string[] | null)[]): ShownTable["refused"] {
  const found = new Map<string, Set<string>>();
  columns.forEach(({ over, label }, i) => {
    for (const reason of reasons[i] ?? []) {
      found.set(reason, (found.get(reason) ?? new Set()).add(over ?? label));
    }
  });
  return [...found].map(([reason, labels]) => ({ labels: [...labels], reason }));
}
