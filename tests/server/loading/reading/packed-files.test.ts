import path from "node:path";
import zlib from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../server/loading/reading/field-map.ts";
import { notesOn } from "../../../../server/loading/reading/file-notes.ts";
import { parseJson } from "../../../../server/loading/reading/json-text.ts";
import { options } from "./reading-options.ts";
import { folder, written } from "./reading-support.ts";

const zip = (inside: string) =>
  Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(26), Buffer.from(inside)]);
const tar = Buffer.alloc(600);
tar.write("a.jsonl");
tar.write("ustar", 257);

describe("a file that holds no rows as text", () => {
  it.each<[string, Buffer, RegExp]>([
    ["my folder.zip", zip("outputs/ours.jsonl"), /zip archive within another.*unzip 'my folder\.zip'/],
    ["all.tar", tar, /tar archive/],
    ["all.tar.gz", zlib.gzipSync(tar), /tar archive.*tar xf all\.tar\.gz/],
    ["a.csv", Buffer.from("version https://git-lfs.github.com/spec/v1\noid x"), /git lfs pull/],
    ["a.pdf", Buffer.from("%PDF-1.7\n"), /PDF/],
    ["a.png", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), /image/],
    ["a.json", Buffer.from("<!DOCTYPE html><html>"), /HTML/],
    ["a.db", Buffer.from("SQLite format 3\0"), /SQLite/],
  ])(
    "%s is named, with what makes rows of it, and not called badly encoded",
    async (name, bytes, message) => {
      const { records, problems } = await written(name, bytes);
      expect(records).toEqual([]);
      expect(problems).toMatchObject([{ row: 0, name: "FormatNotRead" }]);
      expect(problems[0]?.message).toMatch(message);
      expect(problems[0]?.message).not.toMatch(/UTF-8 text|skip-bad/);
    },
  );
});

describe("columns", () => {
  const rows = [
    ["prompt", "output"],
    ["Name a café; or, not|one.", "Chez Zoé"],
    ["Name a river.", "Rhône"],
  ];
  const expected = [
    { promptTurns: ["Name a café; or, not|one."], turns: ["Chez Zoé"] },
    { turns: ["Rhône"] },
  ];
  const csv = (mark: string, end = "\n") =>
    rows.map((row) => row.map((cell) => (/[;,|\t]/.test(cell) ? `"${cell}"` : cell)).join(mark)).join(end);

  it.each([",", ";", "|", "\t"])("are divided by %j", async (mark) => {
    for (const end of ["\n", "\r\n"])
      expect((await written("divided.csv", csv(mark, end))).records).toMatchObject(expected);
    const said = await written("said.csv", `sep=${mark}\n${csv(mark)}`);
    expect(said.records).toMatchObject(expected);
    expect(said.records.map((one) => one.row)).toEqual([3, 4]);
  });

  it("of one column may have any mark in their name", async () => {
    expect((await written("one.csv", "prompt\nOne; two?\n")).records).toMatchObject([
      { turns: ["One; two?"] },
    ]);
  });

  it.each(["utf-16le", "utf-16be"])("in %s are told by the mark at their beginning", async (encoding) => {
    const bytes = Buffer.from(`\uFEFF${csv("\t")}`, "utf16le");
    if (encoding === "utf-16be") bytes.swap16();
    expect((await written("utf16.txt", bytes)).records).toMatchObject(expected);
  });

  it.each(["Prompt , Output", "PROMPT,output ", "\uFEFFprompt,Output"])(
    "may be called %j",
    async (header) => {
      expect((await written("capitals.csv", `${header}\nQ?,A.\n`)).records).toMatchObject([
        { promptTurns: ["Q?"], turns: ["A."] },
      ]);
    },
  );

  it("keep a name in capitals where the plain one is there too", async () => {
    const { records } = await written("both.csv", "prompt,output,Output\nQ?,A.,B.\n");
    expect(records).toMatchObject([{ turns: ["A."], metadata: { Output: "B." } }]);
  });
});

describe("quotation marks in a file of tabs", () => {
  const rows = ["prompt\toutput", 'What is "it"?\t"No," she said.', "Where?\tAt 5'10\" or so.", "Why?\tSo."];

  it("are text where they could quote nothing", async () => {
    const { records, problems } = await written("ours.tsv", rows.join("\n"));
    expect(problems).toEqual([]);
    expect(records).toMatchObject([
      { row: 2, promptTurns: ['What is "it"?'], turns: ['"No," she said.'] },
      { row: 3, turns: ["At 5'10\" or so."] },
      { row: 4, turns: ["So."] },
    ]);
    const file = path.join(folder, "ours.tsv");
    expect((await notesOn(file, options("ours.tsv"))).map(({ name }) => name)).toEqual(["QuotesAreText"]);
  });

  it("quote where a cell is quoted as a whole, and then a fault is one", async () => {
    const quoted = await written(
      "quoted.tsv",
      'prompt\toutput\n"A tab\there, a line\nend."\t"A ""word""."\n',
    );
    expect(quoted.records).toMatchObject([
      { promptTurns: ["A tab\there, a line\nend."], turns: ['A "word".'] },
    ]);
    const mixed = await written("mixed.tsv", `${rows.join("\n")}\n"How?"\tSo.\n`);
    expect(mixed.faults).toContain("2 RowNotCsv");
    expect(await notesOn(path.join(folder, "mixed.tsv"), options("mixed.tsv"))).toEqual([]);
  });
});

