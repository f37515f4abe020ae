import { pipeline } from "node:stream/promises";
import { type CsvError, parse } from "csv-parse";
import { bytesOf, type TextReading } from "./bytes.ts";
import { BrokenLines } from "./broken-lines.ts";
import { type Fields, setField } from "./field-map.ts";
import { columnNames, headerFault } from "./header.ts";
import { ROW_BYTES_MAX } from "./lines.ts";
import { hasLiteralQuotes } from "./literal-quotes.ts";
import { NOT_UTF8 } from "./encodings.ts";
import type { RawRow } from "./raw-row.ts";
import type { ProblemName } from "./records.ts";

const ROWS_A_BATCH = 500;

/** Columns under a header, and by what they are divided. */
export interface PackedColumns {
  readonly kind: "columns";
  readonly delimiter: string;
  /** On which line the header stands: 2 below Excel's `sep=;`. */
  readonly firstLine: number;
}

interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly empty_lines: number };
}

/** Where a file stops being columns: after so many rows. */
interface Stop {
  readonly rows: number;
  readonly emptyLines: number;
  readonly message: string;
}

/** The rows of a file of columns under a header. What stands after a fault in the quotation marks is not read. */
export async function* columnRows(
  path: string,
  { delimiter, firstLine }: PackedColumns,
  reading: TextReading,
): AsyncGenerator<RawRow[]> {
  const broken = new BrokenLines();
  const isLiteral =
    delimiter === "\t" && (await hasLiteralQuotes(path, { firstLine, encoding: reading.encoding }));
  let stop = null as Stop | null;
  const parser = parse({
    bom: true,
    delimiter,
    from_line: firstLine,
    info: true,
    max_record_size: ROW_BYTES_MAX,
    quote: isLiteral ? null : '"',
    record_delimiter: ["\r\n", "\n"], // or it takes a lone CR for one
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true, // an error would throw away the rows that wait to be read
  });
  parser.on("skip", (error: CsvError) => (stop ??= stopAt(error)));
  const chunks = upTo(() => stop !== null, broken.watch(bytesOf(path, reading)));
  const feeding = pipeline(chunks, parser).catch(() => undefined); // told by the loop below
  const rows = new ColumnRows(broken, firstLine);
  let batch: RawRow[] = [];
  for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
    if (stop !== null && rows.count >= stop.rows) break;
    const row = rows.next(record, info.empty_lines);
    if (row) batch.push(row);
    if (rows.isRefused) break;
    if (batch.length >= ROWS_A_BATCH) {
      yield batch;
      batch = [];
    }
  }
  parser.destroy();
  await feeding;
  if (stop !== null && !rows.isRefused) batch.push(rows.stopped(stop));
  yield batch;
}

async function* upTo(isOver: () => boolean, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    yield chunk;
    if (isOver()) return;
  }
}

const FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quotation mark is opened in this row and never closed",
  CSV_INVALID_CLOSING_QUOTE: "text follows the quotation mark that closes a field",
  INVALID_OPENING_QUOTE: "a quotation mark occurs inside a field that does not begin with one",
  CSV_MAX_RECORD_SIZE: `the row is longer than ${ROW_BYTES_MAX / 2 ** 20} MB (is a quotation mark not closed?)`,
};

function stopAt(error: CsvError): Stop {
  const message = FAULTS[error.code] ?? error.message;
  return { rows: Number(error.records), emptyLines: Number(error.empty_lines), message };
}

/** Makes rows of one file's records, and tells on which line each begins: the parser counts lines otherwise. */
class ColumnRows {
  readonly #broken: BrokenLines;
  #header: readonly string[] | null = null;
  #line: number;
  #emptyLines = 0;
  /** Records seen, the header with them. */
  count = 0;
  /** Whether the header cannot be used. */
  isRefused = false;

  constructor(broken: BrokenLines, firstLine: number) {
    this.#broken = broken;
    this.#line = firstLine;
  }

  /** @returns null for the header */
  next(record: readonly string[], emptyLines: number): RawRow | null {
    const line = this.#skip(emptyLines);
    this.#line = line + 1 + lineFeedsIn(record);
    this.count++;
    if (this.#broken.takeUpTo(this.#line - 1)) {
      this.isRefused = this.#header === null;
      return problem(line, "FileNotText", NOT_UTF8);
    }
    if (this.#header) return columnsOfRow(this.#header, record, line);
    this.#header = columnNames(record);
    const fault = headerFault(this.#header);
    if (fault === null) return null;
    this.isRefused = true;
    return problem(line, "HeaderWrong", fault);
  }

  stopped({ emptyLines, message }: Stop): RawRow {
    const advice = "Fields that hold quotation marks are quoted whole, and the marks in them doubled.";
    const what = `From here on the file cannot be read as columns: ${message}. ${advice}`;
    return problem(this.#skip(emptyLines), "RowNotCsv", what);
  }

  #skip(emptyLines: number): number {
    const line = this.#line + emptyLines - this.#emptyLines;
    this.#emptyLines = emptyLines;
    return line;
  }
}

const problem = (row: number, name: ProblemName, message: string): RawRow => ({
  problem: { row, column: null, name, message },
});

function lineFeedsIn(record: readonly string[]): number {
  let count = 0;
  for (const field of record) {
    for (let at = field.indexOf("\n"); at >= 0; at = field.indexOf("\n", at + 1)) count++;
  }
  return count;
}

/** A row under its header's names, or the problem that it has more or fewer columns. */
export function columnsOfRow(header: readonly string[], record: readonly string[], line: number): RawRow {
  if (record.length !== header.length) {
    const message = `The row has ${record.length} columns and the header ${header.length}.`;
    return problem(line, "RowRagged", message);
  }
  const fields: Fields = {};
  for (let i = 0; i < header.length; i++) setField(fields, header[i] as string, record[i]);
  return { at: line, fields };
}
