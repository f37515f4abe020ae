import fs from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { TiebreakError } from "../contract/errors.ts";
import type { TableRow } from "./dialect.ts";
import { finishFile, UNFINISHED } from "./finish-file.ts";

/**
 * The file of a backup, the same from both databases: gzip of JSON lines. The first says what it is; then for each table its
 * name and columns, and a line for each row; the last counts the rows. gzip's checksum and the count show whether it is whole.
 */
const FORMAT = 1;

const headSchema = z.object({
  tiebreakBackup: z.literal(FORMAT),
  takenAt: z.string(),
  /** Of the database, in order: they say which tables and columns follow. */
  migrations: z.array(z.string()),
});
const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()) });
const endSchema = z.object({ rows: z.number() });

export type BackupHead = z.infer<typeof headSchema>;

/** Rows of one table that stand together in a backup. */
export interface TablePart {
  readonly table: string;
  readonly rows: readonly TableRow[];
}

export class BackupUnusable extends TiebreakError {
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super("BackupUnusable", 400, `${file} ${reason}`, options);
  }
}

/**
 * Writes a backup, readable by its owner alone: beside its name, synced and renamed, so that what has the name is whole.
 * @returns the number of its rows
 * @throws BackupUnusable where the file exists; the file system's error, such as ENOSPC
 */
export async function writeBackupFile(
  file: string,
  head: Omit<BackupHead, "tiebreakBackup">,
  parts: AsyncIterable<TablePart>,
): Promise<number> {
  if (fs.existsSync(file)) throw new BackupUnusable(file, "exists already. Name a new file.");
  let count = 0;
  async function* lines() {
    yield `${JSON.stringify({ tiebreakBackup: FORMAT, ...head })}\n`;
    for await (const { table, rows } of parts) {
      const columns = Object.keys(rows[0] ?? {});
      const values = rows.map((row) => JSON.stringify(columns.map((column) => row[column])));
      count += rows.length;
      yield `${[JSON.stringify({ table, columns }), ...values].join("\n")}\n`;
    }
    yield `${JSON.stringify({ rows: count })}\n`;
  }
  const half = `${file}${UNFINISHED}`;
  fs.rmSync(half, { force: true });
  try {
    const out = fs.createWriteStream(half, { flags: "wx", mode: 0o600 });
    await pipeline(Readable.from(lines()), createGzip(), out);
    finishFile(half, file);
  } finally {
    fs.rmSync(half, { force: true });
  }
  return count;
}

/** Rows that are handed on at a time. */
const PART_ROWS = 500;

/**
 * Reads a backup from its beginning to its end; what it says at its end is compared with what came.
 * @param onHead gets the first line, before any part comes; what it throws comes out as it is
 * @throws BackupUnusable where it is no backup, is not whole, or was written by a later Tiebreak
 */
export async function* readBackupFile(
  file: string,
  onHead: (head: BackupHead) => void = () => undefined,
): AsyncGenerator<TablePart> {
  try {
    const lines = linesOf(file);
    onHead(headSchema.parse(JSON.parse((await lines.next()).value ?? "")));
    yield* partsOf(lines);
  } catch (error) {
    if (error instanceof BackupUnusable) throw error;
    throw new BackupUnusable(file, "is not a Tiebreak backup, or is damaged.", { cause: error });
  }
}

async function* partsOf(lines: AsyncIterable<string>): AsyncGenerator<TablePart> {
  let [table, columns, rows, count] = ["", [] as string[], [] as TableRow[], 0];
  let end: number | null = null;
  for await (const line of lines) {
    if (end !== null) throw new Error("Something stands after its end.");
    const value: unknown = JSON.parse(line);
    if (Array.isArray(value)) {
      if (value.length !== columns.length) throw new Error(`A row of ${table} has another length.`);
      rows.push(Object.fromEntries(columns.map((column, i) => [column, value[i] as TableRow[string]])));
      count++;
    }
    if (rows.length > 0 && (rows.length === PART_ROWS || !Array.isArray(value))) {
      yield { table, rows };
      rows = [];
    }
    if (Array.isArray(value)) continue;
    const next = tableSchema.safeParse(value);
    if (next.success) ({ table, columns } = next.data);
    else end = endSchema.parse(value).rows;
  }
  if (end !== count) throw new Error(`It has ${count} rows of ${end ?? "an unknown number"}.`);
}

/** Split at line feeds alone: texts may hold other characters that end lines. */
async function* linesOf(file: string): AsyncGenerator<string, undefined> {
  const raw = fs.createReadStream(file);
  const unpacked = createGunzip().setEncoding("utf8");
  raw.on("error", (error) => unpacked.destroy(error)).pipe(unpacked);
  let line: string[] = [];
  for await (const chunk of unpacked as AsyncIterable<string>) {
    const [first = "", ...others] = chunk.split("\n");
    line.push(first);
    for (const other of others) {
      yield line.join("");
      line = [other];
    }
  }
  if (line.join("") !== "") yield line.join("");
  return undefined;
}
