import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../server/loading/reading/field-map.ts";
import { tellFormat } from "../../server/loading/reading/read-file.ts";
import { fixture, FIXTURES, options, written } from "./reading-support.ts";

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
    expect(await tellFormat(path.join(FIXTURES, file), options("anything.txt"))).toBe(format);
  });

  it("and a file of which two readings are possible is not guessed at", async () => {
    for (const file of ["unknown.jsonl", "ambiguous.jsonl"]) {
      const { records, problems } = await fixture(file);
      expect(records).toEqual([]);
      expect(problems).toMatchObject([{ row: 0, name: "FormatUnknown" }]);
    }
  });

  it("and a wide file by the study's systems", async () => {
    const { records } = await fixture("wide.csv", { knownSystems: ["ours", "theirs"] });
    expect(records.map((r) => (r.kind === "response" ? [r.promptId, r.system, r.turns] : r.kind))).toEqual([
      "prompt",
      ["1", "ours", ["eins"]],
      ["1", "theirs", ["uno"]],
      "prompt",
      ["2", "ours", ["zwei"]],
      ["2", "theirs", [""]],
    ]);
    expect((await fixture("wide.csv", { format: "wide" })).records).toEqual(records);
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
    ]);
    expect(faults).toEqual([
      "4 PreferenceNotAChoice",
      "5 PreferenceNotAChoice",
      "6 AnnotatorMissing",
      "7 PreferenceNotAChoice",
    ]);
    expect(problems[0]?.message).toContain("1.37");
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
    ]);
    expect(faults).toEqual(["2 FieldMissing", "3 TextNotText"]);
  });

  it("FastChat human judgments", async () => {
    const { records, faults } = await fixture("fastchat_judgments.jsonl");
    expect(records).toMatchObject([
      {
        choice: "left",
        annotator: "expert_1",
        turn: 1,
        group: { name: "experts", kind: "crowd" },
        sideKnown: true,
      },
      { choice: "tie", leftSystem: "m2", turn: 2, group: { name: "authors", kind: "author" } },
    ]);
    expect(faults).toEqual(["3 ChoiceUnknown", "4 TurnWrong", "5 AnnotatorMissing", "6 FieldMissing"]);
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
    ]);
    expect(faults).toEqual(["3 TimeWrong", "4 ChoiceUnknown", "5 ConversationWrong"]);
  });

  it("LIMA conversations", async () => {
    const { records, faults } = await fixture("lima.jsonl", { system: "ours" });
    expect(records).toMatchObject([
      { kind: "prompt", turns: ["How do I boil an egg?"], source: "wikihow" },
      { kind: "response", system: "ours", turns: ["Boil it 8 minutes."] },
      { kind: "prompt", turns: ["What is your favourite word?"] },
    ]);
    expect(faults).toEqual(["3 ConversationWrong", "4 ConversationWrong", "5 TextNotText"]);
  });

  it("chat messages", async () => {
    const { records, faults } = await fixture("messages.jsonl");
    expect(records).toMatchObject([
      { kind: "prompt", promptId: "1", turns: ["2+2?"] },
      { kind: "response", system: "messages", turns: ["4"] },
      { kind: "prompt", turns: ["Hi"] },
    ]);
    expect(faults).toEqual(["3 ConversationWrong", "4 ConversationWrong", "5 TextNotText"]);
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

  it("files that are wrong as a whole", async () => {
    expect((await fixture("not-utf8.jsonl")).faults).toEqual(["2 FileNotText"]);
    const latin1 = Buffer.from("prompt_id,output\n1,caf\xe9\n", "latin1");
    expect((await written("latin1.csv", latin1)).faults).toEqual(["1 FileNotText"]);
    expect((await written("mark.csv", "prompt_id,output\n1,\uFFFD\n")).faults).toEqual([]);
    expect((await fixture("bad-quotes.csv")).faults).toEqual(["3 RowNotCsv"]);
    expect((await fixture("twice.csv")).problems[0]?.message).toContain("output");
    expect((await fixture("empty.jsonl")).faults).toEqual(["0 FileEmpty"]);
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
    const map = parseFieldMap("output=reply");
    const { problems } = await written("missing.jsonl", '{"prompt_id":1,"output":"a","answer":"b"}\n', {
      map,
      format: "plain",
    });
    expect(problems.at(-1)).toMatchObject({ row: 0, name: "NoSuchField" });
    expect(problems.at(-1)?.message).toContain("answer");
  });
});
