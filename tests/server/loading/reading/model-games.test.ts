import { describe, expect, it } from "vitest";
import { fixture, written } from "./reading-support.ts";

const line = (fields: object) => `${JSON.stringify(fields)}\n`;

/** What a record says, as "left choice/strength annotator". */
const told = (records: Awaited<ReturnType<typeof fixture>>["records"]) =>
  records.map((one) =>
    one.kind === "judgment" ? `${one.promptId} ${one.leftSystem} ${one.choice}` : one.kind,
  );

describe("FastChat's pair judgments", () => {
  it("give two judgments a row, of which the second stood the other way round and names the winner as it is", async () => {
    const { records, faults } = await fixture("fastchat_pairs.jsonl");
    expect(told(records)).toEqual([
      "81 ours left",
      "81 theirs right",
      "81 ours tie",
      "81 theirs left",
      "82 theirs left",
      "84 theirs right",
      "85 ours left",
      "86 theirs tie",
    ]);
    expect(records[0]).toMatchObject({
      ...{ annotator: "gpt-4", group: { name: "gpt-4", kind: "model" }, turn: 1, rationale: "Clear. [[A]]" },
      ...{ createdAt: "2023-07-22T04:26:40.500Z", strength: null, sideKnown: true },
      metadata: { judge_template: "pair-v2", game: 1, user_prompt: "…" },
    });
    expect(records[3]).toMatchObject({ turn: 2, rationale: null, metadata: { game: 2, reference: "yes" } });
    expect(faults).toEqual([
      "3 GameFailed",
      "4 GameFailed",
      "4 GameFailed",
      "5 ChoiceUnknown",
      "6 GameFailed",
      "7 ChoiceUnknown",
      "8 TextNotText",
      "9 AnnotatorMissing",
      "10 FieldMissing",
      "11 TurnWrong",
    ]);
  });

  it("are of the group that is said, as a model's where its kind is not", async () => {
    const row = {
      question_id: 1,
      model_1: "a",
      model_2: "b",
      g1_winner: "tie",
      g2_winner: "tie",
      judge: "j",
    };
    const group = async (kind: "crowd" | null) =>
      (await written("pairs.jsonl", line(row), { group: { name: "jury", kind } })).records[0];
    expect(await group(null)).toMatchObject({ group: { name: "jury", kind: "model" }, annotator: "j" });
    expect(await group("crowd")).toMatchObject({ group: { name: "jury", kind: "crowd" } });
  });
});

describe("Arena-Hard", () => {
  it("gives five steps: the sign is the choice, told of the sides as they were shown, and the size the strength", async () => {
    const { records, faults } = await fixture("arena_hard_judgments.jsonl");
    expect(told(records)).toEqual([
      "u1 theirs right",
      "u1 ours left",
      "u2 theirs tie",
      "u2 ours right",
      "u3 ours right",
      "u5 theirs left",
    ]);
    expect(records.map((one) => (one.kind === "judgment" ? one.strength : null))).toEqual([2, 1, 0, 2, 1, 1]);
    expect(records[0]).toMatchObject({
      ...{ annotator: "gpt-4.1", group: { name: "gpt-4.1", kind: "model" }, rationale: "B. [[B>>A]]" },
      metadata: { category: "hard", game: 1, prompt: [{ role: "user", content: "…" }] },
    });
    expect(records[2]).toMatchObject({ rationale: "Equal. [[A=B]]" });
    expect(faults).toEqual([
      "3 GameFailed",
      "4 GameFailed",
      "4 ChoiceUnknown",
      "6 FieldMissing",
      "7 FieldMissing",
      "8 ChoiceUnknown",
      "8 TextNotText",
      "9 FieldMissing",
    ]);
  });

  it("says how an older file is told its baseline", async () => {
    const games = [{ score: "A>B" }, { score: "B>A" }];
    const row = line({ question_id: "q", judge: "j", model: "m", games });
    const { problems } = await written("old.jsonl", row);
    expect(problems[0]?.message).toContain("FILE:baseline:=NAME");
    const map = new Map([["baseline", { constant: "base" }]]);
    const { records, faults } = await written("old.jsonl", row, { map });
    expect(faults).toEqual([]);
    expect(told(records)).toEqual(["q base left", "q m right"]);
  });

  it("answers in objects", async () => {
    const { records, faults } = await fixture("arena_hard_answers.jsonl");
    expect(records).toMatchObject([
      { promptId: "u1", promptTurns: ["Q"], system: "ours", turns: ["R"], metadata: { ans_id: "x" } },
      { promptId: "u2", turns: ["plain"] },
    ]);
    expect(faults).toEqual(["3 TextNotText", "4 TextNotText", "5 ConversationWrong", "6 TextNotText"]);
  });
});

describe("a strength", () => {
  const row = { prompt_id: 1, left_system: "a", right_system: "b", choice: "left", annotator: "n" };
  it.each([
    [0, 0],
    ["2", 2],
    [100, 100],
    ["", null],
    [null, null],
  ])("of %j is %j", async (strength, read) => {
    const { records } = await written("strength.jsonl", line({ ...row, strength }));
    expect(records).toMatchObject([{ strength: read, metadata: {} }]);
  });

  it.each([-1, 1.5, 101, "much", true])("of %j is none", async (strength) => {
    expect((await written("strength.jsonl", line({ ...row, strength }))).faults).toEqual(["1 StrengthWrong"]);
  });
});
