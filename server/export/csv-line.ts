import { type CsvCell, csvText } from "../report-document/write/csv-text.ts";
import { spreadsheetText } from "../report-document/write/spreadsheet-text.ts";
import type { Tally } from "./tally.ts";

/**
 * One line of CSV. Lists and objects are written as JSON, no value as nothing. A text stays what it is, unless
 * `spreadsheetSafe`: then what a spreadsheet would take for a formula gets an apostrophe in front, and is counted.
 */
export function csvLine(
  cells: readonly unknown[],
  { spreadsheetSafe, tally }: { spreadsheetSafe: boolean; tally: Tally },
): string {
  const written = cells.map((cell): CsvCell => {
    const text = plain(cell);
    if (!spreadsheetSafe || typeof text !== "string") return text;
    const safe = spreadsheetText(text);
    if (safe !== text) tally.cellsChanged++;
    return safe;
  });
  return csvText([written]);
}

function plain(cell: unknown): CsvCell {
  if (cell === null || cell === undefined) return null;
  return typeof cell === "object" ? JSON.stringify(cell) : (cell as CsvCell);
}
