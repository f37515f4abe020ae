import type { Table } from "../document.ts";
import { cellLine } from "../numbers.ts";
import { alignColumns, widthOf, wrap } from "./plain-text.ts";
import { linesBelow, rowsShown, shortened } from "../tables.ts";

/** The widest name that stands beside its figures; longer ones stand above them. */
const NAME_MAX = 48;

/** A table in at most `width` columns: its caption, the aligned figures, how they were made, what is left out. */
export function tableText(table: Table, width: number): string {
  const caption = wrap(table.caption, width);
  const bullet = (note: string) => wrap(note, width, "  * ");
  if (table.rows.length === 0) return [caption, ...linesBelow(table).map(bullet)].join("\n");
  const rows = rowsShown(table).map(({ cells }) => cells.map((cell) => cellLine(cell, false)));
  return [
    caption,
    ...grid(
      table.columns.map(({ label }) => label),
      rows,
      width,
    ),
    ...linesBelow(table).map(bullet),
    ...(table.limit === null ? [] : [wrap(`${shortened(table)}: --format markdown or csv.`, width)]),
  ].join("\n");
}

/** Names beside their figures, else above them; columns that find no room that way come below the others. */
function grid(labels: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
  const names = rows.map(([name = ""]) => name);
  if (names.every((name) => widthOf(name) <= NAME_MAX))
    for (const wraps of [false, true]) {
      const { head, body } = alignColumns(labels, rows, wraps);
      if (fits([...head, ...body], width)) return [...head, ...body];
    }
  const [, ...figures] = labels;
  const { head, body } = alignColumns(
    ["", ...figures],
    rows.map(([, ...cells]) => ["", ...cells]),
    true,
  );
  if (figures.length <= 1 || fits([...head, ...body], width))
    return [...head, ...body.flatMap((line, i) => [wrap(names[i]!, width), line])];
  const half = Math.ceil(labels.length / 2);
  const part = (from: number, to: number) =>
    grid(
      [labels[0]!, ...labels.slice(from, to)],
      rows.map((row) => [row[0]!, ...row.slice(from, to)]),
      width,
    );
  return [...part(1, half), "", ...part(half, labels.length)];
}

const fits = (lines: readonly string[], width: number): boolean =>
  lines.every((line) => widthOf(line) <= width);
