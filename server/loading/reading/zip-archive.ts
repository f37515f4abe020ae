import fs from "node:fs";
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
    const entries = await directoryOf(zip, file);
    const bytes = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
    if (bytes > GROWTH_FREE && bytes > GROWTH_MAX * file.fileSize)
      throw damaged(`it would grow to more than ${GROWTH_MAX} times its size`);
    return entries.map(({ fileName, uncompressedSize }) => ({ name: fileName, bytes: uncompressedSize }));
  });
}

/** The directory of the archive that was read last: its files are read one after the other. */
let latest: { readonly key: string; readonly entries: readonly Entry[] } | null = null;

/** The entries of an archive's directory that are files; those of an archive that is as it was are not read again. */
async function directoryOf(zip: string | Buffer, file: ZipFile): Promise<readonly Entry[]> {
  const key = typeof zip === "string" ? await keyOf(zip) : null;
  if (key !== null && latest?.key === key) return latest.entries;
  const entries: Entry[] = [];
  for await (const entry of file.eachEntry()) {
    if (entry.fileName.endsWith("/")) continue;
    entries.push(entry);
    if (entries.length > MEMBERS_MAX)
      throw damaged(`it holds more than ${MEMBERS_MAX.toLocaleString("en")} files`);
  }
  if (key !== null) latest = { key, entries };
  return entries;
}

/** Which archive it is, and of when: another one at the same path has another key. */
async function keyOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await fs.promises.stat(path, { bigint: true });
  return [path, dev, ino, size, mtimeNs, ctimeNs].join(" ");
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
    const entry = (await directoryOf(zip, file)).find(({ fileName }) => fileName === member);
    if (entry === undefined) throw new Unreadable("FileDamaged", `The archive holds no file ${member}.`);
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
