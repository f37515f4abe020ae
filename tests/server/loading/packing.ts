import zlib from "node:zlib";

interface Packed {
  /** What the archive claims that the file unpacks to, in bytes. */
  readonly claimed?: number;
  /** Whether what is compressed is so with Zstandard. */
  readonly zstandard?: boolean;
}

/** A zip archive of these files, the second of them and every other one stored as it is. */
export function zipOf(
  files: Readonly<Record<string, string | Buffer>>,
  { claimed, zstandard = false }: Packed = {},
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  Object.entries(files).forEach(([name, content], i) => {
    const bytes = Buffer.from(content);
    const method = i % 2 === 1 ? 0 : zstandard ? 93 : 8;
    const packed = method === 0 ? bytes : zstandard ? zstandardOf(bytes) : zlib.deflateRawSync(bytes);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x800, 2); // names are UTF-8
    about.writeUInt16LE(method, 4);
    about.writeUInt32LE(zlib.crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(claimed ?? bytes.length, 18);
    about.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), about, Buffer.from(name), packed]);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), about, where, Buffer.from(name));
    locals.push(local);
    offset += local.length;
  });
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(locals.length, 8);
  end.writeUInt16LE(locals.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listed, end]);
}

/** A block of a tar archive in front of a file, a link or a name that is too long for a block. */
function tarHead(
  name: string,
  { size, flag, leadsTo = "" }: { size: number; flag: string; leadsTo?: string },
): Buffer {
  const head = Buffer.alloc(512);
  head.write(name.slice(0, 100), 0);
  head.write("0000644\0", 100);
  head.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  head.write(`        ${flag}${leadsTo}`, 148);
  head.write("ustar\x0000", 257);
  head.write(
    `${[...head]
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return head;
}

const inBlocks = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);

/** A tar archive of these files, and behind them of links with what they lead to. Long names are as GNU writes them. */
export function tarOf(
  files: Readonly<Record<string, string | Buffer>>,
  links: Readonly<Record<string, string>> = {},
): Buffer {
  const named = (name: string, head: Buffer) =>
    name.length <= 100
      ? [head]
      : [tarHead("././@LongLink", { size: name.length, flag: "L" }), inBlocks(Buffer.from(name)), head];
  const entries = Object.entries(files).flatMap(([name, content]) => {
    const body = Buffer.from(content);
    return [...named(name, tarHead(name, { size: body.length, flag: "0" })), inBlocks(body)];
  });
  const linked = Object.entries(links).map(([name, leadsTo]) =>
    tarHead(name, { size: 0, flag: "2", leadsTo }),
  );
  return Buffer.concat([...entries, ...linked, Buffer.alloc(1024)]);
}

const ZSTANDARD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const BLOCK_MAX = 128 * 1024;

function blockHead(
  kind: "as it is" | "one byte",
  { size, isLast }: { size: number; isLast: boolean },
): Buffer {
  const head = Buffer.alloc(3);
  head.writeUIntLE((size << 3) | (kind === "one byte" ? 2 : 0) | (isLast ? 1 : 0), 0, 3);
  return head;
}

/** A Zstandard frame that holds these bytes as they are. */
export function zstandardOf(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const blocks: Buffer[] = [];
  for (let start = 0; start === 0 || start < bytes.length; start += BLOCK_MAX) {
    const block = bytes.subarray(start, start + BLOCK_MAX);
    const isLast = start + BLOCK_MAX >= bytes.length;
    blocks.push(blockHead("as it is", { size: block.length, isLast }), block);
  }
  return Buffer.concat([ZSTANDARD, Buffer.from([0x00, 0x38]), ...blocks]);
}

/** A Zstandard frame of a few kilobytes that comes to so many blocks of 128 kB. */
export const zstandardBomb = (blocks: number): Buffer =>
  Buffer.concat([
    ZSTANDARD,
    Buffer.from([0x00, 0x38]),
    ...Array.from({ length: blocks }, (_, i) =>
      Buffer.concat([blockHead("one byte", { size: BLOCK_MAX, isLast: i === blocks - 1 }), Buffer.from("a")]),
    ),
  ]);
