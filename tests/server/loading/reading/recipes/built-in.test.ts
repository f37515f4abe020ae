import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../../server/loading/reading/field-map.ts";
import { builtInRecipes } from "../../../../../server/loading/reading/recipes/built-in.ts";
import { tellFile } from "../../../../../server/loading/reading/read-file.ts";
import { options } from "../reading-options.ts";
import { PREFERENCES } from "./published-preferences.ts";
import { PUBLISHED } from "./published-rows.ts";
import { folder, written } from "../reading-support.ts";

type Row = Record<string, unknown>;
const FILES = [...PUBLISHED, ...PREFERENCES];
const lines = (rows: readonly Row[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const read = async (rows: readonly Row[], map = "", over = {}) => {
  const name = "published.jsonl";
  const got = await written(name, lines(rows), { map: parseFieldMap(map), fileName: name, ...over });
  const { format: told } = await tellFile(`${folder}/${name}`, options(name, { map: parseFieldMap(map) }));
  return { ...got, told };
};

describe("a published file", () => {
  it("of every built-in recipe is here", () => {
    expect(FILES.map(({ recipe }) => recipe).sort()).toEqual(builtInRecipes().map(({ name }) => name));
  });

  it.each(FILES)("of $recipe is read as it is", async ({ recipe, rows, records, faults = [], remark }) => {
    const got = await read(rows);
    expect(got.told).toBe(recipe);
    expect(got.faults).toEqual(faults);
    expect(got.records).toMatchObject(records);
    expect(got.said.join("\n")).toContain(remark ?? "");
  });

  it.each(FILES)("of $recipe loses no value: each is in a record, or is named", async ({ rows }) => {
    const [row] = rows;
    const { records, remarks } = await read([row!]);
    const kept = JSON.stringify([records, remarks]);
    const inCell = (value: unknown) =>
      typeof value === "string" && value.startsWith('["') ? (JSON.parse(value) as unknown[]) : value;
    for (const value of Object.values(row!).flatMap(inCell))
      if (typeof value === "string" && value.length > 3 && !/_|Answer|Ant/.test(value))
        expect(kept).toContain(JSON.stringify(value).slice(1, -1));
  });
});

describe("what the researcher maps", () => {
  const pair = { prompt: "Q?", chosen: "Bee.", rejected: "Fly." };

  it("goes before a recipe, and leaves it the rest", async () => {
    const { records, told } = await read([pair], "annotator:=me,system_a:=ours,side_known:=true");
    expect(told).toBe("trl-texts");
    expect(records).toMatchObject([
      { annotator: "me", leftSystem: "ours", rightSystem: "rejected", sideKnown: true },
    ]);
    expect((await read([pair], "", { annotator: "us" })).records).toMatchObject([{ annotator: "us" }]);
  });

  it("is what a file is read by where it gives the columns another meaning, and so is a format", async () => {
    const { records, told } = await read([pair], "output=chosen,rejected=");
    expect(told).toBe("plain");
    expect(records).toMatchObject([{ kind: "response", turns: ["Bee."] }]);
    expect((await read([pair], "", { format: "plain" })).records).toMatchObject([{ kind: "prompt" }]);
  });

  it("is no candidate for a system, and columns are called as the file calls them", async () => {
    const row = { question: "Q?", one: "It is so.", two: "It is not.", comments: "Both are good." };
    const { problems } = await read([row], "prompt=question,rationale=comments");
    expect(problems[0]?.message).toContain("only one and two;");
  });
});

describe("a field that every row lacks", () => {
  it("is one cause, whatever else the rows have", async () => {
    const rows = [1, 2, 3].map((i) => ({ system_a: "a", system_b: "b", [`extra${i}`]: i }));
    const { problems } = await read(rows);
    expect(new Set(problems.map(({ message }) => message))).toEqual(
      new Set([
        "There is no winner. The fields are system_a, system_b, extra1, extra2, extra3; if one of them is it, map it ('published.jsonl:winner=THEIRS').",
      ]),
    );
  });
});
