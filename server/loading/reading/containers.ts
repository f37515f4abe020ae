import fs from "node:fs";
import { columnRows } from "./column-rows.ts";
import type { Fields } from "./field-map.ts";
import { jsonLines, jsonList } from "./json-rows.ts";
import type { RowProblem } from "./records.ts";

/** One row of a file as it stands there, or what is wrong with it. */
export type RawRow = { readonly at: number; readonly fields: Fields } | { readonly problem: RowProblem };

/** How rows are packed in a file: a JSON list, JSON lines, or columns divided by commas or tabs. */
export type Container = "json" | "jsonl" | "csv" | "tsv";

const HEAD_BYTES = 64 * 1024;
const LINES_TO_TELL = 20;

/**
 * Tells by a file's first characters how its rows are packed; null where nothing is there. The name's ending
 * decides only where the content leaves it open: a first line that is cut or no JSON.
 */
export function containerOf(path: string, fileName: string): Container | null {
  const head = headOf(path).replace(/^\uFEFF/, "");
  const text = head.trimStart();
  if (text === "") return null;
  const isNamedLines = /\.(jsonl|ndjson)$/i.test(fileName);
  const lines = text.split("\n", LINES_TO_TELL);
  if (text.startsWith("{"))
    return isNamedLines || lines.length === 1 || isSomeLineRow(lines) ? "jsonl" : "json";
  if (text.startsWith("[")) return isSomeLineRow(lines.slice(1)) ? "jsonl" : "json";
  if (isNamedLines) return "jsonl";
  return lines[0]?.includes("\t") ? "tsv" : "csv";
}

function headOf(path: string): string {
  const file = fs.openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    return bytes.toString("utf8", 0, fs.readSync(file, bytes, 0, HEAD_BYTES, 0));
  } finally {
    fs.closeSync(file);
  }
}

/** Whether a line is an object of its own, from its first character on: in a list that is indented none is. */
const isSomeLineRow = (lines: readonly string[]): boolean =>
  lines.some((line) => {
    if (!line.startsWith("{")) return false;
    try {
      JSON.parse(line);
      return true;
    } catch {
      return false;
    }
  });

/** The rows of a file, in batches. */
export function rawRows(path: string, container: Container): AsyncGenerator<RawRow[]> {
  if (container === "json") return jsonList(path);
  if (container === "jsonl") return jsonLines(path);
  return columnRows(path, container === "tsv" ? "\t" : ",");
}
