import fs from "node:fs";
import zlib from "node:zlib";
import { Readable } from "node:stream";
import { Unreadable } from "./unreadable.ts";

/** A way in which a single file is compressed, and by which first bytes it is known. */
interface Packing {
  readonly name: string;
  readonly mark: Buffer;
  readonly unpack: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;
}

const PACKINGS: readonly Packing[] = [
  { name: "gzip", mark: Buffer.from([0x1f, 0x8b]), unpack: gunzipped },
  { name: "Zstandard", mark: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), unpack: unzstandarded },
];

/** What grows beyond this, and to more than so many times its size, is refused as an attempt to fill the disk. */
export const GROWTH_MAX = 200;
export const GROWTH_FREE = 256 * 1024 * 1024;

/** Whether a file's first bytes are of one that is compressed. */
export async function isCompressed(path: string): Promise<boolean> {
  const file = await fs.promises.open(path);
  try {
    const { buffer: head } = await file.read(Buffer.alloc(MARK_BYTES), 0, MARK_BYTES, 0);
    return packingOf(head) !== undefined;
  } finally {
    await file.close();
  }
}

const MARK_BYTES = 4;
const packingOf = (head: Buffer): Packing | undefined =>
  PACKINGS.find(({ mark }) => mark.equals(head.subarray(0, mark.length)));

/**
 * Bytes as they are, or unpacked where they are compressed with gzip or Zstandard.
 * @throws Unreadable where they are cut off or damaged, or made to fill a disk
 */
export async function* decompressed(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = packed[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const head = first.value;
  const packing = packingOf(head);
  const all = chained(head, chunks);
  if (packing === undefined) yield* all;
  else yield* unpacked(packing, all);
}

async function* chained(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* unpacked({ name, unpack }: Packing, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let packed = 0;
  let grown = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      packed += chunk.length;
      yield chunk;
    }
  }
  try {
    for await (const chunk of unpack(counted())) {
      grown += chunk.length;
      if (grown > GROWTH_FREE && grown > GROWTH_MAX * packed)
        throw new Error(`it would grow to more than ${GROWTH_MAX} times its size`);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Unreadable(
      "FileDamaged",
      `The file is compressed with ${name} and cannot be unpacked: ${why}.`,
    );
  }
}

async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const packed = Readable.from(chunks);
  const gunzip = zlib.createGunzip();
  packed.once("error", (error) => gunzip.destroy(error));
  try {
    yield* packed.pipe(gunzip) as AsyncIterable<Buffer>;
  } finally {
    packed.destroy();
  }
}

/** So few at once, because each four of them may come to 128 kB, all of which it hands over before it takes more. */
const PUSHED_BYTES = 1024;

async function* unzstandarded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { Decompress } = await import("fzstd");
  const ready: Buffer[] = [];
  const stream = new Decompress((piece) => ready.push(Buffer.from(piece)));
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += PUSHED_BYTES) {
      stream.push(chunk.subarray(start, start + PUSHED_BYTES));
      yield* ready.splice(0);
    }
  }
  stream.push(new Uint8Array(), true);
  yield* ready.splice(0);
}
