/** One entry of a tar archive. */
interface TarEntry {
  readonly name: string;
  /** Where its body begins, in bytes. */
  readonly at: number;
  /** Of the body. */
  readonly bytes: number;
  readonly kind: "file" | "folder" | "link" | "other";
}

const BLOCK = 512;
/** What stands in front of an entry, such as a long name, may be this long. */
const ABOUT_BYTES_MAX = 1024 * 1024;

/**
 * The entries of a tar archive, as POSIX.1-2001 (pax) and GNU tar write it. Of what pax says of an entry, its path and its size
 * are used.
 * @throws Error where the archive is cut off, or a header is damaged
 */
export async function* tarEntries(archive: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Pieces(archive);
  let said: { name?: string; size?: number } = {};
  try {
    for (;;) {
      const header = await bytes.take(BLOCK);
      if (header.every((byte) => byte === 0)) return;
      requireChecksum(header);
      const flag = String.fromCharCode(header[156] ?? 0);
      const size = said.size ?? numberAt(header, 124, 12);
      const padding = (BLOCK - (size % BLOCK)) % BLOCK;
      if ("xLgK".includes(flag)) {
        if (size > ABOUT_BYTES_MAX) throw new Error("a header is too long");
        const about = (await bytes.take(size)).toString("utf8");
        await bytes.skip(padding);
        if (flag === "x") said = { ...said, ...paxOf(about) };
        if (flag === "L") said = { ...said, name: about.replace(/\0.*$/s, "") };
        continue;
      }
      const name = said.name ?? nameIn(header);
      said = {};
      yield { name, at: bytes.taken, bytes: size, kind: kindOf(flag, name) };
      await bytes.skip(size);
      await bytes.skip(padding);
    }
  } finally {
    await bytes.close();
  }
}

function kindOf(flag: string, name: string): TarEntry["kind"] {
  if (flag === "5" || name.endsWith("/")) return "folder";
  if ("\x000 7".includes(flag)) return "file";
  return flag === "1" || flag === "2" ? "link" : "other";
}

const textAt = (header: Buffer, at: number, length: number): string =>
  header.toString("utf8", at, at + length).replace(/\0.*$/s, "");

function nameIn(header: Buffer): string {
  const prefix = header.toString("latin1", 257, 263) === "ustar\0" ? textAt(header, 345, 155) : "";
  return prefix === "" ? textAt(header, 0, 100) : `${prefix}/${textAt(header, 0, 100)}`;
}

/** Octal digits, or of a large number its bytes behind a mark. */
function numberAt(header: Buffer, at: number, length: number): number {
  const isBinary = (header[at] ?? 0) >= 0x80;
  const value = isBinary
    ? Number(BigInt(`0x${header.toString("hex", at + 1, at + length)}`))
    : Number.parseInt(textAt(header, at, length).trim() || "0", 8);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error("a header is damaged");
  return value;
}

function requireChecksum(header: Buffer): void {
  const own = header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (own !== numberAt(header, 148, 8)) throw new Error("a header is damaged (its checksum is another)");
}

/** `LENGTH path=NAME` and the like, one a line, where the length counts the line's bytes. */
function paxOf(text: string): { name?: string; size?: number } {
  const said: { name?: string; size?: number } = {};
  for (const [, key, value = ""] of text.matchAll(/^\d+ ([^=\n]+)=(.*)$/gm)) {
    if (key === "path") said.name = value;
    if (key === "size") said.size = Number(value);
  }
  return said;
}

/** Bytes that come in pieces, taken in others. */
class Pieces {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  /** How many bytes were taken or skipped. */
  taken = 0;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  close = async (): Promise<void> => void (await this.#source.return?.());

  /** Up to so many bytes, at least one. */
  async some(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next();
      if (next.done) throw new Error("it is cut off");
      this.#rest = next.value;
    }
    const some = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(some.length);
    this.taken += some.length;
    return some;
  }

  async take(length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let left = length; left > 0; left -= pieces.at(-1)!.length) pieces.push(await this.some(left));
    return Buffer.concat(pieces);
  }

  async skip(length: number): Promise<void> {
    for (let left = length; left > 0;) left -= (await this.some(left)).length;
  }
}
