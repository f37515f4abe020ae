import { isUtf8 } from "node:buffer";
import { bytesOf, type TextReading } from "./bytes.ts";

/** One line without its line end, or why it cannot be had as text. @internal */
export type Line =
  { readonly number: number; readonly text: string } | { readonly number: number; readonly fault: LineFault };

export type LineFault = "NotUtf8" | "TooLong";

/** A row may be this long, in bytes; longer ones are refused, so that memory stays bounded. */
export const ROW_BYTES_MAX = 32 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
const LF = 10;
const CR = 13;
const BOM = "\uFEFF";

/**
 * The lines of a file, a batch for each piece that is read: split on LF only, since U+2028 and a lone CR are
 * text; a CR before the LF and a byte order mark at the start are dropped. Memory holds one piece and one line.
 */
export async function* readLines(
  path: string,
  {
    encoding = null,
    howFar,
    lineBytesMax = ROW_BYTES_MAX,
  }: Partial<Omit<TextReading, "highWaterMark">> & { lineBytesMax?: number } = {},
): AsyncGenerator<Line[]> {
  yield* linesOf(bytesOf(path, { encoding, howFar, highWaterMark: CHUNK_BYTES }), lineBytesMax);
}

/** The same of bytes that come from anywhere, such as standard input. */
export async function* linesOf(
  bytes: AsyncIterable<Buffer>,
  lineBytesMax = ROW_BYTES_MAX,
): AsyncGenerator<Line[]> {
  const carry = new Carry(lineBytesMax);
  let number = 0;
  for await (const chunk of bytes) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      lines.push(lineOf(carry.end(chunk.subarray(start, end)), ++number));
      start = end + 1;
    }
    if (start < chunk.length) carry.add(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (!carry.isEmpty) yield [lineOf(carry.end(Buffer.alloc(0)), number + 1)];
}

/** The beginning of a line whose end has not been read; of one that is too long only that is kept. */
class Carry {
  readonly #most: number;
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length <= this.#most) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  /** The whole line, or null where it is too long. */
  end(rest: Buffer): Buffer | null {
    if (this.#length === 0) return rest.length <= this.#most ? rest : null;
    this.add(rest);
    const line = this.#length <= this.#most ? Buffer.concat(this.#pieces) : null;
    this.#pieces = [];
    this.#length = 0;
    return line;
  }
}

function lineOf(bytes: Buffer | null, number: number): Line {
  if (bytes === null) return { number, fault: "TooLong" };
  const length = bytes.length > 0 && bytes[bytes.length - 1] === CR ? bytes.length - 1 : bytes.length;
  const text = bytes.toString("utf8", 0, length);
  // A text without the mark that stands for broken bytes has none: the rest need not be looked at twice.
  if (text.includes("\uFFFD") && !isUtf8(bytes)) return { number, fault: "NotUtf8" };
  return { number, text: number === 1 && text.startsWith(BOM) ? text.slice(1) : text };
}
