import type { Cell, Table } from "./document.ts";
import { wholeNumber } from "./numbers.ts";
import { alignColumns, widthOf, wrap } from "./plain-text.ts";

/** The widest name that stands beside its figures; longer ones stand above them. */
const NAME_MAX = 48;

/** A table in at most `width` columns: its caption, the aligned figures, how they were made, what is left out. */
export function tableText(table: Table, width: number): string {
  const caption = wrap(table.caption, width);
  const lines = aligned(table, width);
  if (lines === null) return `${caption}\n${wrap(tooWide(table), width)}`;
  return [
    caption,
    ...lines,
    ...table.notes.map((note) => wrap(note, width, "  * ")),
    ...(table.limit === null ? [] : [wrap(shortened(table), width)]),
  ].join("\n");
}

const textOf = (cell: Cell): string => cell.short ?? cell.text;

/** Null where no way of setting it is narrow enough. */
function aligned(table: Table, width: number): string[] | null {
  const rows = rowsShown(table).map((cells) => cells.map(textOf));
  const beside = alignColumns([table.columns, ...rows]);
  const names = rows.map(([name = ""]) => name);
  if (fits(beside, width) && names.every((name) => widthOf(name) <= NAME_MAX)) return beside;
  const [head = "", ...figures] = alignColumns(
    [table.columns, ...rows].map(([, ...cells]) => ["", ...cells]),
  );
  if (!fits([head, ...figures], width)) return null;
  return [head, ...figures.flatMap((line, i) => [wrap(names[i]!, width), line])];
}

const fits = (lines: readonly string[], width: number): boolean =>
  lines.every((line) => widthOf(line) <= width);

/** The rows of a table where there is little room. */
export function rowsShown({ rows, limit }: Table): readonly (readonly Cell[])[] {
  return limit === null ? rows : limit.rows.map((i) => rows[i]!);
}

/** What a table that is cut says of the rest. */
export function shortened({ rows, limit }: Table): string {
  const shown = limit!.rows.length;
  const more = wholeNumber(rows.length - shown);
  return `These are the ${shown} ${limit!.are}, of ${wholeNumber(rows.length)}; and ${more} more: --format markdown or csv.`;
}

export const tooWide = ({ columns }: Table): string =>
  `Too wide for here, with ${wholeNumber(columns.length - 1)} columns of figures: --format html, markdown or json.`;
