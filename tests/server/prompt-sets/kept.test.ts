import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, it } from "vitest";
import type { PromptSetItem } from "../../../server/contract/prompt-sets.ts";
import { compareItems } from "../../../server/prompt-sets/kept/compare.ts";
import { hashOfItems } from "../../../server/prompt-sets/kept/items.ts";
import { readToKeep } from "../../../server/prompt-sets/kept/read.ts";
import { writeVersionAs } from "../../../server/prompt-sets/kept/write-as.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-kept-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const written = (name: string, rows: readonly object[]): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
};

const item = (id: string, more: Partial<PromptSetItem> = {}): PromptSetItem => ({
  ...{ id, split: "test", turns: [`What is ${id}?`], response: null, source: "own", group: null, tags: [] },
  ...{ licence: null, url: null, attribution: null, fields: {}, ...more },
});

describe("reading a file to keep", () => {
  it("takes what a row holds, turns, tags and all", async () => {
    const file = written("own.jsonl", [
      {
        prompt_id: "a",
        prompt: "Name a fish.",
        split: "dev",
        tags: ["fish", "easy"],
        license: "CC0-1.0",
        level: 3,
      },
      {
        prompt_id: "b",
        prompt: ["Name a tree.", "And another."],
        split: "test",
        category: "trees",
        url: "https://a.b/",
      },
    ]);
    const { items, files, edited } = await readToKeep([file], null);
    expect({ files, edited }).toEqual({ files: ["own.jsonl"], edited: false });
    expect(items).toEqual([
      item("a", {
        ...{
          split: "dev",
          turns: ["Name a fish."],
          tags: ["fish", "easy"],
          licence: "CC0-1.0",
          source: null,
        },
        fields: { level: 3 },
      }),
      item("b", {
        turns: ["Name a tree.", "And another."],
        group: "trees",
        url: "https://a.b/",
        source: null,
      }),
    ]);
  });

  it.each([
    ["no split", [{ prompt: "A?" }], null, /line 1: names no split. Add --split test/],
    [
      "a split of another kind",
      [{ prompt: "A?", split: "validation" }],
      null,
      /line 1: the split “validation” is none of train/,
    ],
    [
      "one id for two texts",
      [
        { prompt_id: "a", prompt: "A?" },
        { prompt_id: "a", prompt: "B?" },
      ],
      "test",
      /line 2: the id a stands for another text/,
    ],
    [
      "one text in two splits",
      [
        { prompt: "A b?", split: "train" },
        { prompt_id: "x", prompt: "a  B?", split: "test" },
      ],
      null,
      /have the same text/,
    ],
    [
      "one prompt in two splits",
      [
        { prompt: "A?", split: "train" },
        { prompt: "A?", split: "test" },
      ],
      null,
      /line 2: .* is in the split train already, not test/,
    ],
    [
      "judgments",
      [{ prompt_id: "a", left_system: "s", right_system: "t", choice: "left", annotator: "n" }],
      "test",
      /line 1: holds judgments/,
    ],
    ["a broken row", [{ prompt: 7 }], "test", /line 1: /],
  ] as const)("refuses %s", async (_what, rows, split, message) => {
    await expect(readToKeep([written("bad.jsonl", rows)], split)).rejects.toThrow(message);
  });

  it("refuses a folder that no build wrote, and a file that is not there", async () => {
    await expect(readToKeep([folder], null)).rejects.toThrow(/has no set.jsonl/);
    await expect(readToKeep([path.join(folder, "none")], null)).rejects.toThrow(/There is no file/);
  });
});

it("names what differs between two versions, by kind", () => {
  const before = [
    item("same"),
    item("gone"),
    item("text"),
    item("split"),
    item("tags", { tags: ["a"] }),
    item("url"),
  ];
  const after = [
    item("same"),
    ...[item("text", { turns: ["Other?"] }), item("split", { split: "dev" }), item("tags", { tags: ["b"] })],
    ...[item("url", { url: "https://a.b/" }), item("new")],
  ];
  const { same, ...kinds } = compareItems(before, after);
  expect(same).toBe(1);
  const ids = Object.entries(kinds).map(([kind, { prompts, examples }]) => [kind, prompts, examples[0]?.id]);
  expect(ids).toEqual([
    ...[
      ["added", 1, "new"],
      ["removed", 1, "gone"],
      ["texts", 1, "text"],
      ["responses", 0, undefined],
    ],
    ...[
      ["splits", 1, "split"],
      ["tags", 1, "tags"],
      ["other", 1, "url"],
    ],
  ]);
  expect(kinds.texts.examples).toEqual([{ id: "text", before: "What is text?", after: "Other?" }]);
});

