import { isUtf8 } from "node:buffer";

const LF = 10;

/** Notes which lines of a file are not UTF-8, while its bytes pass by on their way to a parser that does not tell. */
export class BrokenLines {
  readonly #broken = new Set<number>();

  /** Passes bytes on; a line has been looked at before its last byte is passed on. */
  async *watch(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let carried: Buffer[] = [];
    let line = 1;
    for await (const chunk of chunks) {
      const end = chunk.lastIndexOf(LF) + 1;
      if (end > 0) {
        line = this.#look(Buffer.concat([...carried, chunk.subarray(0, end)]), line);
        carried = [];
      }
      if (end < chunk.length) carried.push(chunk.subarray(end));
      yield chunk;
    }
    if (carried.length > 0) this.#look(Buffer.concat(carried), line);
  }

  /** Whether one of the lines up to this one, that nobody has asked for, is broken. */
  takeUpTo(line: number): boolean {
    let isBroken = false;
    for (const broken of this.#broken) {
      if (broken > line) break;
      this.#broken.delete(broken);
      isBroken = true;
    }
    return isBroken;
  }

  /** @returns the number of the line after these whole lines */
  #look(lines: Buffer, first: number): number {
    const areSound = isUtf8(lines);
    let line = first;
    let start = 0;
    while (start < lines.length) {
      const lineFeed = lines.indexOf(LF, start);
      const end = lineFeed < 0 ? lines.length : lineFeed;
      if (!areSound && !isUtf8(lines.subarray(start, end))) this.#broken.add(line);
      start = end + 1;
      line++;
    }
    return line;
  }
}
