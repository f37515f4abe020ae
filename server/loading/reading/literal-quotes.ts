import { readLines } from "./lines.ts";

const QUOTED = /^"(?:[^"]|"")*"$/;

/**
 * Whether quotation marks in a file of tabs are text, and quote nothing: some mark stands where none that quotes may stand,
 * no cell is quoted as a whole, and every line has as many cells as the first.
 * @param firstLine on which line the header stands, from 1
 */
export async function hasLiteralQuotes(
  path: string,
  { firstLine, encoding }: { firstLine: number; encoding: string | null },
): Promise<boolean> {
  let columns: number | null = null;
  let isLiteral = false;
  for await (const lines of readLines(path, { encoding })) {
    for (const line of lines) {
      if (line.number < firstLine) continue;
      if ("fault" in line) return false;
      if (line.text === "") continue;
      const cells = line.text.split("\t");
      columns ??= cells.length;
      if (cells.length !== columns || cells.some((cell) => QUOTED.test(cell))) return false;
      isLiteral ||= line.text.includes('"');
    }
  }
  return isLiteral;
}
