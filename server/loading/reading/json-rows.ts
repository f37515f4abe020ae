import { isUtf8 } from "node:buffer";
import { type TextReading, wholeOf } from "./bytes.ts";
import { NOT_UTF8 } from "./encodings.ts";
import { rowsOfDocument } from "./documents.ts";
import type { Fields } from "./field-map.ts";
import { inBatches } from "./how-far.ts";
import { parseJson } from "./json-text.ts";
import { type LineFault, readLines, ROW_BYTES_MAX } from "./lines.ts";
import type { RawRow } from "./raw-row.ts";
import type { ProblemName } from "./records.ts";
import { headNotKept, unwrapped } from "./wrapped-rows.ts";

const JSON_BYTES_MAX = 256 * 1024 * 1024;
const problem = (row: number, name: ProblemName, message: string): RawRow => ({
  problem: { row, column: null, name, message },
});

/** One object a line. */
export async function* jsonLines(path: string, reading: TextReading): AsyncGenerator<RawRow[]> {
  for await (const lines of readLines(path, reading)) {
    const rows: RawRow[] = [];
    for (const line of lines) {
      if ("fault" in line) rows.push(lineProblem(line.number, line.fault));
      else if (!isBlank(line.text)) rows.push(rowOf(line.text, line.number));
    }
    yield rows;
  }
}

const isBlank = (line: string): boolean => line.charCodeAt(0) !== 123 && line.trim() === "";

function lineProblem(at: number, fault: LineFault): RawRow {
  if (fault === "NotUtf8") return problem(at, "FileNotText", NOT_UTF8);
  return problem(at, "RowTooLong", `The line is longer than ${ROW_BYTES_MAX / 2 ** 20} MB.`);
}

function rowOf(text: string, at: number): RawRow {
  const read = parseJson(text);
  if ("fault" in read) {
    const fault = read.fault.replace("in line 1, column", "in column");
    return problem(at, "RowNotJson", `The line is not JSON: ${fault}.`);
  }
  const [value, another] = read.values;
  if (another === undefined) return asRow(value, at);
  return problem(at, "RowNotJson", "The line holds more than one object. Write one a line.");
}

function asRow(value: unknown, at: number): RawRow {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return { at, fields: value as Fields };
  return problem(at, "RowNotAnObject", "The row is not an object with fields.");
}

/**
 * The objects of a list, or objects one after another. They are read whole, up to 256 MB.
 * @param under the path to the list within an object
 */
export async function* jsonList(
  path: string,
  { encoding, howFar }: TextReading,
  under: string | null,
): AsyncGenerator<RawRow[]> {
  const bytes = await wholeOf(path, encoding, JSON_BYTES_MAX);
  if (bytes === null) {
    const advice = "Write it as JSONL, one object a line, which is read piece by piece.";
    yield [problem(0, "FileTooLarge", `The JSON list is larger than 256 MB. ${advice}`)];
    return;
  }
  if (!isUtf8(bytes)) {
    const line = await firstBrokenLine(path);
    yield [problem(0, "FileNotText", `Line ${line} is not UTF-8 text.`)];
    return;
  }
  const rows = listIn(bytes.toString("utf8").replace(/^\uFEFF/, ""), under);
  yield* inBatches(rows, howFar);
}

function listIn(text: string, under: string | null): readonly RawRow[] {
  const read = parseJson(text);
  if ("fault" in read) {
    return [problem(0, "RowNotJson", `The file is not JSON: ${read.fault}.`)];
  }
  const list = under === null ? listedIn(read.values) : rowsUnder(read.values, under);
  if (list === null) {
    return [problem(0, "NoSuchField", `There is no list of rows under “${String(under)}”.`)];
  }
  const isWhole = under === null && read.values.length === 1;
  const inside = isWhole ? rowsInside(read.values[0]) : null;
  if (inside !== null) return inside;
  const isOfTexts = list.length > 0 && list.every((row) => typeof row === "string");
  // Texts alone are rows of one field, which a mapping can name: FILE:prompt=text.
  return list.map((row, i) => asRow(isOfTexts ? { text: row } : row, i + 1));
}

/** The rows of one value that holds them inside: of a known document, or in a usual wrapper. */
function rowsInside(value: unknown): readonly RawRow[] | null {
  const [only, ...others] = listedIn([value]);
  const document = others.length === 0 ? rowsOfDocument(only) : null;
  if (document === null) return unwrapped(value);
  const rows = document.rows.map((row, i) => asRow(row, i + 1));
  return document.notKept.length === 0 ? rows : [...rows, headNotKept(document.notKept)];
}

const listedIn = (values: readonly unknown[]): readonly unknown[] =>
  values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;

/** The list at the end of a path; of several objects, their lists one behind the other. */
function rowsUnder(values: readonly unknown[], under: string): unknown[] | null {
  const lists = listedIn(values).map((value) => {
    let found: unknown = value;
    for (const name of under.split(".")) {
      if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return null;
      found = (found as Fields)[name];
    }
    return Array.isArray(found) ? (found as unknown[]) : null;
  });
  return lists.some((list) => list === null) ? null : lists.flatMap((list) => list ?? []);
}

async function firstBrokenLine(path: string): Promise<number> {
  for await (const lines of readLines(path, { lineBytesMax: JSON_BYTES_MAX })) {
    const broken = lines.find((line) => "fault" in line);
    if (broken) return broken.number;
  }
  return 1;
}
