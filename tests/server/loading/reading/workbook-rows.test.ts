import { describe, expect, it } from "vitest";
import { zipOf } from "../packing.ts";
import { workbookOf } from "../workbook.ts";
import { written } from "./reading-support.ts";

const HEADER = ["prompt_id", "prompt", "output", "checked", "day"];
const ROWS = [
  [8, "Name a fish & chips < place >?", "  Cod,\nor hake.", true, new Date("2026-01-31T00:00:00Z")],
  [9, "2+2?", 4, false, null],
];

describe("a workbook", () => {
  it("is read from its first sheet with rows, each row under its number there", async () => {
    const bytes = workbookOf({ Cover: [["About this file"]], Data: [[], HEADER, ROWS[0]!, [], ROWS[1]!] });
    const { records, problems } = await written("ours.xlsx", bytes);
    expect(problems).toEqual([]);
    expect(records).toMatchObject([
      {
        ...{
          row: 3,
          promptId: "8",
          promptTurns: ["Name a fish & chips < place >?"],
          turns: ["  Cod,\nor hake."],
        },
        ...{ system: "ours", metadata: { checked: "TRUE", day: "2026-01-31T00:00:00.000Z" } },
      },
      { row: 5, promptId: "9", promptTurns: ["2+2?"], turns: ["4"], metadata: { checked: "FALSE" } },
    ]);
  });

  it("has its faults told by the sheet's rows", async () => {
    const rows = [HEADER, ROWS[0]!, [10, "Q?", "A.", true, null, "more"]];
    const { faults } = await written("ours.xlsx", workbookOf({ Data: rows }));
    expect(faults).toEqual(["3 RowRagged"]);
    const twice = workbookOf({
      Data: [
        ["prompt", "prompt"],
        ["Q?", "R?"],
      ],
    });
    expect((await written("twice.xlsx", twice)).faults).toEqual(["1 HeaderWrong"]);
  });

  it("without rows, damaged, or another document is refused by name", async () => {
    expect((await written("none.xlsx", workbookOf({ Data: [HEADER] }))).faults).toEqual(["0 FileEmpty"]);
    const whole = workbookOf({ Data: [HEADER, ...ROWS] });
    const { problems } = await written("cut.xlsx", whole.subarray(0, whole.length - 100));
    expect(problems).toMatchObject([{ row: 0, name: "FileDamaged" }]);
    const letter = await written(
      "letter.docx",
      zipOf({ "[Content_Types].xml": "<Types/>", "word/document.xml": "" }),
    );
    expect(letter.problems[0]?.message).toMatch(/an Office document/);
  });
});