it("lines that end with a carriage return alone are named", async () => {
  const { problems } = await written("mac.csv", "prompt,output\rQ?,A.\rR?,B.\r");
  expect(problems[0]?.message).toMatch(/carriage return alone.*tr '\\r' '\\n'/);
});

describe("text that is not UTF-8", () => {
  const latin = Buffer.from('prompt,output\n"Name a café.","Près du musée"\nName a herb.,Thyme.\n', "latin1");
  const windows = Buffer.from("prompt,output\nQ?,Mara\xf1\xf3n \x96 \x93Amazonas\x94\n", "latin1");
  const chinese = Buffer.from("70726f6d70742c6f75747075740ad4f5c3b4d1f9a3bf2cbac3b5c40a", "hex"); // GB18030

  it.each([
    ["windows-1252", latin, "café", 2],
    ["windows-1252", windows, "– “Amazonas”", 1],
    ["gb18030", chinese, "怎么样", 1],
  ])(
    "is named as %s, shown as it would read, and read so when told",
    async (encoding, bytes, shown, rows) => {
      const { problems } = await written("foreign.csv", bytes);
      expect(problems[0]).toMatchObject({ name: "FileNotText" });
      expect(problems[0]?.message).toContain(`--encoding ${encoding}`);
      expect(problems[0]?.message).toContain(shown);
      const told = await written("foreign.csv", bytes, { encoding });
      expect(told.faults).toEqual([]);
      expect(told.records).toHaveLength(rows);
      expect(JSON.stringify(told.records)).toContain(shown);
    },
  );

  it("is named as no text where it is none in any encoding", async () => {
    const bytes = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 167 + 13 * (i >> 3)) % 251));
    const [problem] = (await written("odd.jsonl", bytes)).problems;
    expect(problem).toMatchObject({ name: "FileNotText" });
    expect(problem?.message).not.toContain("--encoding");
  });

  it("is refused where it is not even what was said", async () => {
    expect((await written("wrong.csv", latin, { encoding: "gb18030" })).faults).toContain("0 EncodingWrong");
  });

  it("is read as JSON too", async () => {
    const rows = [{ prompt: "Name a café.", output: "Zoé" }];
    for (const text of [JSON.stringify(rows), JSON.stringify(rows[0])]) {
      const bytes = Buffer.from(text, "latin1");
      expect((await written("a.json", bytes, { encoding: "windows-1252" })).records).toMatchObject([
        { turns: ["Zoé"] },
      ]);
    }
  });
});

describe("JSON that is nearly JSON", () => {
  it.each([
    ['[{"a":1},{"a":2},]', [[{ a: 1 }, { a: 2 }]]],
    ['{"a":[1,2,],}', [{ a: [1, 2] }]],
    ['{"a":1}\n{"a":"}, {"}', [{ a: 1 }, { a: "}, {" }]],
    ['{"a":1},\n{"a":2}', [{ a: 1 }, { a: 2 }]],
    ['{"a":NaN,"b":-Infinity,"c":"NaN"}', [{ a: null, b: null, c: "NaN" }]],
  ])("%s is read where it is without doubt", (text, values) => {
    expect(parseJson(text)).toEqual({ values });
  });

  it.each([
    ["[\n {'a': 1}\n]", /single quotation marks.* in line 2, column 3/],
    ["[\n {} // no\n]", /comment.* in line 2, column 5/],
    ['{"a":1 "b":2}', /comma is missing in line 1, column 8/],
    ["[1,,2]", /comma too many in line 1, column 4/],
    ['[{"a":1}', /nothing closes the “\[” in line 1, column 1/],
    ['{"a":"x\ny"}', /in line 1, column 6/],
    ['{"a":}', /in line 1, column 6/],
    ["{]", /in line 1, column 2/],
  ])("%s is refused by its place", (text, fault) => {
    expect(parseJson(text)).toEqual({ fault: expect.stringMatching(fault) as string });
  });

  it("whose rows are inside is told where, and read there", async () => {
    const text = JSON.stringify({ meta: { n: 2 }, results: { data: [{ prompt: "Q?" }, { prompt: "R?" }] } });
    const { problems } = await written("wrapped.json", text);
    expect(problems[0]?.message).toContain("2 rows under results.data");
    expect(problems[0]?.message).toContain("'wrapped.json:rows=results.data'");
    const told = await written("wrapped.json", text, { map: parseFieldMap("rows=results.data") });
    expect(told.records).toMatchObject([
      { turns: ["Q?"], row: 1 },
      { turns: ["R?"], row: 2 },
    ]);
    expect((await written("wrapped.json", text, { map: parseFieldMap("rows=other") })).faults).toEqual([
      "0 NoSuchField",
    ]);
  });
});
