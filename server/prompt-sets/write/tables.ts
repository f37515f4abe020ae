export const count = (value: number): string => value.toLocaleString("en");
const cell = (text: string): string => text.replace(/\|/g, "\\|").replace(/\s+/g, " ").trim();
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;

/** A table of Markdown, the first column to the left. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [row(head), row(head.map((_name, at) => (at === 0 ? "---" : "--:"))), ...rows.map(row), ""];
}
