import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../server/loading/reading/field-map.ts";
import { tellFile } from "../../../../server/loading/reading/read-file.ts";
import { fixture, FIXTURES, written } from "./reading-support.ts";
import { options } from "./reading-options.ts";

describe("formats are told apart by content", () => {
  it.each([
    ["alpaca_eval_outputs.json", "alpaca_eval_outputs"],
    ["alpaca_eval_annotations.json", "alpaca_eval_annotations"],
    ["fastchat_questions.jsonl", "fastchat_questions"],
    ["fastchat_answers.jsonl", "fastchat_answers"],
    ["fastchat_judgments.jsonl", "fastchat_judgments"],
    ["arena_battles.json", "arena_battles"],
    ["lima.jsonl", "lima"],
    ["messages.jsonl", "messages"],
    ["plain.jsonl", "plain"],
    ["plain.csv", "plain"],
    ["plain.tsv", "plain"],
  ])("%s is %s", async (file, format) => {
    expect((await tellFile(path.join(FIXTURES, file), options("anything.txt"))).format).toBe(format);
  });

  it("and a file of which two readings are possible is not guessed at", async () => {
    for (const file of ["unknown.jsonl", "ambiguous.jsonl"]) {
      const { records, problems } = await fixture(file);
      expect(records).toEqual([]);
      expect(problems).toMatchObject([{ row: 0, name: "FormatUnknown" }]);
    }
  });
});

