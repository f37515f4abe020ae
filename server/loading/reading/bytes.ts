import fs from "node:fs";

/** The text of a file's bytes cannot be read as what it was said to be. */
export class NotInEncoding extends Error {
  constructor(encoding: string) {
    super(`The file is not text in ${encoding}.`);
  }
}

/**
 * A file's bytes piece by piece, as UTF-8. Null: they are UTF-8 already, and come as they are.
 * @throws NotInEncoding where they are no text of the encoding
 */
export async function* bytesOf(
  path: string,
  encoding: string | null,
  highWaterMark?: number,
): AsyncGenerator<Buffer> {
  const chunks = fs.createReadStream(path, { highWaterMark }) as AsyncIterable<Buffer>;
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

/** The first bytes of a file. */
export function firstBytes(path: string, most: number): Buffer {
  const file = fs.openSync(path, "r");
  try {
    const bytes = Buffer.alloc(most);
    return bytes.subarray(0, fs.readSync(file, bytes, 0, most, 0));
  } finally {
    fs.closeSync(file);
  }
}
