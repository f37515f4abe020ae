import { containerOf } from "./containers.ts";
import { hasLiteralQuotes } from "./literal-quotes.ts";
import type { FileOptions } from "./options.ts";
import { Unreadable } from "./unreadable.ts";
import { sheetNames } from "./workbook-rows.ts";

/** What is to be said of how a file is read: which sheet of several, and that quotation marks are text. */
export async function notesOn(
  path: string,
  options: FileOptions,
): Promise<{ name: string; message: string }[]> {
  try {
    const container = await containerOf(path, options);
    if (typeof container !== "object" || container === null) return [];
    const { packed, encoding } = container;
    if (packed.kind === "workbook") return await notesOnSheets(path);
    if (packed.kind !== "columns" || packed.delimiter !== "\t") return [];
    const isLiteral = await hasLiteralQuotes(path, { firstLine: packed.firstLine, encoding });
    return isLiteral ? [{ name: "QuotesAreText", message: QUOTES }] : [];
  } catch (error) {
    if (error instanceof Unreadable) return []; // it is refused when it is read
    throw error;
  }
}

const QUOTES = "Its quotation marks are read as text: in some cells they could quote nothing.";

async function notesOnSheets(path: string): Promise<{ name: string; message: string }[]> {
  const { read, others } = await sheetNames(path);
  if (others.length === 0) return [];
  const message = `Only the sheet “${read}” is read; there are rows in ${others.join(", ")} too. To load another, save it as CSV.`;
  return [{ name: "OtherSheets", message }];
}
