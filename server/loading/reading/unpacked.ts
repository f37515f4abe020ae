import fs from "node:fs";
import { insideArchive, memberBytes } from "./archives.ts";
import { decompressed } from "./decompressed.ts";
import { counting, type HowFar } from "./how-far.ts";

/**
 * The bytes of a file, or of one in an archive (`folder.zip/ours.jsonl`), piece by piece; those of a file that is
 * compressed with gzip or Zstandard come unpacked.
 * @throws Unreadable where it is cut off or damaged, or made to fill a disk
 */
export const unpackedBytes = (
  path: string,
  how: { highWaterMark?: number | undefined; howFar?: HowFar | undefined } = {},
): AsyncGenerator<Buffer> => decompressed(packedBytes(path, how));

function packedBytes(
  path: string,
  { highWaterMark, howFar }: { highWaterMark?: number | undefined; howFar?: HowFar | undefined },
): AsyncIterable<Buffer> {
  const inside = insideArchive(path);
  if (inside !== null) return memberBytes(inside.archive, inside.member, howFar);
  const chunks = fs.createReadStream(path, { highWaterMark }) as AsyncIterable<Buffer>;
  return howFar ? counting(chunks, fs.statSync(path).size, howFar) : chunks;
}
