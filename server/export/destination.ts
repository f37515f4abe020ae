import fs from "node:fs";
import { pipeline } from "node:stream/promises";
import { cannotWrite } from "./cannot-write.ts";

/** Where the bytes of a file go: under this path, or to a stream that stays open. */
export type Destination = { readonly path: string } | { readonly stream: NodeJS.WritableStream };

/**
 * Writes a text piece by piece, no faster than it is taken. A file appears under its name once it is whole.
 * @throws ExportWrong where the place cannot be written
 */
export async function writeText(to: Destination, pieces: AsyncIterable<string>): Promise<void> {
  if ("stream" in to) return writeToStream(to.stream, pieces);
  const part = `${to.path}.part`;
  try {
    await pipeline(pieces, fs.createWriteStream(part));
    await fs.promises.rename(part, to.path);
  } catch (error) {
    await fs.promises.rm(part, { force: true });
    throw cannotWrite(to.path, error);
  }
}

/** Who reads from a pipe may have seen enough, as `head` has: that is no failure. */
async function writeToStream(stream: NodeJS.WritableStream, pieces: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(pieces, stream, { end: false });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPIPE")) throw error;
  }
}
