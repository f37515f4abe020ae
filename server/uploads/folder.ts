import fs from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { OVERLAP_BYTES } from "../contract/uploads.ts";
import { UploadChanged, UploadRefused } from "./errors.ts";

/** Where uploaded files wait, and how large one may be. */
export interface UploadPlace {
  readonly folder: string;
  readonly bytesMax: number;
  /** The bytes that are free on the disk of a folder; default: as the system has it. */
  readonly free?: (folder: string) => Promise<number>;
}

/** How large one file may be by default. */
export const UPLOAD_BYTES_MAX = 8e9;
/** So much of the disk stays free for the database. */
const FREE_BYTES = 256 * 2 ** 20;
/** After so many bytes of a file, the free disk is looked at again. */
const LOOK_BYTES = 16 * 2 ** 20;

export const pathOf = (place: UploadPlace, key: string): string => path.join(place.folder, key);

interface Arriving {
  readonly key: string;
  readonly body: Readable;
  /** How many bytes are coming, where the request announces it. */
  readonly announced: number | null;
  /** Where the bytes begin in the file, of which those before have arrived. */
  readonly from?: number;
}

/**
 * Writes a file's bytes to disk as they come. Those that are there already are compared with those that come in their place.
 * @returns how many there are now
 * @throws UploadRefused where it is too large or the disk is full, UploadChanged where it is not the file of which a part is here
 */
export async function keepBytes(
  place: UploadPlace,
  { key, body, announced, from = 0 }: Arriving,
): Promise<number> {
  const file = pathOf(place, key);
  try {
    await fs.promises.mkdir(place.folder, { recursive: true, mode: 0o700 });
    await requireRoom(place, { from, announced });
    const there = from === 0 ? Buffer.alloc(0) : await lastBytes(file, from);
    let bytes = from + there.length;
    let looked = bytes;
    await pipeline(
      body,
      (chunks: AsyncIterable<Buffer>) => withoutThose(there, chunks),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > place.bytesMax) throw tooLarge(place);
          if (bytes - looked >= LOOK_BYTES) {
            looked = bytes;
            await requireFree(place, 0);
          }
          yield chunk;
        }
      },
      fs.createWriteStream(file, { mode: 0o600, flags: from === 0 ? "w" : "a" }),
    );
    return bytes;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ENOSPC" ? noRoom() : error;
  }
}

/** How many bytes of a file are here. */
export async function bytesOf(place: UploadPlace, key: string): Promise<number> {
  const stat = await fs.promises.stat(pathOf(place, key)).catch(() => null);
  return stat?.size ?? 0;
}

/** The bytes of a file from a place on. @throws UploadChanged where it ends before, or long after */
async function lastBytes(file: string, from: number): Promise<Buffer> {
  const { size } = await fs.promises.stat(file).catch(() => ({ size: 0 }));
  if (size < from || size - from > OVERLAP_BYTES) throw new UploadChanged();
  const bytes = Buffer.alloc(size - from);
  const opened = await fs.promises.open(file);
  try {
    await opened.read(bytes, 0, bytes.length, from);
  } finally {
    await opened.close();
  }
  return bytes;
}

/** The bytes that come after those that are there. @throws UploadChanged where they begin otherwise, or end before */
async function* withoutThose(there: Buffer, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = there;
  for await (const chunk of chunks) {
    const same = Math.min(left.length, chunk.length);
    if (!chunk.subarray(0, same).equals(left.subarray(0, same))) throw new UploadChanged();
    left = left.subarray(same);
    if (same < chunk.length) yield chunk.subarray(same);
  }
  if (left.length > 0) throw new UploadChanged();
}

/** Deletes files that may be there. */
export async function dropBytes(place: UploadPlace, keys: readonly string[]): Promise<void> {
  for (const key of keys) await fs.promises.rm(pathOf(place, key), { force: true });
}

/** Deletes the files that were written before a moment, those of uploads that broke off too. */
export async function dropOlder(place: UploadPlace, before: Date): Promise<void> {
  const names = await fs.promises.readdir(place.folder).catch(() => []);
  for (const name of names) {
    const stat = await fs.promises.stat(pathOf(place, name)).catch(() => null);
    if (stat?.isFile() && stat.mtime < before) await dropBytes(place, [name]);
  }
}

async function requireRoom(
  place: UploadPlace,
  { from, announced }: { from: number; announced: number | null },
): Promise<void> {
  if (announced === null) return;
  if (from + announced > place.bytesMax) throw tooLarge(place);
  await requireFree(place, announced);
}

/** Others may be uploading, and the database grows: what is free now counts, and not what was when a file began. */
async function requireFree(place: UploadPlace, bytes: number): Promise<void> {
  const { free = freeBytes } = place;
  if (bytes + FREE_BYTES > (await free(place.folder))) throw noRoom();
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await fs.promises.statfs(folder);
  return bavail * bsize;
}

const tooLarge = ({ bytesMax }: UploadPlace) =>
  new UploadRefused(
    `The file is larger than ${(bytesMax / 1e9).toLocaleString("en")} GB. Compress it with gzip, split it, or start the server with a higher --upload-limit.`,
  );

const noRoom = () =>
  new UploadRefused(
    "The server’s disk is full, so the file was not kept. Make room there, then upload the file again; other files that were uploaded are still here.",
  );
