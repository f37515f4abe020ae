import type { Readable } from "node:stream";
import zlib from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { type Member, MEMBERS_MAX } from "./archive-member.ts";
import { decompressed, GROWTH_FREE, GROWTH_MAX } from "./decompressed.ts";
import { counting, type HowFar } from "./how-far.ts";
import { Unreadable } from "./unreadable.ts";

/**
 * The files in a zip archive, in the order of its directory.
 * @param zip the archive's path, or its bytes
 * @throws Unreadable where it is damaged, or made to fill a disk
 */
export async function zipMembers(zip: string | Buffer): Promise<Member[]> {
  return withZip(zip, async (file) => {
    const members: Member[] = [];
    let bytes = 0;
    for await (const entry of file.eachEntry()) {
      if (entry.fileName.endsWith("/")) continue;
      members.push({ name: entry.fileName, bytes: entry.uncompressedSize });
      bytes += entry.uncompressedSize;
      if (members.length > MEMBERS_MAX)
        throw damaged(`it holds more than ${MEMBERS_MAX.toLocaleString("en")} files`);
    }
    if (bytes > GROWTH_FREE && bytes > GROWTH_MAX * file.fileSize)
      throw damaged(`it would grow to more than ${GROWTH_MAX} times its size`);
    return members;
  });
}

/**
 * The bytes of one file in a zip archive.
 * @param zip the archive's path, or its bytes
 * @param howFar gets how many of the bytes have come
 * @throws Unreadable
 */
export async function* zipBytes(
  zip: string | Buffer,
  member: string,
  howFar?: HowFar,
): AsyncGenerator<Buffer> {
  const file = await opened(zip);
  try {
    const entry = await entryOf(file, member);
    if (entry === null) throw new Unreadable("FileDamaged", `The archive holds no file ${member}.`);
    yield* counting(entryBytes(file, entry), entry.uncompressedSize, howFar);
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    file.close();
  }
}

/** Newer archives compress with Zstandard, which yauzl hands over as it is. */
const ZSTANDARD = 93;

async function* entryBytes(file: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const isRaw = entry.compressionMethod === ZSTANDARD;
  const stream = await file.openReadStreamPromise(entry, isRaw ? { decodeFileData: false } : {});
  const chunks = stream as Readable & AsyncIterable<Buffer>;
  let sum = 0;
  for await (const chunk of isRaw ? decompressed(chunks) : chunks) {
    sum = zlib.crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== entry.crc32) throw damaged("its checksum is not that of its content");
}

/**
 * Several files of one archive, whole.
 * @param how.choose which of its files, in which order
 * @param how.most bytes of a file; those of a larger one are null
 * @throws Unreadable where it is damaged, or made to fill a disk
 */
export async function* zipFiles(
  zip: string | Buffer,
  { choose, most }: { choose: (names: readonly string[]) => readonly string[]; most: number },
): AsyncGenerator<{ readonly name: string; readonly bytes: Buffer | null }> {
  await zipMembers(zip);
  const file = await opened(zip);
  try {
    const entries = new Map<string, Entry>();
    for await (const entry of file.eachEntry()) entries.set(entry.fileName, entry);
    for (const name of choose([...entries.keys()])) {
      const entry = entries.get(name)!;
      const pieces: Buffer[] = [];
      if (entry.uncompressedSize <= most)
        for await (const chunk of entryBytes(file, entry)) pieces.push(chunk);
      yield { name, bytes: entry.uncompressedSize <= most ? Buffer.concat(pieces) : null };
    }
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    file.close();
  }
}

async function entryOf(file: ZipFile, member: string): Promise<Entry | null> {
  for await (const entry of file.eachEntry()) if (entry.fileName === member) return entry;
  return null;
}

async function withZip<T>(zip: string | Buffer, use: (file: ZipFile) => Promise<T>): Promise<T> {
  const file = await opened(zip);
  try {
    return await use(file);
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    file.close();
  }
}

async function opened(zip: string | Buffer): Promise<ZipFile> {
  const { default: yauzl } = await import("yauzl");
  const open =
    typeof zip === "string"
      ? yauzl.openPromise(zip, { autoClose: false })
      : yauzl.fromBufferPromise(zip, { autoClose: false });
  return open.catch((error: unknown) => {
    throw asUnreadable(error);
  });
}

const damaged = (why: string): Unreadable =>
  new Unreadable("FileDamaged", `The zip archive cannot be unpacked: ${why}.`);

function asUnreadable(error: unknown): Unreadable {
  if (error instanceof Unreadable) return error;
  const why = error instanceof Error ? error.message : String(error);
  return damaged(/end of central directory/i.test(why) ? "it is cut off, or no zip archive" : why);
}
