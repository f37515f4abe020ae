import fs from "node:fs";
import type { Readable } from "node:stream";
import zlib from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { Unreadable } from "./unreadable.ts";

/** A file in a zip archive. */
interface Member {
  /** Its path within the archive: never absolute, and without `..`. */
  readonly name: string;
  readonly bytes: number;
}

/** An archive that grows beyond this, and to more than so many times its size, is refused as an attempt to fill the disk. */
export const GROWTH_MAX = 200;
export const GROWTH_FREE = 256 * 1024 * 1024;
const MEMBERS_MAX = 10_000;

/** The archive that a path leads into, and the path within it; null where the path is a file's own, or leads nowhere. */
export function insideZip(path: string): { zip: string; member: string } | null {
  if (fs.existsSync(path)) return null;
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const above = path.slice(0, end);
    if (fs.existsSync(above))
      return fs.statSync(above).isFile() ? { zip: above, member: path.slice(end + 1) } : null;
  }
  return null;
}

/**
 * The files in a zip archive, in the order of its directory.
 * @param zip the archive's path, or its bytes
 * @throws Unreadable where it is damaged, or made to fill a disk
 */
export async function membersOf(zip: string | Buffer): Promise<Member[]> {
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

/** The bytes of one file in a zip archive. @throws Unreadable */
export async function* memberBytes(zip: string, member: string): AsyncGenerator<Buffer> {
  const file = await opened(zip);
  try {
    const entry = await entryOf(file, member);
    if (entry === null) throw new Unreadable("FileDamaged", `The archive holds no file ${member}.`);
    let sum = 0;
    for await (const chunk of (await file.openReadStreamPromise(entry)) as Readable & AsyncIterable<Buffer>) {
      sum = zlib.crc32(chunk, sum);
      yield chunk;
    }
    if (sum !== entry.crc32) throw damaged("its checksum is not that of its content");
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

const asUnreadable = (error: unknown): Unreadable =>
  error instanceof Unreadable ? error : damaged(error instanceof Error ? error.message : String(error));
