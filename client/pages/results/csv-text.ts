export type CsvCell = string | number | null;

/** Rows as CSV (RFC 4180 with line feeds): numbers in full, empty where there is nothing. */
export function csvText(lines: CsvCell[][]): string {
  return lines.map((cells) => `${cells.map(quoted).join(",")}\n`).join("");
}

function quoted(cell: CsvCell): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