it("has one hash for the same prompts in whatever order, and another for any change", () => {
  const hash = hashOfItems([item("a"), item("b", { fields: { x: 1, y: 2 } })]);
  expect(hashOfItems([item("b", { fields: { y: 2, x: 1 } }), item("a")])).toBe(hash);
  const changes: Partial<PromptSetItem>[] = [
    ...[{ split: "dev" as const }, { turns: ["?"] }, { tags: ["t"] }, { licence: "MIT" }, { response: "R" }],
  ];
  const others = changes.map((change) => hashOfItems([item("a", change), item("b")]));
  expect(new Set([...others, hash]).size).toBe(changes.length + 1);
});

describe("a version as a file", () => {
  const items = [
    item("a", { split: "train", response: "A fish.", attribution: "`a` by Ann", tags: ["x"] }),
    item("b", { split: "train" }),
    item("c", { turns: ["One?", 'Two, "quoted"?'] }),
    item("d", { fields: { level: 2 } }),
  ];
  const version = {
    ...{
      version: 2,
      frozenAt: "2026-01-05T09:00:00.000Z",
      by: "Ann",
      hash: "abc",
      prompts: 4,
      reason: "more",
    },
    ...{ files: ["a.jsonl"], edited: true, recipe: null, datasheet: "# Built\n\n4 prompts.\n" },
  };
  const at = "2026-01-05T09:00:00.000Z";
  const decisions = [
    { version: 2, prompt: "z", decision: "dropped" as const, reason: "ambiguous", by: "Ann", at },
  ];
  const exported = { set: "s", title: "Questions", version, decisions, items };
  const bodyOf = async (as: Parameters<typeof writeVersionAs>[1]) => (await writeVersionAs(exported, as))!;
  const rowsOf = (body: string | Buffer): unknown[] =>
    String(body)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);

  it("has what trainers read, and counts what they have no words for", async () => {
    const lima = await bodyOf("lima");
    expect([lima.leftOut, rowsOf(lima.body)]).toEqual([
      2,
      [
        { conversations: ["What is a?", "A fish."], source: "own" },
        { conversations: ["What is d?"], source: "own" },
      ],
    ]);
    const alpaca = await bodyOf("alpaca");
    expect([alpaca.leftOut, rowsOf(alpaca.body)]).toEqual([
      3,
      [{ instruction: "What is a?", input: "", output: "A fish." }],
    ]);
    const [{ messages }] = rowsOf((await bodyOf("messages")).body) as [{ messages: unknown[] }];
    expect(messages).toEqual([
      { role: "user", content: "What is a?" },
      { role: "assistant", content: "A fish." },
    ]);
  });

  it("gives trainers no prompt of another split, and lets no field stand for its text", async () => {
    const held = [
      item("a", { split: "test", response: "A fish." }),
      item("b", { split: "train", response: "A bird." }),
    ];
    for (const as of ["alpaca", "messages"] as const)
      expect((await writeVersionAs({ ...exported, items: held }, as))!.leftOut).toBe(1);
    const odd = {
      ...exported,
      items: [item("a", { fields: { prompt: "another", prompt_id: "b", split: "train" } })],
    };
    const [row] = rowsOf((await writeVersionAs(odd, "prompts"))!.body);
    expect(row).toMatchObject({ prompt_id: "a", prompt: "What is a?", split: "test" });
  });

  it("keeps every field in prompts, CSV and Parquet", async () => {
    const prompts = rowsOf((await bodyOf("prompts")).body);
    expect(prompts[2]).toEqual({
      prompt_id: "c",
      prompt: ["One?", 'Two, "quoted"?'],
      source: "own",
      split: "test",
    });
    expect(prompts[3]).toMatchObject({ prompt_id: "d", level: 2 });
    const csv = String((await bodyOf("csv")).body)
      .trim()
      .split("\n");
    expect(csv[0]).toBe("prompt_id,split,prompt,response,source,group,tags,licence,url,attribution,fields");
    expect(csv[3]).toContain('"[""One?"",""Two, \\""quoted\\""?""]"');
    const { body } = await bodyOf("parquet");
    const bytes = Uint8Array.from(body as Buffer).buffer;
    const rows = await parquetReadObjects({ file: bytes });
    expect(rows[0]).toMatchObject({ prompt_id: "a", response: "A fish.", tags: ["x"] });
  });

  it("has its attribution, and a datasheet that does not hide a change after the build", async () => {
    expect((await bodyOf("attribution")).body).toBe("# Attribution\n\n- `a` by Ann\n");
    const sheet = String((await bodyOf("datasheet")).body);
    expect(sheet).toContain("4 prompts: 2 train, 0 dev, 2 test.");
    expect(sheet).toContain("changed after they were built");
    expect(sheet).toContain("- version 2: dropped `z`, by Ann: ambiguous");
    expect(sheet).toContain("## Built");
    expect(await writeVersionAs(exported, "recipe")).toBeNull();
  });
});
