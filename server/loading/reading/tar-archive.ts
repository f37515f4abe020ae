import fs from "node:fs";
import { type Member, MEMBERS_MAX } from "./archive-member.ts";
import { decompressed } from "./decompressed.ts";
import { counting, type HowFar } from "./how-far.ts";
import { tarEntries } from "./tar-entries.ts";
import { Unreadable } from "./unreadable.ts";

/**
 * The files and links in a tar archive, which may be compressed with gzip or Zstandard, in its order.
 * @throws Unreadable where it is damaged, made to fill a disk, or holds paths that lead out of it
 */
export async function tarMembers(archive: string): Promise<Member[]> {
  const members = new Map<string, Member>();
  for await (const { name, bytes, kind } of entriesOf(archive)) {
    if (kind === "folder") continue;
    if (/^([A-Za-z]:|[\\/])/.test(name)) throw damaged(`absolute path: ${name}`);
    if (name.split(/[\\/]/).includes("..")) throw damaged(`invalid relative path: ${name}`);
    if (members.has(tidy(name))) throw damaged(`it holds two files ${name}`);
    const reason = kind === "link" ? "a link" : "no file";
    members.set(tidy(name), { name: tidy(name), bytes, ...(kind !== "file" && { reason }) });
    if (members.size > MEMBERS_MAX)
      throw damaged(`it holds more than ${MEMBERS_MAX.toLocaleString("en")} files`);
  }
  return [...members.values()];
}

/** The bytes of one file in a tar archive. @param howFar gets how many of them have come @throws Unreadable */
export async function* tarBytes(archive: string, member: string, howFar?: HowFar): AsyncGenerator<Buffer> {
  for await (const { name, bytes, kind, body } of entriesOf(archive)) {
    if (kind !== "file" || tidy(name) !== member) continue;
    yield* counting(body(), bytes, howFar);
    return;
  }
  throw new Unreadable("FileDamaged", `The archive holds no file ${member}.`);
}

/** `./a//b` is `a/b`. */
const tidy = (name: string): string => name.replace(/\/{2,}/g, "/").replace(/^(\.\/)+/, "");

async function* entriesOf(archive: string): ReturnType<typeof tarEntries> {
  try {
    yield* tarEntries(decompressed(fs.createReadStream(archive) as AsyncIterable<Buffer>));
  } catch (error) {
    throw error instanceof Unreadable
      ? error
      : damaged(error instanceof Error ? error.message : String(error));
  }
}

const damaged = (why: string): Unreadable =>
  new Unreadable("FileDamaged", `The tar archive cannot be unpacked: ${why}.`);
