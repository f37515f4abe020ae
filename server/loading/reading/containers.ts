import type { FileOptions } from "./options.ts";
import { firstBytes } from "./bytes.ts";
import { columnRows, type PackedColumns } from "./column-rows.ts";
import { encodingOfMark } from "./encodings.ts";
import { isInspectLog, isParquet, isWorkbook, whyNoRows } from "./file-kinds.ts";
import { withoutPacking } from "./file-stem.ts";
import type { HowFar } from "./how-far.ts";
import { inspectLogRows } from "./inspect-log-rows.ts";
import { jsonLines, jsonList } from "./json-rows.ts";
import { parquetRows } from "./parquet-rows.ts";
import type { RawRow } from "./raw-row.ts";
import { workbookRows } from "./workbook-rows.ts";

/** How rows are packed in a file: JSON (a list, or objects in a row), JSON lines, columns under a header, Parquet, a workbook, or a log of inspect_ai. */
type Packed = { readonly kind: "json" | "jsonl" | "parquet" | "workbook" | "inspect" } | PackedColumns;

export interface Container {
  readonly packed: Packed;
  readonly encoding: string | null;
}

const HEAD_BYTES = 64 * 1024;
const LINES_TO_TELL = 20;

/**
 * Tells by a file's first characters how its rows are packed: null where nothing is there, a text where the file holds no
 * rows as text. The name's ending decides only where the content leaves it open: a first line that is cut or no JSON.
 */
export async function containerOf(path: string, options: FileOptions): Promise<Container | string | null> {
  const bytes = await firstBytes(path, HEAD_BYTES);
  if (isParquet(bytes)) return { packed: { kind: "parquet" }, encoding: null };
  if (isWorkbook(bytes, options.fileName)) return { packed: { kind: "workbook" }, encoding: null };
  if (isInspectLog(bytes)) return { packed: { kind: "inspect" }, encoding: null };
  const refusal = whyNoRows(bytes, options.fileName);
  if (refusal !== null) return refusal;
  const encoding = options.encoding ?? encodingOfMark(bytes);
  const head = new TextDecoder(encoding ?? "utf-8").decode(bytes, { stream: true });
  if (isOfLoneReturns(head)) return LONE_RETURNS;
  const packed = packedAs(head.replace(/^\uFEFF/, ""), options.fileName);
  return packed && { packed, encoding };
}

/** Line ends that are a carriage return alone, in a file of columns. */
const isOfLoneReturns = (head: string): boolean =>
  !head.includes("\n") && head.split("\r").length > 2 && !/^\s*[[{]/.test(head.replace(/^\uFEFF/, ""));
const LONE_RETURNS =
  "Its lines end with a carriage return alone, as on old Macintosh computers. Save it with line ends of Unix or Windows (tr '\\r' '\\n' < OLD > NEW), and load that.";

function packedAs(head: string, fileName: string): Packed | null {
  const text = head.trimStart();
  if (text === "") return null;
  const isNamedLines = /\.(jsonl|ndjson)$/i.test(withoutPacking(fileName));
  const lines = text.split("\n", LINES_TO_TELL).filter((line, i) => i === 0 || line !== "");
  if (text.startsWith("{"))
    return { kind: isNamedLines || (lines.length > 1 && isSomeLineRow(lines)) ? "jsonl" : "json" };
  if (text.startsWith("[")) return { kind: isSomeLineRow(lines.slice(1)) ? "jsonl" : "json" };
  if (isNamedLines) return { kind: "jsonl" };
  return columnsIn(lines);
}

/** Excel's first line that says by what columns are divided. */
const SEPARATOR = /^sep=(.)\r?$/i;

function columnsIn(lines: readonly string[]): Packed {
  const [first = "", second = ""] = lines;
  const said = SEPARATOR.exec(first)?.[1];
  if (said !== undefined) return { kind: "columns", delimiter: said, firstLine: 2 };
  return { kind: "columns", delimiter: dividerOf(first, second), firstLine: 1 };
}

/** A tab wherever one stands in the header, else the mark that divides it most often outside of quotation marks. */
function dividerOf(header: string, next: string): string {
  if (header.includes("\t")) return "\t";
  const bare = header.replace(/"(?:[^"]|"")*"/g, "");
  const times = (mark: string) => bare.split(mark).length - 1;
  const [best = ","] = [",", ";", "|"].sort((a, b) => times(b) - times(a));
  // One column of prose may hold a semicolon in its name; where the next row has none, it divides nothing.
  return best !== "," && times(best) === 1 && !next.includes(best) && next !== "" ? "," : best;
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

/**
 * The rows of a file, in batches.
 * @param how.under the path to the list of rows within a JSON file
 * @param how.howFar gets how much of the file has been read
 */
export function rawRows(
  path: string,
  { packed, encoding }: Container,
  { under, howFar }: { under: string | null; howFar: HowFar | undefined },
): AsyncGenerator<RawRow[]> {
  if (packed.kind === "parquet") return parquetRows(path, howFar);
  if (packed.kind === "workbook") return workbookRows(path, howFar);
  if (packed.kind === "inspect") return inspectLogRows(path, howFar);
  const text = { encoding, howFar };
  if (packed.kind === "columns" && under === null) return columnRows(path, packed, text);
  return packed.kind === "jsonl" && under === null ? jsonLines(path, text) : jsonList(path, text, under);
}
