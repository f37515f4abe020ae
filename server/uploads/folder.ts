import fs from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UploadRefused } from "./errors.ts";

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

/**
 * Writes a file's bytes to disk as they come; of one that does not arrive whole, nothing stays.
 * @param announced how many bytes are coming, where the request announces it
 * @returns how many there are
 * @throws UploadRefused where it is too large or the disk is full
 */
export async function keepBytes(
  place: UploadPlace,
  { key, body, announced }: { key: string; body: Readable; announced: number | null },
): Promise<number> {
  const file = pathOf(place, key);
  try {
    await fs.promises.mkdir(place.folder, { recursive: true, mode: 0o700 });
    await requireRoom(place, announced);
    let bytes = 0;
    let looked = 0;
    await pipeline(
      body,
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
      fs.createWriteStream(file, { mode: 0o600 }),
    );
    return bytes;
  } catch (error) {
    await dropBytes(place, [key]);
    throw (error as NodeJS.ErrnoException).code === "ENOSPC" ? noRoom() : error;
  }
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

async function requireRoom(place: UploadPlace, announced: number | null): Promise<void> {
  if (announced === null) return;
  if (announced > place.bytesMax) throw tooLarge(place);
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
    "The server’s disk is full, so the file was not kept. Make room there, then upload the file again; what was uploaded before is still here.",
  );
