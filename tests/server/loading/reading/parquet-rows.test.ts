import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { parquetWriteBuffer, type SchemaElement } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { parquetRows } from "../../../../server/loading/reading/parquet-rows.ts";
import { Unreadable } from "../../../../server/loading/reading/unreadable.ts";
import { randomBelow, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { zipOf, zstandardOf } from "../packing.ts";
import { folder, read, written } from "./reading-support.ts";

const text = (name: string): SchemaElement => ({
  name,
  type: "BYTE_ARRAY",
  converted_type: "UTF8",
  repetition_type: "OPTIONAL",
});
const group = (name: string, children: number, more: Partial<SchemaElement> = {}): SchemaElement => ({
  name,
  num_children: children,
  repetition_type: "OPTIONAL",
  ...more,
});

const COUNT = 7;
const ids = Array.from({ length: COUNT }, (_, i) => BigInt(i) + (i === 6 ? 2n ** 60n : 0n));
const COLUMNS = [
  { name: "prompt_id", data: ids, type: "INT64" as const },
  { name: "prompt", data: ids.map((_, i) => `Question ${i}: café?`), type: "STRING" as const },
  { name: "output", data: ids.map((_, i) => `Answer ${i}.`), type: "STRING" as const },
  {
    name: "written",
    data: ids.map((_, i) => new Date(Date.UTC(2026, 0, i + 1))),
    type: "TIMESTAMP" as const,
  },
  { name: "note", data: ids.map((_, i) => (i === 0 ? "first" : null)), type: "STRING" as const },
];
const fileOf = (more: Partial<Parameters<typeof parquetWriteBuffer>[0]> = {}): Buffer =>
  Buffer.from(parquetWriteBuffer({ columnData: COLUMNS, rowGroupSize: 3, ...more }));

describe("a Parquet file", () => {
  it.each([
    ["Snappy", fileOf()],
    ["nothing", fileOf({ codec: "UNCOMPRESSED" })],
    ["gzip", fileOf({ codec: "GZIP", compressors: { GZIP: (bytes) => zlib.gzipSync(bytes) } })],
    [
      "Zstandard",
      fileOf({ codec: "ZSTD", compressors: { ZSTD: (bytes) => zstandardOf(Buffer.from(bytes)) } }),
    ],
  ])("compressed with %s is read over its row groups", async (_, bytes) => {
    const { records, problems } = await written("ours.parquet", bytes);
    expect(problems).toEqual([]);
    expect(records.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(records[0]).toMatchObject({
      ...{ system: "ours", promptId: "0", promptTurns: ["Question 0: café?"], turns: ["Answer 0."] },
      metadata: { written: "2026-01-01T00:00:00.000Z", note: "first" },
    });
    expect(records[6]).toMatchObject({ promptId: String(2n ** 60n + 6n), turns: ["Answer 6."] });
  });

  it("is read in an archive, and compressed", async () => {
    const archive = path.join(folder, "held.zip");
    fs.writeFileSync(archive, zipOf({ "data/ours.parquet": fileOf() }));
    expect((await read(`${archive}/data/ours.parquet`)).records).toHaveLength(COUNT);
    const { records } = await written("ours.parquet.gz", zlib.gzipSync(fileOf()));
    expect(records.map(({ row }) => row)).toHaveLength(COUNT);
  });

  it("may hold chats, as lists of what has names", async () => {
    const message = (role: string, content: string) => ({ role, content });
    const chats = [
      [message("user", "2+2?"), message("assistant", "4")],
      [message("user", "3+3?"), message("assistant", "6")],
    ];
    const bytes = parquetWriteBuffer({
      columnData: [{ name: "messages", data: chats }],
      schema: [
        { name: "root", num_children: 1 },
        group("messages", 1, { converted_type: "LIST" }),
        group("list", 1, { repetition_type: "REPEATED" }),
        group("element", 2),
        text("role"),
        text("content"),
      ],
    });
    const { records, problems } = await written("ours.parquet", Buffer.from(bytes));
    expect(problems).toEqual([]);
    expect(records.filter(({ kind }) => kind === "response")).toMatchObject([
      { promptTurns: ["2+2?"], turns: ["4"] },
      { promptTurns: ["3+3?"], turns: ["6"] },
    ]);
  });

  it("with bytes that are no text keeps their length alone", async () => {
    const columnData = [
      { name: "prompt", data: ["Q?"], type: "STRING" as const },
      { name: "thumbnail", data: [new Uint8Array([0xff, 0xd8, 0xff])], type: "BYTE_ARRAY" as const },
    ];
    const { records } = await written("p.parquet", Buffer.from(parquetWriteBuffer({ columnData })));
    expect(records).toMatchObject([{ metadata: { thumbnail: "3 bytes that are no text" } }]);
  });

  it("that is cut off anywhere is refused as a whole", async () => {
    const bytes = fileOf();
    for (let length = 5; length < bytes.length; length += 37) {
      const { faults, problems } = await written("cut.parquet", bytes.subarray(0, length));
      expect(faults).toEqual(["0 FileDamaged"]);
      expect(problems[0]?.message).toMatch(/^The Parquet file cannot be read: /);
    }
  });

  it("of which bytes are damaged is read or refused, and never read for ever", async () => {
    const bytes = fileOf();
    const file = path.join(folder, "damaged.parquet");
    const endless: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const random = seededRandom(String(seed));
      const damaged = Buffer.from(bytes);
      for (let left = 3; left > 0; left--)
        damaged[randomBelow(random, damaged.length)] = randomBelow(random, 256);
      fs.writeFileSync(file, damaged);
      const ending = await endOf(file);
      expect(ending).toMatch(
        /^read$|^The Parquet file cannot be read: |^A row group of the Parquet file comes to /,
      );
      if (ending.includes("does not come to an end")) endless.push(seed);
    }
    expect(endless).toEqual(expect.arrayContaining([7, 32]));
  });
});

/** How reading a file ended: its refusal, or `read`. */
async function endOf(file: string): Promise<string> {
  try {
    for await (const rows of parquetRows(file, undefined, 200)) expect(rows.length).toBeGreaterThan(0);
    return "read";
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}
