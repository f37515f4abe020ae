import { wholeOf } from "./bytes.ts";
import { columnsOfRow } from "./column-rows.ts";
import { columnNames, headerFault } from "./header.ts";
import { type HowFar, inBatches } from "./how-far.ts";
import type { RawRow } from "./raw-row.ts";
import { Unreadable } from "./unreadable.ts";
import { zipMembers } from "./zip-archive.ts";

/** A workbook is held whole, up to this. */
const WORKBOOK_BYTES_MAX = 64 * 1024 * 1024;

type Cell = string | number | boolean | Date | null;
interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly Cell[])[];
}

/**
 * The rows of a workbook's first sheet that has a header and rows, each under the number that it has in the sheet. Cells are
 * text as in a CSV file; a date is written in ISO 8601.
 * @throws Unreadable where it is damaged, or larger than 64 MB
 */
export async function* workbookRows(path: string, howFar?: HowFar): AsyncGenerator<RawRow[]> {
  const sheet = (await sheetsOf(path)).find(hasRows);
  if (!sheet) return;
  const start = sheet.data.findIndex(isFilledRow);
  const texts = textsOf(sheet.data[start] ?? []);
  while (texts.at(-1) === "") texts.pop();
  const header = columnNames(texts);
  const fault = headerFault(header);
  if (fault !== null) {
    yield [{ problem: { row: start + 1, column: null, name: "HeaderWrong", message: fault } }];
    return;
  }
  const rows = sheet.data.flatMap((row, i) => {
    if (i <= start || !isFilledRow(row)) return [];
    const texts = textsOf(row);
    while (texts.length > header.length && texts.at(-1) === "") texts.pop();
    while (texts.length < header.length) texts.push("");
    return [columnsOfRow(header, texts, i + 1)];
  });
  yield* inBatches(rows, howFar);
}

/** The name of the sheet that is read, and those of others that have rows. @throws Unreadable */
export async function sheetNames(path: string): Promise<{ read: string; others: string[] }> {
  const [read = "", ...others] = (await sheetsOf(path)).filter(hasRows).map(({ sheet }) => sheet);
  return { read, others };
}

async function sheetsOf(path: string): Promise<Sheet[]> {
  const bytes = await wholeOf(path, null, WORKBOOK_BYTES_MAX);
  if (bytes === null)
    throw new Unreadable(
      "FileTooLarge",
      "The workbook is larger than 64 MB. Save its sheet as “CSV UTF-8”, and load that.",
    );
  await zipMembers(bytes); // refuses what would fill the memory
  const { default: readWorkbook } = await import("read-excel-file/universal");
  try {
    return (await readWorkbook(new Uint8Array(bytes).buffer, { trim: false })) as Sheet[];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Unreadable(
      "FileDamaged",
      `The workbook cannot be read: ${why.replace(/\.$/, "")}. Save its sheet as “CSV UTF-8”, and load that.`,
    );
  }
}

const isFilledRow = (row: readonly Cell[]): boolean => row.some((cell) => cell !== null && cell !== "");
const hasRows = ({ data }: Sheet): boolean => data.filter(isFilledRow).length > 1;

const textsOf = (row: readonly Cell[]): string[] => row.map(textOf);

function textOf(cell: Cell): string {
  if (cell === null) return "";
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === "boolean" ? String(cell).toUpperCase() : String(cell);
}