describe("every format's ugly fixture", () => {
  it("AlpacaEval outputs", async () => {
    const { records, faults } = await fixture("alpaca_eval_outputs.json");
    expect(records).toMatchObject([
      {
        kind: "response",
        system: "m1",
        promptTurns: ["Name a fish."],
        turns: ["Cod."],
        metadata: { dataset: "helpful" },
      },
      { promptTurns: ["Name a tree.\u2028Only one."], turns: [""] },
      { turns: [" \n\t"] },
      { system: "7", turns: ["1, 2"], metadata: {} },
    ]);
    expect(faults).toEqual(["4 TextNotText", "5 TextNotText", "6 TextNotText", "7 RowNotAnObject"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("AlpacaEval annotations", async () => {
    const { records, faults, problems } = await fixture("alpaca_eval_annotations.json");
    expect(records).toMatchObject([
      {
        kind: "judgment",
        leftSystem: "base",
        rightSystem: "m1",
        sideKnown: false,
        choice: "right",
        leftTurns: ["5"],
      },
      { choice: "tie" },
      { choice: "tie" },
      { choice: "left", rounded: true, metadata: { preference: 1.37 } },
      { choice: "left", annotator: null, metadata: {} },
      { choice: "tie", row: 11, metadata: { price: 0.1 } },
    ]);
    expect(faults).toEqual([
      "5 PreferenceNotAChoice",
      "7 PreferenceNotAChoice",
      "8 TextNotText",
      "9 FieldMissing",
      "10 PreferenceNotAChoice",
    ]);
    expect(records.at(-1)).toHaveProperty("metadata", { price: expect.anything() as unknown });
    expect(problems[0]?.message).toContain("the annotation failed");
  });

  it("FastChat questions", async () => {
    const { records, faults } = await fixture("fastchat_questions.jsonl");
    expect(records).toMatchObject([
      {
        kind: "prompt",
        promptId: "81",
        turns: ["Write a haiku.", "Now rhyme it."],
        metadata: { category: "writing" },
      },
      { promptId: "82" },
    ]);
    expect(faults).toEqual(["4 FieldMissing", "5 TextNotText", "6 FieldMissing", "7 RowNotJson"]);
  });

  it("FastChat answers, new and old", async () => {
    const { records, faults } = await fixture("fastchat_answers.jsonl");
    expect(records).toMatchObject([
      {
        kind: "response",
        promptId: "81",
        system: "m1",
        turns: ["Snow\u2028falls", "Snow,\rglow"],
        promptTurns: null,
      },
      { promptId: "84", turns: ["old kind"] },
      { promptId: "89", system: "fastchat_answers", row: 11 },
    ]);
    expect(faults).toEqual([
      "2 FieldMissing",
      "3 TextNotText",
      "5 TextNotText",
      "6 TextNotText",
      "7 FieldMissing",
      "8 FieldMissing",
      "9 TextNotText",
    ]);
  });

  it("FastChat human judgments", async () => {
    const { records, faults, problems } = await fixture("fastchat_judgments.jsonl");
    expect(problems[0]?.message).toContain(
      "a winner is model_a, model_b, one of their names, tie or both_bad",
    );
    expect(records).toMatchObject([
      {
        choice: "left",
        annotator: "expert_1",
        turn: 1,
        group: { name: "experts", kind: "crowd" },
        sideKnown: true,
      },
      { choice: "tie", leftSystem: "m2", turn: 2, group: { name: "authors", kind: "author" } },
      { choice: "right", annotator: null, group: null },
      {
        choice: "both_bad",
        annotator: "said",
        group: { name: "late" },
        createdAt: "2023-07-22T04:26:40.250Z",
      },
    ]);
    expect(faults).toEqual([
      "3 ChoiceUnknown",
      "4 TurnWrong",
      "6 FieldMissing",
      "8 TextNotText",
      "9 TimeWrong",
    ]);
  });

  it("Arena battles", async () => {
    const { records, faults } = await fixture("arena_battles.json");
    expect(records).toMatchObject([
      {
        choice: "left",
        promptTurns: ["Hi"],
        leftTurns: ["Yo"],
        rightTurns: ["."],
        createdAt: "1970-01-01T00:00:01.000Z",
      },
      { choice: "both_bad", leftTurns: null, createdAt: "2023-11-14T22:13:20.500Z" },
      { promptTurns: ["Hi\u2028"], leftTurns: null, rightTurns: [""], turn: 1 },
    ]);
    expect(faults).toEqual(["3 TimeWrong", "4 ChoiceUnknown", "5 ConversationWrong", "6 ConversationWrong"]);
  });

  it("LIMA conversations", async () => {
    const { records, faults } = await fixture("lima.jsonl", { system: "ours" });
    expect(records).toMatchObject([
      { kind: "prompt", turns: ["How do I boil an egg?"], source: "wikihow" },
      { kind: "response", system: "ours", turns: ["Boil it 8 minutes."] },
      { kind: "prompt", turns: ["What is your favourite word?"] },
      { kind: "prompt", turns: ["no list"] },
      { kind: "prompt", promptId: "7", turns: ["One?", "Two?"], metadata: { level: 2 } },
      { kind: "response", promptId: "7", turns: ["Yes.", "No."] },
      { kind: "prompt", turns: ["One?"] },
    ]);
    expect(faults).toEqual(["3 ConversationWrong", "5 TextNotText", "8 TextNotText", "9 ConversationWrong"]);
  });

  it("chat messages", async () => {
    const { records, faults } = await fixture("messages.jsonl");
    expect(records).toMatchObject([
      { kind: "prompt", promptId: "1", turns: ["2+2?"], metadata: { system_message: "Be kind." } },
      { kind: "response", system: "messages", turns: ["4"] },
      { kind: "prompt", turns: ["Hi"] },
      { kind: "prompt", turns: ["Hi", "Bye"] },
      { kind: "response", system: "7", turns: ["Yo\u2028"] },
    ]);
    expect(faults).toEqual([
      "3 ConversationWrong",
      "4 ConversationWrong",
      "5 TextNotText",
      "6 ConversationWrong",
      "7 ConversationWrong",
      "8 ConversationWrong",
    ]);
  });

  it("plain columns", async () => {
    const { records, faults } = await fixture("plain.csv");
    expect(records).toMatchObject([
      {
        promptId: "8",
        system: "ours",
        turns: ['two\nlines, and a "quote"'],
        metadata: { note: "x" },
        row: 2,
      },
      { promptId: "9", turns: ["  "] },
      { promptId: "__proto__", turns: ["fine"], metadata: { note: "\u2028" } },
    ]);
    expect(faults).toEqual(["5 RowRagged", "6 RowRagged"]);
  });

  it("plain judgments in tabs", async () => {
    const { records, faults } = await fixture("plain.tsv");
    expect(records).toMatchObject([
      { choice: "left", createdAt: "2024-05-01T08:00:00.000Z" },
      { choice: "left", createdAt: null },
    ]);
    expect(faults).toEqual(["4 ChoiceUnknown", "5 AnnotatorMissing", "6 FieldMissing", "7 TimeWrong"]);
  });

  it("plain lines of every kind", async () => {
    const { records, faults } = await fixture("plain.jsonl");
    expect(records).toMatchObject([
      { kind: "prompt", source: "authors", split: "test", metadata: { difficulty: 3 } },
      { kind: "prompt", turns: ["One?", "Two?"] },
      { kind: "prompt", turns: ["Chat?"] },
      { kind: "response", turns: ["x", "y"] },
      {
        kind: "judgment",
        choice: "right",
        annotator: "5",
        turn: 2,
        group: { name: "authors", kind: "author" },
      },
    ]);
    expect(faults).toEqual([
      "5 TextNotText",
      "6 TextNotText",
      "7 FieldMissing",
      "8 RowNotAnObject",
      "9 RowNotJson",
      "11 GroupWrong",
    ]);
  });
});

describe("mapping", () => {
  it("takes a column under our name only, sets constants and ignores fields", async () => {
    const rows = '{"id":1,"text":"Q","prompt":"template","answer":"A","annotator":"x"}\n';
    const map = parseFieldMap("prompt_id=id,prompt=text,output=answer,system:=ours,annotator=");
    const { records } = await written("mapped.jsonl", rows, { map });
    expect(records).toMatchObject([
      { kind: "response", promptId: "1", promptTurns: ["Q"], system: "ours", turns: ["A"], metadata: {} },
    ]);
  });

  it("says which fields there are when a mapped one is in no row", async () => {
    const map = parseFieldMap("output=reply,note=remark");
    const { records, problems } = await written("missing.csv", "prompt_id,output,answer\n1,a,b\n", {
      map,
      format: "plain",
    });
    expect(records).toEqual([]);
    expect(problems).toMatchObject([
      { row: 0, name: "NoSuchField", message: expect.stringContaining("reply") as string },
      {
        row: 0,
        name: "NoSuchField",
        message: expect.stringContaining("prompt_id, output, answer") as string,
      },
    ]);
  });

  it("says so after the last of many lines, and names the column that a row lacks", async () => {
    const line = '{"prompt_id":1,"answer":"b","prompt":"p"}\n';
    const map = parseFieldMap("output=reply,prompt=");
    const { faults, problems } = await written("missing.jsonl", line.repeat(30), { map, format: "plain" });
    expect(faults).toHaveLength(31);
    expect(problems.at(-1)).toMatchObject({ row: 0, name: "NoSuchField" });
    const some = await written("some.jsonl", `${line}{"prompt_id":1,"reply":"b"}\n`, { map });
    expect(some.faults).toEqual(["1 FieldMissing"]);
    expect(some.records).toHaveLength(1);
    const sides = await written("sides.jsonl", `{"left_system":"a","right_system":"b"}\n`.repeat(25), {
      map: parseFieldMap("choice=vote"),
    });
    expect(sides.problems[0]?.message).toContain("mapped to “vote”");
  });
});
