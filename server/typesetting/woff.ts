import zlib from "node:zlib";

/**
 * The OpenType font in a file in the Web Open Font Format 1.0 (W3C, 2012): the same tables, unpacked. fontkit reads WOFF too, but
 * unpacks the whole table of outlines for each glyph.
 */
export function unpackedFont(woff: Uint8Array): Buffer {
  const file = Buffer.from(woff);
  if (file.toString("latin1", 0, 4) !== "wOFF") throw new Error("This is no font in WOFF 1.0.");
  const tables = Array.from({ length: file.readUInt16BE(12) }, (_, i) => tableAt(file, 44 + i * 20));
  const header = Buffer.alloc(12 + 16 * tables.length);
  file.copy(header, 0, 4, 8);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE((tables.length - power) * 16, 10);
  let end = header.length;
  const bodies = tables.map(({ tag, checksum, content }, i) => {
    const entry = 12 + 16 * i;
    header.write(tag, entry, "latin1");
    header.writeUInt32BE(checksum, entry + 4);
    header.writeUInt32BE(end, entry + 8);
    header.writeUInt32BE(content.length, entry + 12);
    const padded = Buffer.alloc(Math.ceil(content.length / 4) * 4);
    content.copy(padded);
    end += padded.length;
    return padded;
  });
  return Buffer.concat([header, ...bodies]);
}

function tableAt(file: Buffer, entry: number) {
  const [offset, packed, length] = [4, 8, 12].map((place) => file.readUInt32BE(entry + place)) as [
    number,
    number,
    number,
  ];
  const bytes = file.subarray(offset, offset + packed);
  return {
    tag: file.toString("latin1", entry, entry + 4),
    checksum: file.readUInt32BE(entry + 16),
    content: packed < length ? zlib.inflateSync(bytes) : bytes,
  };
}
