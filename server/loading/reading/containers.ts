import { isUtf8 } from "node:buffer";
import fs from "node:fs";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import type { Fields } from "./field-map.ts";
import { readLines } from "./lines.ts";
import type { RowProblem } from "./records.ts";

/** One row of a file as it stands there, or what is wrong with it. */
export type RawRow = { readonly at: number; readonly fields: Fields } | { readonly problem: RowProblem };

export type Container = "json" | "jsonl" | "csv" | "tsv";

const HEAD_BYTES = 64 * 1024;
const JSON_BYTES_MAX = 256 * 1024 * 1024;
const ROWS_A_BATCH = 500;

/** How rows are packed in a file, by its first characters: a JSON list, JSON lines, or columns. Null: nothing is there. */
export function containerOf(path: string, fileName: string): Container | null {
  const head = headOf(path).replace(/^\uFEFF/, "");
  const text = head.trimStart();
  if (text === "") return null;
  if (text.startsWith("[")) return "json";
  if (text.startsWith("{"))
    return firstLineIsJson(text) || /\.(jsonl|ndjson)$/i.test(fileName) ? "jsonl" : "json";
  const firstLine = text.split("\n", 1)[0] ?? "";
  return firstLine.includes("\t") ? "tsv" : "csv";
}

function headOf(path: string): string {
  const file = fs.openSync(path, "r");
  const bytes = Buffer.alloc(HEAD_BYTES);
  const length = fs.readSync(file, bytes, 0, HEAD_BYTES, 0);
  fs.closeSync(file);
  return bytes.toString("utf8", 0, length);
}

/** A line that is longer than the head is taken for JSON lines: nobody indents such a file. */
function firstLineIsJson(head: string): boolean {
  const end = head.indexOf("\n");
  if (end < 0) return true;
  try {
    JSON.parse(head.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

const problem = (row: number, name: RowProblem["name"], message: string): RawRow => ({
  problem: { row, column: null, name, message },
});

/** The rows of a file, in batches. */
export function rawRows(path: string, container: Container): AsyncGenerator<RawRow[]> {
  if (container === "json") return jsonRows(path);
  if (container === "jsonl") return jsonLines(path);
  return columnRows(path, container === "tsv" ? "\t" : ",");
}

async function* jsonLines(path: string): AsyncGenerator<RawRow[]> {
  for await (const lines of readLines(path)) {
    const rows: RawRow[] = [];
    for (const { number, text } of lines) {
      if (text === null) rows.push(problem(number, "FileNotText", "The line is not UTF-8 text."));
      else if (text.trim() !== "") rows.push(rowOf(text, number));
    }
    yield rows;
  }
}

function rowOf(text: string, at: number): RawRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return problem(at, "RowNotJson", `The line is not JSON: ${(error as Error).message}.`);
  }
  return asRow(value, at);
}

function asRow(value: unknown, at: number): RawRow {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return { at, fields: value as Fields };
  return problem(at, "RowNotAnObject", "The row is not an object with fields.");
}

async function* jsonRows(path: string): AsyncGenerator<RawRow[]> {
  if (fs.statSync(path).size > JSON_BYTES_MAX) {
    const advice = "Write it as JSONL, one object a line, which is read piece by piece.";
    yield [problem(0, "FileTooLarge", `The JSON list is larger than 256 MB. ${advice}`)];
    return;
  }
  const bytes = await fs.promises.readFile(path);
  if (!isUtf8(bytes)) {
    yield [problem(0, "FileNotText", "The file is not UTF-8 text.")];
    return;
  }
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    yield [problem(0, "RowNotJson", `The file is not JSON: ${(error as Error).message}.`)];
    return;
  }
  const list = Array.isArray(value) ? value : [value];
  for (let start = 0; start < list.length; start += ROWS_A_BATCH) {
    yield list.slice(start, start + ROWS_A_BATCH).map((row: unknown, i) => asRow(row, start + i + 1));
  }
}

interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

async function* columnRows(path: string, delimiter: string): AsyncGenerator<RawRow[]> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const feeding = pipeline(fs.createReadStream(path), decoded, parser).catch(() => undefined); // told by the loop below
  let header: string[] | null = null;
  let batch: RawRow[] = [];
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      if (header === null) {
        const wrong = headerFault(record);
        if (wrong) {
          yield [problem(1, "HeaderWrong", wrong)];
          return;
        }
        header = record;
      } else batch.push(columns(header, record, line));
      line = info.lines + 1;
      if (batch.length >= ROWS_A_BATCH) {
        yield batch;
        batch = [];
      }
    }
  } catch (error) {
    if (isEncodingFault(error))
      batch.push(problem(line, "FileNotText", "At this line or after it the file is not UTF-8 text."));
    else if (!(error instanceof CsvError)) throw error;
    else
      batch.push(
        problem(line, "RowNotCsv", `From here on the file cannot be read as columns: ${error.message}.`),
      );
  }
  await feeding;
  yield batch;
}

const isEncodingFault = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_ENCODING_INVALID_ENCODED_DATA";

/** @throws an encoding fault where the bytes are not UTF-8 */
async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function headerFault(header: readonly string[]): string | null {
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) return `Two columns are called “${twice}”. Give each a name of its own.`;
  return header.length < 2 ? "There is only one column. Columns are divided by commas or tabs." : null;
}

function columns(header: readonly string[], record: readonly string[], line: number): RawRow {
  if (record.length !== header.length) {
    const message = `The row has ${record.length} columns and the header ${header.length}.`;
    return problem(line, "RowRagged", message);
  }
  const fields: Fields = Object.create(null) as Fields;
  for (const [i, name] of header.entries()) fields[name] = record[i];
  return { at: line, fields };
}
