import { type CsvCell, csvText } from "./csv-text.ts";
import { type About, type Cell, type Column, type DataTable, estimateOf, isCounted } from "./data-table.ts";

/** The table as CSV: an estimate takes five columns, for its value, ends, method, and why something is missing. */
export function tableCsv({ columns, rows }: DataTable): string {
  const about = rows.map((row) => row.about).find((one) => one !== undefined);
  const header = [...aboutKeys(about), ...columns.flatMap(keysOf)];
  const lines = rows.map((row) => [
    ...aboutCells(row.about),
    ...columns.flatMap((column, i) => cellsOf(column, row.cells[i] ?? null)),
  ]);
  return csvText([header, ...lines]);
}

function aboutKeys(about: About | undefined): string[] {
  if (about === undefined) return [];
  return typeof about === "string" ? ["about"] : ["system", "against"];
}

function aboutCells(about: About | undefined): string[] {
  if (about === undefined) return [];
  return typeof about === "string" ? [about] : [about.system, about.against];
}

function keysOf({ kind, key, reasons }: Column): string[] {
  const estimate = [`${key}_low`, `${key}_high`, `${key}_method`, `${key}_not_estimable`];
  if (kind === "counted") return [`${key}_count`, `${key}_rate`, ...estimate];
  if (kind === "estimate") return [key, ...estimate];
  return reasons ? [key, `${key}_not_estimable`] : [key];
}

function cellsOf({ kind, reasons }: Column, cell: Cell): CsvCell[] {
  if (kind === "counted") return [isCounted(cell) ? cell.count : null, ...estimateCells(cell)];
  if (kind === "estimate") return estimateCells(cell);
  const [value, , , , reason] = estimateCells(cell);
  return reasons ? [value ?? null, reason ?? null] : [value ?? null];
}

function estimateCells(cell: Cell): CsvCell[] {
  if (typeof cell === "string" || typeof cell === "number") return [cell, null, null, null, null];
  const estimate = estimateOf(cell);
  if (estimate === null) return [null, null, null, null, null];
  const known = "low" in estimate ? estimate : null;
  return [
    "value" in estimate ? estimate.value : null,
    known?.low ?? null,
    known?.high ?? null,
    known?.method ?? null,
    "notEstimable" in estimate ? estimate.notEstimable : null,
  ];
}
