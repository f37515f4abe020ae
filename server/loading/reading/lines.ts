import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";

/** One line without its line end. `text` null: its bytes are not UTF-8. */
export interface Line {
  readonly number: number;
  readonly text: string | null;
}

const CHUNK_BYTES = 256 * 1024;
const LF = 10;
const CR = 13;
const BOM = "\uFEFF";

/**
 * The lines of a file, a batch for each piece that is read: split on LF only, since U+2028 and a lone CR are
 * text; a CR before the LF and a byte order mark at the start are dropped. Memory holds one piece and one line.
 */
export async function* readLines(path: string): AsyncGenerator<Line[]> {
  let carried: Buffer[] = [];
  let number = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      const rest = chunk.subarray(start, end);
      const bytes = carried.length > 0 ? Buffer.concat([...carried, rest]) : rest;
      carried = [];
      lines.push(lineOf(bytes, ++number));
      start = end + 1;
    }
    if (start < chunk.length) carried.push(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (carried.length > 0) yield [lineOf(Buffer.concat(carried), number + 1)];
}

function lineOf(bytes: Buffer, number: number): Line {
  const length = bytes.length > 0 && bytes[bytes.length - 1] === CR ? bytes.length - 1 : bytes.length;
  const text = bytes.toString("utf8", 0, length);
  if (text.includes("\uFFFD") && !isUtf8(bytes)) return { number, text: null };
  return { number, text: number === 1 && text.startsWith(BOM) ? text.slice(1) : text };
}
