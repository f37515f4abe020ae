import { spreadsheetText } from "./spreadsheet-text.ts";

export type CsvCell = string | number | boolean | null;

/**
 * Rows as CSV. Numbers are in full, no value is an empty cell. A text stays what it is, unless `spreadsheetSafe`:
 * then what a spreadsheet would take for a formula gets an apostrophe in front; numbers never change.
 */
export function csvText(
  rows: readonly (readonly CsvCell[])[],
  { spreadsheetSafe = false }: { spreadsheetSafe?: boolean } = {},
): string {
  const textOf = (cell: CsvCell): string => {
    if (cell === null) return "";
    return spreadsheetSafe && typeof cell === "string" ? spreadsheetText(cell) : String(cell);
  };
  return rows.map((row) => `${row.map((cell) => quoted(textOf(cell))).join(",")}\n`).join("");
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
