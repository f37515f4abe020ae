import type { Cell, Column, Table } from "../document.ts";
import { csvText, type CsvCell } from "./csv-text.ts";

/** A table as CSV, numbers in full: a column has further ones for ends, counts, methods and reasons where any cell has some. */
export function tableCsv({ columns, rows }: Table): string {
  const fields = columns.flatMap((column, i) =>
    fieldsOf(
      column,
      rows.map(({ cells }) => cells[i]!),
    ).map((field) => ({ ...field, i })),
  );
  return csvText([
    fields.map(({ name }) => name),
    ...rows.map(({ cells }) => fields.map(({ i, of }) => of(cells[i]!))),
  ]);
}

interface Field {
  readonly name: string;
  readonly of: (cell: Cell) => CsvCell;
}

function fieldsOf({ label }: Column, cells: readonly Cell[]): Field[] {
  const key = label
    .replace("%", "percent")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");
  const all: (Field & { always?: true })[] = [
    {
      name: key,
      of: ({ value, as }) => (as === "share" && typeof value === "number" ? value * 100 : value),
      always: true,
    },
    { name: `${key}_count`, of: ({ count = null }) => count },
    { name: `${key}_low`, of: ({ ends, as }) => end(ends?.[0], as) },
    { name: `${key}_high`, of: ({ ends, as }) => end(ends?.[1], as) },
    { name: `${key}_method`, of: ({ note }) => (note?.kind === "method" ? note.text : null) },
    { name: `${key}_not_estimable`, of: ({ note }) => (note && note.kind !== "method" ? note.text : null) },
  ];
  return all.filter(({ of, always = false }) => always || cells.some((cell) => of(cell) !== null));
}

/** Shares are per cent, as their columns are called. */
const end = (value: number | undefined, as: Cell["as"]): number | null =>
  value === undefined ? null : as === "share" ? value * 100 : value;
