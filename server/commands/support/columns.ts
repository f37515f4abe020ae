import { pad, widthOf } from "../../report-document/write/plain-text.ts";

/** Rows of cells, the headings first, as lines with aligned columns. */
export function inColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column]!, "right"))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A moment to the minute, in UTC, as tables for a terminal show it. */
export const minuteOf = (iso: string): string => iso.slice(0, 16).replace("T", " ");
