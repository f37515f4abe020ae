import { type CsvCell, csvText } from "./csv-text.ts";
import type { About, Cell, Column, DataTable } from "./data-table.ts";

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
  if (kind === "estimate") return [key, `${key}_low`, `${key}_high`, `${key}_method`, `${key}_not_estimable`];
  return reasons ? [key, `${key}_not_estimable`] : [key];
}

function cellsOf({ kind, reasons }: Column, cell: Cell): CsvCell[] {
  if (kind === "estimate") return estimateCells(cell);
  const [value, , , , reason] = estimateCells(cell);
  return reasons ? [value ?? null, reason ?? null] : [value ?? null];
}

function estimateCells(cell: Cell): CsvCell[] {
  if (cell === null || typeof cell !== "object") return [cell, null, null, null, null];
  const known = "low" in cell ? cell : null;
  return [
    "value" in cell ? cell.value : null,
    known?.low ?? null,
    known?.high ?? null,
    known?.method ?? null,
    "notEstimable" in cell ? cell.notEstimable : null,
  ];
}
