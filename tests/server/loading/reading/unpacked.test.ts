import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { unpackedBytes } from "../../../../server/loading/reading/unpacked.ts";
import { membersOf } from "../../../../server/loading/reading/archives.ts";
import { HowFar } from "../../../../server/loading/reading/how-far.ts";
import { readFile } from "../../../../server/loading/reading/read-file.ts";
import { tarOf, zipOf, zstandardBomb, zstandardOf } from "../packing.ts";
import { options } from "./reading-options.ts";
import { folder, read, written } from "./reading-support.ts";

const LINES = Array.from({ length: 5000 }, (_, i) =>
  JSON.stringify({ prompt: `Question ${i}?`, output: `Answer ${i}.` }),
).join("\n");
const CSV = "prompt,output\nName a café.,Zoé\n";

const stored = (name: string, bytes: Buffer): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, bytes);
  return file;
};

async function lengthOf(file: string): Promise<number> {
  let length = 0;
  for await (const chunk of unpackedBytes(file)) length += chunk.length;
  return length;
}

describe("a compressed file", () => {
  it.each([
    ["gzip", "rows.jsonl.gz", zlib.gzipSync(LINES)],
    [
      "gzip in several members",
      "parts.gz",
      Buffer.concat([zlib.gzipSync(LINES.slice(0, 1000)), zlib.gzipSync(LINES.slice(1000))]),
    ],
    ["Zstandard", "rows.jsonl.zst", zstandardOf(LINES)],
    ["gzip without its ending", "rows.jsonl", zlib.gzipSync(LINES)],
  ])("with %s is read as what is in it", async (_, name, bytes) => {
    const { records, problems } = await written(name, bytes);
    expect(problems).toEqual([]);
    expect(records).toHaveLength(5000);
    expect(records.at(-1)).toMatchObject({ row: 5000, turns: ["Answer 4999."] });
  });

  it("names its system without either ending", async () => {
    const { records } = await written("ours.csv.gz", zlib.gzipSync(CSV));
    expect(records).toMatchObject([{ system: "ours", turns: ["Zoé"] }]);
  });

  it("in another encoding is told, and read when told", async () => {
    const latin = zlib.gzipSync(Buffer.from(CSV, "latin1"));
    expect((await written("latin.csv.gz", latin)).problems[0]?.message).toContain("--encoding windows-1252");
    const { records } = await written("latin.csv.gz", latin, { encoding: "windows-1252" });
    expect(records).toMatchObject([{ turns: ["Zoé"] }]);
  });

  it.each([
    ["gzip", "cut.jsonl.gz", zlib.gzipSync(LINES)],
    ["Zstandard", "cut.jsonl.zst", zstandardOf(LINES)],
  ])("with %s that is cut off is refused as a whole", async (name, file, bytes) => {
    const { faults, problems } = await written(file, bytes.subarray(0, bytes.length - 20));
    expect(faults).toEqual(["0 FileDamaged"]);
    expect(problems[0]?.message).toMatch(new RegExp(`${name} and cannot be unpacked: .*(end|EOF)`));
  });

  it("of compressed files is refused", async () => {
    const { problems } = await written("twice.gz", zlib.gzipSync(zlib.gzipSync(CSV)));
    expect(problems[0]?.message).toMatch(/compressed twice/);
  });

  it.each([
    ["gzip", "bomb.gz", Buffer.concat(Array<Buffer>(18).fill(zlib.gzipSync(Buffer.alloc(2 ** 24))))],
    ["Zstandard", "bomb.zst", zstandardBomb(2100)],
  ])("with %s that grows without measure is given up", async (_, name, bytes) => {
    await expect(lengthOf(stored(name, bytes))).rejects.toThrow(/more than 200 times its size/);
  });
});

