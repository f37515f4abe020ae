import { type Cell, type Column, type DataTable, estimateOf, isNumber } from "./data-table.ts";

/** What a table shows: less those columns of which nothing could be had, each named with the reasons. */
export interface ShownTable {
  table: DataTable;
  /** Whether any figure is left to show. */
  hasFigures: boolean;
  refused: { labels: string[]; reason: string }[];
}

/** Parts a table from the columns that would say “not estimable” in every row, so that the reason stands once. */
export function shownColumns(table: DataTable): ShownTable {
  const { columns, rows } = table;
  const cellsOf = (i: number) => rows.map((row) => row.cells[i] ?? null);
  const reasons = columns.map((_, i) => reasonsOf(cellsOf(i)));
  const empty = (i: number) => rows.length > 0 && cellsOf(i).every((cell) => cell === null || cell === "");
  const gone = columns.map(({ over }, i) => {
    if (reasons[i] !== null) return true;
    return (
      empty(i) && over !== undefined && columns.some((one, j) => one.over === over && reasons[j] !== null)
    );
  });
  if (!gone.includes(true)) return { table, hasFigures: true, refused: [] };
  const keep = <One>(all: One[]) => all.filter((_, i) => gone[i] !== true);
  const shown = keep(columns);
  return {
    table: { ...table, columns: shown, rows: rows.map((row) => ({ ...row, cells: keep(row.cells) })) },
    hasFigures: shown.some(isNumber),
    refused: byReason(columns, reasons),
  };
}

/** The reasons in a column that has nothing else; null where it has. */
function reasonsOf(cells: Cell[]): string[] | null {
  const reasons = new Set<string>();
  for (const cell of cells) {
    if (cell === null) continue;
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
