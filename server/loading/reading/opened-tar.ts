import { randomUUID } from "node:crypto";
import fs from "node:fs";
import type { FileHandle } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type Member, MEMBERS_MAX } from "./archive-member.ts";
import { decompressed, isCompressed } from "./decompressed.ts";
import { tarEntries } from "./tar-entries.ts";
import { Unreadable } from "./unreadable.ts";

/* Tar has no list of its files, and one that is compressed has to be unpacked up to each: so it is gone through once. */

/** A tar archive whose files can be read from their places. */
interface Opened {
  /** The archive; of a compressed one its unpacked bytes, in a file without a name, which ends with the process at the latest. */
  readonly file: FileHandle;
  readonly members: ReadonlyMap<string, Member & { readonly at: number }>;
}

interface Kept {
  readonly opened: Promise<Opened>;
  users: number;
  timer?: ReturnType<typeof setTimeout>;
}

/** So many are kept open, until nobody has read them for so long. */
const KEPT = 4;
const KEPT_MS = 20_000;
const kept = new Map<string, Kept>();

/** Opens a tar archive, or goes on with one that is open; `leave` when it has been read. @throws Unreadable */
export async function withTar(archive: string): Promise<Opened & { leave: () => void }> {
  const { mtimeMs, size, ino } = await fs.promises.stat(archive);
  const key = JSON.stringify([archive, mtimeMs, size, ino]);
  const one: Kept = kept.get(key) ?? { opened: openTar(archive), users: 0 };
  one.users++;
  clearTimeout(one.timer);
  kept.delete(key);
  kept.set(key, one); // the latest is the last
  for (const [oldest, { users }] of kept) if (kept.size > KEPT && users === 0) drop(oldest);
  const leave = () => {
    if (--one.users === 0) one.timer = setTimeout(() => drop(key), KEPT_MS).unref();
  };
  try {
    return { ...(await one.opened), leave };
  } catch (error) {
    leave();
    throw error;
  }
}

function drop(key: string): void {
  const one = kept.get(key);
  if (one === undefined) return;
  kept.delete(key);
  clearTimeout(one.timer);
  void one.opened.then(({ file }) => file.close()).catch(() => undefined); // it could not be opened
}

async function openTar(archive: string): Promise<Opened> {
  let file: FileHandle | null = null;
  try {
    file = (await isCompressed(archive)) ? await unpacked(archive) : await fs.promises.open(archive);
    return { file, members: await membersIn(file) };
  } catch (error) {
    await file?.close();
    throw error instanceof Unreadable
      ? error
      : damaged(error instanceof Error ? error.message : String(error));
  }
}

async function unpacked(archive: string): Promise<FileHandle> {
  const name = path.join(os.tmpdir(), `tiebreak-${randomUUID()}.tar`);
  const file = await fs.promises.open(name, "wx+", 0o600);
  try {
    await fs.promises.rm(name); // what is open stays until it is closed, and nothing is left behind
    const chunks = fs.createReadStream(archive) as AsyncIterable<Buffer>;
    for await (const chunk of decompressed(chunks)) await file.writeFile(chunk);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function membersIn(file: FileHandle): Promise<Opened["members"]> {
  const members = new Map<string, Member & { readonly at: number }>();
  const all = piecesOf(file, { at: 0, bytes: (await file.stat()).size });
  for await (const { name, at, bytes, kind } of tarEntries(all)) {
    if (kind === "folder") continue;
    if (/^([A-Za-z]:|[\\/])/.test(name)) throw damaged(`absolute path: ${name}`);
    if (name.split(/[\\/]/).includes("..")) throw damaged(`invalid relative path: ${name}`);
    if (members.has(tidy(name))) throw damaged(`it holds two files ${name}`);
    const reason = kind === "link" ? "a link" : "no file";
    members.set(tidy(name), { name: tidy(name), at, bytes, ...(kind !== "file" && { reason }) });
    if (members.size > MEMBERS_MAX)
      throw damaged(`it holds more than ${MEMBERS_MAX.toLocaleString("en")} files`);
  }
  return members;
}

const PIECE_BYTES = 64 * 1024;

/** So many bytes of a file that is open, from a place on. @throws Unreadable where it is shorter */
export async function* piecesOf(
  file: FileHandle,
  { at, bytes }: { readonly at: number; readonly bytes: number },
): AsyncGenerator<Buffer> {
  for (let done = 0; done < bytes;) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, bytes - done));
    const { bytesRead } = await file.read(piece, 0, piece.length, at + done);
    if (bytesRead === 0) throw new Unreadable("FileDamaged", "The file was cut off while it was read.");
    done += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/** `./a//b` is `a/b`. */
const tidy = (name: string): string => name.replace(/\/{2,}/g, "/").replace(/^(\.\/)+/, "");

const damaged = (why: string): Unreadable =>
  new Unreadable("FileDamaged", `The tar archive cannot be unpacked: ${why}.`);