describe("a zip archive", () => {
  const archive = {
    "outputs/ours.jsonl": LINES,
    "outputs/theirs.csv": CSV,
    "a/b.jsonl.gz": zlib.gzipSync(LINES),
  };

  it.each([
    ["outputs/ours.jsonl", 5000],
    ["outputs/theirs.csv", 1],
    ["a/b.jsonl.gz", 5000],
  ])("holds %s, which is read from it, and read again", async (member, count) => {
    const file = path.join(stored("held.zip", zipOf(archive)), member);
    for (let time = 0; time < 2; time++) expect((await read(file)).records).toHaveLength(count);
  });

  it("has its directory read once for all of its files, and anew when it is another archive", async () => {
    const names = Array.from({ length: 100 }, (_, i) => `${String(i).padStart(200, "x")}.csv`);
    const zip = stored("many.zip", zipOf(Object.fromEntries(names.map((name) => [name, CSV]))));
    await membersOf(zip);
    const reads = vi.spyOn(fs, "read");
    onTestFinished(() => reads.mockRestore());
    for (const name of names) expect(await lengthOf(path.join(zip, name))).toBe(Buffer.byteLength(CSV));
    expect(reads.mock.calls.length).toBeGreaterThan(0);
    expect(reads.mock.calls.length).toBeLessThan(names.length * 10); // of each file its own header and bytes
    fs.rmSync(zip);
    stored("many.zip", zipOf({ "rows.csv": `${CSV}x,y\n` }));
    expect((await membersOf(zip)).map(({ name }) => name)).toEqual(["rows.csv"]);
    expect(await lengthOf(path.join(zip, "rows.csv"))).toBe(Buffer.byteLength(CSV) + 4);
  });

  it.each([
    ["cut off", zipOf(archive).subarray(0, 300)],
    ["empty of everything", Buffer.from("PK\x03\x04")],
  ])("that is %s has no files to list", async (_, bytes) => {
    await expect(membersOf(stored("cut.zip", bytes))).rejects.toThrow(/cannot be unpacked/);
  });

  it("is refused where a checksum or a length is not that of the content", async () => {
    const bytes = zipOf({ "empty.txt": "", "rows.csv": CSV });
    const wrong = Buffer.from(bytes);
    wrong.write("X", bytes.indexOf("café"));
    const file = path.join(stored("wrong.zip", wrong), "rows.csv");
    expect((await read(file)).problems[0]?.message).toMatch(/checksum/);
    const short = path.join(
      stored("short.zip", zipOf({ "rows.jsonl": LINES }, { claimed: 1000 })),
      "rows.jsonl",
    );
    expect((await read(short)).faults).toContain("0 FileDamaged");
  });

  it.each(["../up.jsonl", "a/../../up.jsonl", "/etc/up.jsonl", "C:/up.jsonl"])(
    "with a file called %s is refused",
    async (name) => {
      await expect(membersOf(stored("up.zip", zipOf({ "a.jsonl": LINES, [name]: LINES })))).rejects.toThrow(
        /cannot be unpacked: (invalid relative path|absolute path)/,
      );
    },
  );

  it("that claims to fill the disk is refused", async () => {
    const bytes = zipOf({ "a.jsonl": LINES }, { claimed: 2 ** 30 });
    await expect(membersOf(stored("large.zip", bytes))).rejects.toThrow(/more than 200 times its size/);
  });

  it("with a workbook that claims to fill the memory is refused, wherever the workbook stands", async () => {
    const bomb = zipOf({ "xl/workbook.xml": "<workbook/>" }, { claimed: 2 ** 30 });
    const zip = stored("bundle.zip", zipOf({ "ours.xlsx": bomb }));
    for (const file of [stored("ours.xlsx", bomb), path.join(zip, "ours.xlsx")])
      expect((await read(file)).problems[0]?.message).toMatch(/more than 200 times its size/);
  });
});

