import type { Member } from "./archive-member.ts";
import { counting, type HowFar } from "./how-far.ts";
import { piecesOf, withTar } from "./opened-tar.ts";
import { Unreadable } from "./unreadable.ts";

/**
 * The files and links in a tar archive, which may be compressed with gzip or Zstandard, in its order.
 * @throws Unreadable where it is damaged, made to fill a disk, or holds paths that lead out of it
 */
export async function tarMembers(archive: string): Promise<Member[]> {
  const tar = await withTar(archive);
  tar.leave();
  return [...tar.members.values()].map(({ name, bytes, reason }) => ({
    ...{ name, bytes },
    ...(reason !== undefined && { reason }),
  }));
}

/** The bytes of one file in a tar archive. @param howFar gets how many of them have come @throws Unreadable */
export async function* tarBytes(archive: string, member: string, howFar?: HowFar): AsyncGenerator<Buffer> {
  const tar = await withTar(archive);
  try {
    const place = tar.members.get(member);
    if (place === undefined || place.reason !== undefined)
      throw new Unreadable("FileDamaged", `The archive holds no file ${member}.`);
    yield* counting(piecesOf(tar.file, place), place.bytes, howFar);
  } finally {
    tar.leave();
  }
}
