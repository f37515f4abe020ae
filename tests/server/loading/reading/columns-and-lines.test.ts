import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLines, type Line } from "../../../../server/loading/reading/lines.ts";
import { fixture, folder, written } from "./reading-support.ts";
import fs from "node:fs";
import path from "node:path";

const placed = (records: { row: number }[]) => records.map((record) => record.row);

describe("columns", () => {
  it("say on which line a row begins, after blank lines, quoted line ends and a lone CR", async () => {
    const { records, faults } = await fixture("lines.csv");
    expect(records).toMatchObject([
      { row: 2, turns: ["two\r\nlines"] },
      { row: 6, turns: ["a lone \r is text"] },
      { row: 8, turns: ['"quoted", and\n\nmore'] },
      { row: 14, turns: ["\uFFFD"] },
    ]);
    expect(faults).toEqual(["7 RowRagged", "11 FileNotText", "12 FileNotText", "15 RowNotCsv"]);
  });

  it("keep the rows before a fault in the quotation marks, however many", async () => {
    const { records, problems } = await fixture("quotes.tsv");
    expect(placed(records)).toEqual([2]);
    expect(problems).toMatchObject([{ row: 4, name: "RowNotCsv" }]);
    const many = Array.from({ length: 3000 }, (_, i) => `${i},x\n`).join("");
    const cut = await written("cut.csv", `prompt_id,output\n${many}a,"never\nclosed\n`);
    expect(cut.records).toHaveLength(3000);
    expect(cut.faults).toEqual(["3002 RowNotCsv"]);
    expect((await fixture("bad-quotes.csv")).faults).toEqual(["3 RowNotCsv"]);
  });

  it("need a header of different names", async () => {
    expect((await fixture("twice.csv")).problems).toMatchObject([{ row: 1, name: "HeaderWrong" }]);
    expect((await fixture("twice.csv")).problems[0]?.message).toContain("output");
    expect((await fixture("semicolons.csv")).records).toMatchObject([{ promptId: "1", turns: ["One?"] }]);
    expect((await fixture("header-only.csv")).faults).toEqual(["0 FileEmpty"]);
    const header = Buffer.from("prompt_id,caf\xe9\n1,2\n", "latin1");
    expect((await written("header.csv", header)).faults).toEqual(["1 FileNotText"]);
  });

  it("may be one", async () => {
    expect((await fixture("one-column.csv")).records).toMatchObject([
      { kind: "prompt", row: 2, turns: ["One?"] },
      { kind: "prompt", row: 3, turns: ["Two,\nthree?"] },
    ]);
  });

  it("are dropped where objects treat their names specially", async () => {
    const { records } = await fixture("prototype.csv");
    expect(records[0]).toHaveProperty("metadata", { note: "kept" });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it("of any text come to the lines that a count of line feeds gives", async () => {
    const field = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "\r\n", "\u2028", "é", " ") });
    const end = fc.constantFrom("\n", "\r\n", "\n\n");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(field, end), { minLength: 1 }), async (rows) => {
        let text = "prompt_id,output\n";
        const lines: number[] = [];
        for (const [output, lineEnd] of rows) {
          lines.push(text.split("\n").length);
          text += `p,"${output.replaceAll('"', '""')}"${lineEnd}`;
        }
        const { records, faults } = await written("counted.csv", text);
        expect(faults).toEqual([]);
        expect(placed(records)).toEqual(lines);
        expect(records.map((one) => one.kind === "response" && one.turns[0])).toEqual(
          rows.map(([one]) => one),
        );
      }),
      { numRuns: 80 },
    );
  });
});

describe("JSON", () => {
  const row = '{"prompt_id":1,"output":"a"}';

  it.each([
    ["a list under the name of lines", "list.jsonl", `[\n ${row},\n ${row}\n]`, 2, []],
    ["lines under the name of a list", "lines.json", `${row}\n${row}`, 2, []],
    ["lines of which the first is cut", "cut.txt", `{"prompt_id":\n${row}\n`, 1, ["1 RowNotJson"]],
    ["lines of which the first is a list", "first.jsonl", `[1]\n${row}\n`, 1, ["1 RowNotAnObject"]],
    ["lines of which the first is no JSON", "first.jsonl", `hello\n${row}\n`, 1, ["1 RowNotJson"]],
    ["one object over several lines", "one.json", '{\n "prompt_id": 1,\n "output": "a"\n}', 1, []],
    [
      "an indented list with an object a line",
      "list.json",
      `[\n  ${row},\n  {"prompt_id":\n 2}]`,
      1,
      ["2 FieldMissing"],
    ],
    ["a list that is cut", "list.json", `[${row},`, 0, ["0 RowNotJson"]],
    ["an empty list", "list.json", "[]", 0, ["0 FileEmpty"]],
    ["white space", "blank.json", "\uFEFF \n\n", 0, ["0 FileEmpty"]],
  ])("is read whatever its name: %s", async (_, name, text, count, faults) => {
    const read = await written(name, text, { format: "plain" });
    expect(read.records).toHaveLength(count);
    expect(read.faults).toEqual(faults);
  });

  it("that is not UTF-8 is refused by line", async () => {
    expect((await fixture("not-utf8.jsonl")).faults).toEqual(["2 FileNotText"]);
    const list = Buffer.from(`[${row},\n${row},\n{"prompt_id":"\xe9"}]`, "latin1");
    const { problems } = await written("latin1.json", list);
    expect(problems).toMatchObject([{ row: 0, name: "FileNotText" }]);
    expect(problems[0]?.message).toContain("Line 3 ");
  });

  it("that holds nothing is empty", async () => {
    expect((await fixture("empty.jsonl")).faults).toEqual(["0 FileEmpty"]);
  });
});

describe("lines", () => {
  const linesOf = async (bytes: string | Buffer, most?: number) => {
    const file = path.join(folder, "lines.txt");
    fs.writeFileSync(file, bytes);
    const lines: Line[] = [];
    for await (const some of readLines(file, { lineBytesMax: most })) lines.push(...some);
    return lines;
  };

  it("end with LF alone", async () => {
    const lines = await linesOf("\uFEFFa\r\nb\u2028\rc\n\n\uFEFFd");
    expect(lines).toEqual([
      { number: 1, text: "a" },
      { number: 2, text: "b\u2028\rc" },
      { number: 3, text: "" },
      { number: 4, text: "\uFEFFd" },
    ]);
  });

  it("that are too long are left out, and those after them are not", async () => {
    const long = "x".repeat(700_000);
    expect(await linesOf(`a\n${long}\nb\n${long}`, 600_000)).toEqual([
      { number: 1, text: "a" },
      { number: 2, fault: "TooLong" },
      { number: 3, text: "b" },
      { number: 4, fault: "TooLong" },
    ]);
    expect(await linesOf(`abc\nabcd\n`, 3)).toMatchObject([{ text: "abc" }, { fault: "TooLong" }]);
  });
});