describe("a tar archive", () => {
  const LONG = `${"long/".repeat(30)}x.jsonl`;
  const archive = {
    "./outputs/ours.jsonl": LINES,
    "outputs/theirs.csv": CSV,
    "a/b.jsonl.gz": zlib.gzipSync(LINES),
    [LONG]: LINES,
  };

  it.each([
    ["as it is", (bytes: Buffer) => bytes],
    ["compressed with gzip", zlib.gzipSync],
    ["compressed with Zstandard", zstandardOf],
  ])("%s lists its files, each of which is read from it, and read again", async (_, pack) => {
    const tar = stored("held.tar", pack(tarOf(archive)));
    expect((await membersOf(tar)).map(({ name }) => name)).toEqual([
      "outputs/ours.jsonl",
      "outputs/theirs.csv",
      "a/b.jsonl.gz",
      LONG,
    ]);
    for (const [name, count] of [
      ["outputs/ours.jsonl", 5000],
      ["outputs/theirs.csv", 1],
      ["a/b.jsonl.gz", 5000],
      [LONG, 5000],
    ] as const)
      for (let time = 0; time < 2; time++)
        expect((await read(path.join(tar, name))).records).toHaveLength(count);
    expect((await read(path.join(tar, "no.csv"))).problems[0]?.message).toBe(
      "The archive holds no file no.csv.",
    );
  });

  it("is gone through once for all its files, many archives at a time, and anew where it was replaced", async () => {
    const ROW = `${LINES.split("\n")[0]!}\n`;
    const unpackedIn = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-unpacked-"));
    vi.stubEnv("TMPDIR", unpackedIn); // others unpack archives in the common one meanwhile
    onTestFinished(() => void vi.unstubAllEnvs());
    const names = Array.from({ length: 8 }, (_, i) => `${i}.jsonl`);
    const holding = (text: string) =>
      zlib.gzipSync(tarOf(Object.fromEntries(names.map((one) => [one, text]))));
    const tars = names.map((name) => stored(`${name}.tar.gz`, holding(ROW)));
    const counts = async () =>
      Promise.all(
        tars.flatMap((tar) => names.map(async (name) => (await read(path.join(tar, name))).records.length)),
      );
    expect(new Set(await counts())).toEqual(new Set([1]));
    for (const tar of tars) fs.writeFileSync(tar, holding(ROW + ROW));
    expect(new Set(await counts())).toEqual(new Set([2]));
    expect(os.tmpdir()).toBe(unpackedIn);
    expect(fs.readdirSync(unpackedIn)).toEqual([]);
  });

  it("has links, which lead nowhere", async () => {
    const tar = stored("linked.tar", tarOf({ "a.jsonl": LINES }, { "b.jsonl": "/etc/passwd" }));
    expect(await membersOf(tar)).toMatchObject([{ name: "a.jsonl" }, { name: "b.jsonl", reason: "a link" }]);
    expect((await read(path.join(tar, "b.jsonl"))).faults).toEqual(["0 FileDamaged"]);
  });

  it.each(["../up.jsonl", "a/../../up.jsonl", "/etc/up.jsonl", "C:/up.jsonl"])(
    "with a file called %s is refused",
    async (name) => {
      await expect(membersOf(stored("up.tar", tarOf({ "a.jsonl": LINES, [name]: LINES })))).rejects.toThrow(
        /cannot be unpacked: (invalid relative path|absolute path)/,
      );
    },
  );

  it("that is cut off or damaged is refused", async () => {
    const bytes = tarOf({ "a.jsonl": LINES, "b.jsonl": LINES });
    await expect(membersOf(stored("cut.tar", bytes.subarray(0, bytes.length / 2)))).rejects.toThrow(
      /tar archive cannot be unpacked/,
    );
    const wrong = Buffer.from(bytes);
    wrong.write("x", 0);
    await expect(membersOf(stored("wrong.tar", wrong))).rejects.toThrow(/checksum/);
  });
});

describe("how much of a file has been read", () => {
  const json = JSON.stringify(LINES.split("\n").map((line) => JSON.parse(line) as unknown));
  it.each<[string, string | Buffer, string]>([
    ["lines", LINES, ""],
    ["a list", json, ""],
    ["columns", `prompt,output\n${Array.from({ length: 50_000 }, (_, i) => `Q${i}?,A${i}`).join("\n")}`, ""],
    ["a compressed file", zlib.gzipSync(LINES), ""],
    ["a zip archive", zipOf({ "x.jsonl": LINES }), "/x.jsonl"],
  ])("is known of %s, and grows to all of it", async (name, content, member) => {
    const howFar = new HowFar();
    const shares: number[] = [];
    const file = `${stored(`far of ${name}`, Buffer.from(content))}${member}`;
    for await (const items of readFile(file, options("x"), howFar))
      if (items.length > 0) shares.push(howFar.share ?? -1);
    shares.push(howFar.share ?? -1);
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});
