import { spreadsheetText } from "../report-document/write/spreadsheet-text.ts";
import type { Tally } from "./tally.ts";

/**
 * One line of CSV. Lists and objects are written as JSON, no value as nothing. A text stays what it is, unless
 * `spreadsheetSafe`: then what a spreadsheet would take for a formula gets an apostrophe in front.
 */
export function csvLine(
  cells: readonly unknown[],
  options: { spreadsheetSafe: boolean; tally: Tally },
): string {
  const texts = cells.map((cell) => {
    const text = textOf(cell);
    const safe = options.spreadsheetSafe ? spreadsheetText(text) : text;
    if (safe !== text) options.tally.cellsChanged++;
    return quoted(safe);
  });
  return `${texts.join(",")}\n`;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "string") return cell;
  return JSON.stringify(cell);
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
