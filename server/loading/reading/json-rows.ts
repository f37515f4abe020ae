import { isUtf8 } from "node:buffer";
import fs from "node:fs";
import type { RawRow } from "./containers.ts";
import type { Fields } from "./field-map.ts";
import { type LineFault, readLines, ROW_BYTES_MAX } from "./lines.ts";
import type { ProblemName } from "./records.ts";

const JSON_BYTES_MAX = 256 * 1024 * 1024;
const ROWS_A_BATCH = 500;

const problem = (row: number, name: ProblemName, message: string): RawRow => ({
  problem: { row, column: null, name, message },
});

/** One object a line. */
export async function* jsonLines(path: string): AsyncGenerator<RawRow[]> {
  for await (const lines of readLines(path)) {
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
  if (fault === "NotUtf8") {
    return problem(at, "FileNotText", "The line is not UTF-8 text. Save the file as UTF-8.");
  }
  return problem(at, "RowTooLong", `The line is longer than ${ROW_BYTES_MAX / 2 ** 20} MB.`);
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

/** A list of objects, or a single one. It is read whole, up to 256 MB. */
export async function* jsonList(path: string): AsyncGenerator<RawRow[]> {
  if (fs.statSync(path).size > JSON_BYTES_MAX) {
    const advice = "Write it as JSONL, one object a line, which is read piece by piece.";
    yield [problem(0, "FileTooLarge", `The JSON list is larger than 256 MB. ${advice}`)];
    return;
  }
  const bytes = await fs.promises.readFile(path);
  if (!isUtf8(bytes)) {
    const line = await firstBrokenLine(path);
    yield [problem(0, "FileNotText", `Line ${line} is not UTF-8 text. Save the file as UTF-8.`)];
    return;
  }
  yield* inBatches(bytes.toString("utf8").replace(/^\uFEFF/, ""));
}

function* inBatches(text: string): Generator<RawRow[]> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    yield [problem(0, "RowNotJson", `The file is not JSON: ${(error as Error).message}.`)];
    return;
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  for (let start = 0; start < list.length; start += ROWS_A_BATCH) {
    yield list.slice(start, start + ROWS_A_BATCH).map((row, i) => asRow(row, start + i + 1));
  }
}

async function firstBrokenLine(path: string): Promise<number> {
  for await (const lines of readLines(path, JSON_BYTES_MAX)) {
    const broken = lines.find((line) => "fault" in line);
    if (broken) return broken.number;
  }
  return 1;
}
