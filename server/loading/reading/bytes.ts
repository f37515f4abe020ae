import type { HowFar } from "./how-far.ts";
import { unpackedBytes } from "./unpacked.ts";
import { Unreadable } from "./unreadable.ts";

/** The text of a file's bytes cannot be read as what it was said to be. */
class NotInEncoding extends Unreadable {
  constructor(encoding: string) {
    super("EncodingWrong", `The file is not text in ${encoding}. Omit --encoding, or name another.`);
  }
}

/** How a file's text is read: its encoding where that is not UTF-8, how many bytes at a time, and who wants to know how far it is. */
export interface TextReading {
  readonly encoding: string | null;
  readonly highWaterMark?: number;
  readonly howFar?: HowFar | undefined;
}

/**
 * A file's bytes piece by piece, unpacked, as UTF-8. Without an encoding they are UTF-8 already, and come as they are.
 * @param path of a file, or of one in a zip archive (`folder.zip/ours.jsonl`)
 * @throws Unreadable where they are no text of the encoding, or cannot be unpacked
 */
export async function* bytesOf(
  path: string,
  { encoding, highWaterMark, howFar }: TextReading,
): AsyncGenerator<Buffer> {
  const chunks = unpackedBytes(path, { highWaterMark, howFar });
  if (encoding === null) {
    yield* chunks;
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Buffer): Buffer => {
    try {
      return Buffer.from(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
    } catch {
      throw new NotInEncoding(encoding);
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}

/** The first bytes of a file, unpacked. @throws Unreadable */
export async function firstBytes(path: string, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of unpackedBytes(path)) {
    pieces.push(chunk);
    length += chunk.length;
    if (length >= most) break;
  }
  return Buffer.concat(pieces).subarray(0, most);
}

/** All bytes of a file, unpacked; null where there are more than so many. @throws Unreadable */
export async function wholeOf(path: string, encoding: string | null, most: number): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytesOf(path, { encoding })) {
    pieces.push(chunk);
    length += chunk.length;
    if (length > most) return null;
  }
  return Buffer.concat(pieces);
}
