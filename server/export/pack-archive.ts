import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Context } from "../context.ts";
import { exportPack } from "./pack.ts";
import { packParts } from "./pack-parts.ts";

export interface PackOrder {
  readonly study: string;
  /** A file in a folder of its own, in which nothing else is. */
  readonly file: string;
  readonly withMessages: boolean;
  readonly withNotes: boolean;
}

/** The folder in the archive, so that unpacking it fills no other. */
const TOP = "replication-pack";

/** Writes a replication pack as a tar archive, compressed with gzip. @throws StudyNotFound, ExportWrong */
export async function writePackArchive(
  context: Pick<Context, "database">,
  { study, file, withMessages, withNotes }: PackOrder,
): Promise<void> {
  const out = path.join(path.dirname(file), TOP);
  const { files } = await exportPack(context, { study, out, withMessages, withNotes }, packParts());
  const names = files.flatMap(({ path: one }) => (one === null ? [] : [path.relative(out, one)]));
  await pipeline(tarOf(out, names), createGzip(), fs.createWriteStream(file));
}

const BLOCK = 512;

/** A tar archive of files in a folder, as POSIX.1-1988 has it. */
async function* tarOf(folder: string, names: readonly string[]): AsyncGenerator<Buffer> {
  for (const name of names) {
    const { size, mtimeMs } = await fs.promises.stat(path.join(folder, name));
    const inArchive = [TOP, ...name.split(path.sep)].join("/");
    yield headerOf(inArchive, { size, seconds: Math.floor(mtimeMs / 1000) });
    yield* fs.createReadStream(path.join(folder, name)) as AsyncIterable<Buffer>;
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** Sizes with more than 11 octal digits stand in binary, as GNU tar and its successors have them. */
function headerOf(name: string, { size, seconds }: { size: number; seconds: number }): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, digits: number) =>
    header.write(value.toString(8).padStart(digits, "0"), at, "latin1");
  header.write(name, 0, 100);
  octal(0o644, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  if (size < 8 ** 11) octal(size, 124, 11);
  else header.writeBigUInt64BE(BigInt(size), header.writeUInt32BE(0x80000000, 124));
  octal(seconds, 136, 11);
  header.write("        0", 148, "latin1");
  header.write("ustar\x0000", 257, "latin1");
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  );
  header[154] = 0;
  return header;
}
