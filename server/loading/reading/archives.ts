import fs from "node:fs";
import type { Member } from "./archive-member.ts";
import { decompressed } from "./decompressed.ts";
import { isInspectLog, isTar, isZip } from "./file-kinds.ts";
import type { HowFar } from "./how-far.ts";
import { tarBytes, tarMembers } from "./tar-archive.ts";
import { zipBytes, zipMembers } from "./zip-archive.ts";

/** The archive that a path leads into, and the path within it; null where the path is a file's own, or leads nowhere. */
export function insideArchive(path: string): { archive: string; member: string } | null {
  if (fs.existsSync(path)) return null;
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const above = path.slice(0, end);
    if (fs.existsSync(above))
      return fs.statSync(above).isFile() ? { archive: above, member: path.slice(end + 1) } : null;
  }
  return null;
}

/** Whether first bytes, as they are unpacked, are of an archive whose files are meant, and of no document that is one, too. */
export const isArchive = (head: Buffer): boolean => isTar(head) || (isZip(head) && !isInspectLog(head));

/** The files in an archive, in its order. @throws Unreadable where it is damaged, or made to fill a disk */
export const membersOf = async (archive: string): Promise<Member[]> =>
  (await isPackedTar(archive)) ? tarMembers(archive) : zipMembers(archive);

/** The bytes of one file in an archive. @param howFar gets how many of them have come @throws Unreadable */
export async function* memberBytes(archive: string, member: string, howFar?: HowFar): AsyncGenerator<Buffer> {
  const read = (await isPackedTar(archive)) ? tarBytes : zipBytes;
  yield* read(archive, member, howFar);
}

const HEAD_BYTES = 512;

async function isPackedTar(path: string): Promise<boolean> {
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of decompressed(fs.createReadStream(path) as AsyncIterable<Buffer>)) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= HEAD_BYTES) break;
  }
  return isTar(head);
}
