import type { Cell, Table } from "../document.ts";
import { cellText, wholeNumber } from "../numbers.ts";
import { alignColumns, widthOf, wrap } from "./plain-text.ts";
import { nothingIn, rowsShown, shortened } from "../tables.ts";

/** The widest name that stands beside its figures; longer ones stand above them. */
const NAME_MAX = 48;

/** A table in at most `width` columns: its caption, the aligned figures, how they were made, what is left out. */
export function tableText(table: Table, width: number): string {
  const caption = wrap(table.caption, width);
  const bullet = (note: string) => wrap(note, width, "  * ");
  if (table.rows.length === 0) return [caption, ...nothingIn(table).map(bullet)].join("\n");
  const lines = aligned(table, width) ?? [wrap(tooWide(table), width)];
  return [
    caption,
    ...lines,
    ...table.notes.map(bullet),
    ...(table.limit === null ? [] : [wrap(`${shortened(table)}: --format markdown or csv.`, width)]),
  ].join("\n");
}

/** There is no room for counts, nor for decimals of the ends of shares. */
function textOf(cell: Cell): string {
  const { value, ends } = cellText(cell, true);
  return ends === "" ? value : `${value} ${ends}`;
}

/** Null where no way of setting it is narrow enough. */
function aligned(table: Table, width: number): string[] | null {
  const labels = table.columns.map(({ label }) => label);
  const rows = rowsShown(table).map(({ cells }) => cells.map(textOf));
  const beside = alignColumns([labels, ...rows]);
  const names = rows.map(([name = ""]) => name);
  if (fits(beside, width) && names.every((name) => widthOf(name) <= NAME_MAX)) return beside;
  const [head = "", ...figures] = alignColumns([labels, ...rows].map(([, ...cells]) => ["", ...cells]));
  if (!fits([head, ...figures], width)) return null;
  return [head, ...figures.flatMap((line, i) => [wrap(names[i]!, width), line])];
}

const fits = (lines: readonly string[], width: number): boolean =>
  lines.every((line) => widthOf(line) <= width);

const tooWide = ({ columns }: Table): string =>
  `Too wide for here, with ${wholeNumber(columns.length - 1)} columns of figures: --format html, markdown or json.`;
