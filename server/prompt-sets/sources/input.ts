import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { decompressed } from "../../loading/reading/decompressed.ts";
import { unpackedBytes } from "../../loading/reading/unpacked.ts";
import { BuildRefused } from "../errors.ts";

/** One file of a source: what it is called, and its bytes, unpacked. Standard input can be read once. */
export interface Input {
  readonly name: string;
  /** Where it is; null: standard input. */
  readonly path: string | null;
  readonly bytes: () => AsyncIterable<Buffer>;
}

/** What one source is read from. */
export interface SourceInputs {
  readonly files: readonly Input[];
  /** The file of wikiHow's categories; null: there is none. */
  readonly categories: Input | null;
}

const CHUNK_BYTES = 256 * 1024;

/** What stands for standard input among the files of a source. */
export const STANDARD_INPUT = "-";

export const fileInput = (path: string, name: string): Input => ({
  name,
  path,
  bytes: () =>
    path.endsWith(".7z") ? sevenZipped(path, name) : unpackedBytes(path, { highWaterMark: CHUNK_BYTES }),
});

export const standardInput = (stream: Readable): Input => ({
  name: "standard input",
  path: null,
  bytes: () => decompressed(stream as AsyncIterable<Buffer>),
});

/** Posts.xml in a 7z archive, unpacked by `7zz`, which has to be installed. */
async function* sevenZipped(path: string, name: string): AsyncGenerator<Buffer> {
  const child = spawn("7zz", ["x", "-so", path, "Posts.xml"], { stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  child.stderr.on("data", (piece: Buffer) => said.push(piece.toString()));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  ended.catch(() => undefined);
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    const code = await ended;
    if (code !== 0)
      throw new BuildRefused(
        `${name} cannot be unpacked: ${said.join("").trim().split("\n").at(-1) || "7zz was ended"}`,
      );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new BuildRefused(
      `${name} is a 7z archive, and 7zz is not installed. Install it (https://7-zip.org), or unpack Posts.xml, or ` +
        `give it on standard input: 7z x -so ${name} Posts.xml | npx tiebreak prompts build … NAME=-`,
    );
  } finally {
    child.kill();
  }
}
