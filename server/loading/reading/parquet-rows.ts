import { isUtf8 } from "node:buffer";
import fs from "node:fs";
import type { AsyncBuffer } from "hyparquet";
import { wholeOf } from "./bytes.ts";
import { type Fields, setField } from "./field-map.ts";
import type { HowFar } from "./how-far.ts";
import type { RawRow } from "./raw-row.ts";
import { Unreadable } from "./unreadable.ts";

const ROWS_A_BATCH = 500;
/** A Parquet file in an archive is held whole, up to this. */
const HELD_BYTES_MAX = 256 * 1024 * 1024;
/** Memory holds one row group, which may be this large. */
const GROUP_BYTES_MAX = 1024 * 1024 * 1024;

/**
 * The rows of a Parquet file, one row group after the other. Whole numbers that JavaScript cannot hold come as text, times in
 * ISO 8601, and bytes that are no text as a note of their length.
 * @throws Unreadable where it is damaged, encrypted, or has row groups of more than 1 GB
 */
export async function* parquetRows(path: string, howFar?: HowFar): AsyncGenerator<RawRow[]> {
  const { parquetMetadataAsync, parquetReadObjects } = await import("hyparquet");
  const { compressors } = await import("hyparquet-compressors");
  const { file, close } = await opened(path);
  const about = { file, compressors, utf8: false };
  try {
    const metadata = await parquetMetadataAsync(file);
    let start = 0;
    for (const group of metadata.row_groups) {
      if (group.total_byte_size > GROUP_BYTES_MAX) throw groupTooLarge(Number(group.total_byte_size));
      const end = start + Number(group.num_rows);
      const rows = await parquetReadObjects({ ...about, metadata, rowStart: start, rowEnd: end });
      for (let i = 0; i < rows.length; i += ROWS_A_BATCH) {
        const at = start + i + 1;
        if (howFar) howFar.share = Math.min(1, at / Number(metadata.num_rows));
        yield rows.slice(i, i + ROWS_A_BATCH).map((row, j) => ({ at: at + j, fields: fieldsOf(row) }));
      }
      start = end;
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Unreadable("FileDamaged", `The Parquet file cannot be read: ${why}.`);
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
