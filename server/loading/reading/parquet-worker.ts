import { isUtf8 } from "node:buffer";
import fs from "node:fs";
import { parentPort } from "node:worker_threads";
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { wholeOf } from "./bytes.ts";
import { type Fields, setField } from "./field-map.ts";
import type { RawRow } from "./raw-row.ts";
import type { ProblemName } from "./records.ts";
import { Unreadable } from "./unreadable.ts";

const ROWS_A_BATCH = 500;
/** A Parquet file in an archive is held whole, up to this. */
const HELD_BYTES_MAX = 256 * 1024 * 1024;
/** Memory holds one row group, which may be this large. */
const GROUP_BYTES_MAX = 1024 * 1024 * 1024;

/** One file to read. `beats` counts up with whatever is read of it. */
export interface ParquetOrder {
  readonly path: string;
  readonly beats: Int32Array<SharedArrayBuffer>;
}

/** A batch of rows; null: there are no more; or why the file cannot be read. */
export type ParquetReply =
  | { readonly rows: RawRow[]; readonly share: number }
  | null
  | { readonly name: ProblemName; readonly message: string };

const port = parentPort;
if (port === null) throw new Error("The Parquet worker runs as a worker thread only.");

const reply = (message: ParquetReply): void => port.postMessage(message);
let reading: AsyncGenerator<ParquetReply, undefined> | null = null;

// The decoder abandons promises of columns that it began; the first that fails is reported by the reading itself.
process.on("unhandledRejection", () => undefined);

port.on("message", (order: ParquetOrder | "next") => {
  if (order !== "next") reading = batchesOf(order);
  void replyNext();
});

async function replyNext(): Promise<void> {
  try {
    const next = await reading?.next();
    reply(next?.value ?? null);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof Unreadable) reply({ name: error.name, message: error.message });
    else reply({ name: "FileDamaged", message: `The Parquet file cannot be read: ${why}.` });
  }
}

async function* batchesOf({ path, beats }: ParquetOrder): AsyncGenerator<ParquetReply, undefined> {
  const { file, close } = await opened(path);
  const beat = () => void Atomics.add(beats, 0, 1);
  const slice = (start: number, end?: number) => {
    beat();
    return file.slice(start, end);
  };
  const watched = { byteLength: file.byteLength, slice };
  try {
    const metadata = await parquetMetadataAsync(watched);
    let start = 0;
    for (const group of metadata.row_groups) {
      if (group.total_byte_size > GROUP_BYTES_MAX) throw groupTooLarge(Number(group.total_byte_size));
      const range = { rowStart: start, rowEnd: start + Number(group.num_rows) };
      const about = { file: watched, metadata, compressors, utf8: false, onPage: beat };
      const rows = await parquetReadObjects({ ...about, ...range });
      for (let i = 0; i < rows.length; i += ROWS_A_BATCH) {
        const at = start + i + 1;
        const batch = rows
          .slice(i, i + ROWS_A_BATCH)
          .map((row, j) => ({ at: at + j, fields: fieldsOf(row) }));
        yield { rows: batch, share: Math.min(1, at / Number(metadata.num_rows)) };
      }
      start = range.rowEnd;
    }
  } finally {
    await close();
  }
}

const groupTooLarge = (bytes: number): Unreadable =>
  new Unreadable(
    "FileTooLarge",
    `A row group of the Parquet file comes to ${Math.round(bytes / 2 ** 20).toLocaleString("en")} MB; it may have 1,024. Write it with smaller ones (pandas: to_parquet(…, row_group_size=10000)).`,
  );

/** A file of which any part can be read: in an archive or compressed it is held whole. */
async function opened(path: string): Promise<{ file: AsyncBuffer; close: () => Promise<void> }> {
  const handle = fs.existsSync(path) ? await fs.promises.open(path) : null;
  const read = async (start: number, end: number): Promise<ArrayBuffer> => {
    const bytes = new Uint8Array(end - start);
    await handle?.read(bytes, 0, bytes.length, start);
    return bytes.buffer;
  };
  const close = async () => handle?.close();
  if (handle !== null && Buffer.from(await read(0, 4)).equals(MARK)) {
    const { size } = await handle.stat();
    return { file: { byteLength: size, slice: (start, end = size) => read(start, end) }, close };
  }
  const bytes = await wholeOf(path, null, HELD_BYTES_MAX);
  if (bytes === null)
    throw new Unreadable(
      "FileTooLarge",
      "The Parquet file is compressed or in an archive, and larger than 256 MB. Unpack it first.",
    );
  const whole = new Uint8Array(bytes).buffer;
  return { file: { byteLength: whole.byteLength, slice: (start, end) => whole.slice(start, end) }, close };
}

const MARK = Buffer.from("PAR1");

function fieldsOf(row: Record<string, unknown>): Fields {
  const fields: Fields = {};
  for (const name of Object.keys(row)) setField(fields, name, plain(row[name]));
  return fields;
}

/** A value as JSON has it. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint")
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value !== "object" || value === null) return value ?? null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array)
    return isUtf8(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("utf8")
      : `${value.length.toLocaleString("en")} bytes that are no text`;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, plain);
  if (Array.isArray(value)) return value.map(plain);
  return fieldsOf(value as Record<string, unknown>);
}
