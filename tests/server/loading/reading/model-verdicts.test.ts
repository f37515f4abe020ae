import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../server/loading/reading/field-map.ts";
import { written } from "./reading-support.ts";

type Row = Record<string, unknown>;
const readRows = (rows: readonly Row[], map = "", over = {}) =>
  written("verdicts.jsonl", rows.map((row) => `${JSON.stringify(row)}\n`).join(""), {
    map: parseFieldMap(map),
    ...over,
  });

describe("a model's verdicts", () => {
  const verdict = { prompt_id: 1, left_system: "a", right_system: "b", choice: "left" };
  it.each([
    ...["gpt-4", "gpt4_pair", "GPT-4o (mini)", "claude-3-opus", "weighted_alpaca_eval_gpt4_turbo", "chatgpt"],
    ...[
      "alpaca_eval_gpt4",
      "o3-mini",
      "Llama-3-70b",
      "mistral-large",
      "Qwen2.5-7B-Instruct",
      "prometheus-7b-v2",
    ],
    ...["gemini-1.5-pro", "deepseek-r1", "my LLM judge"],
  ])("by %s are not people's unasked", async (annotator) => {
    const { records } = await readRows([{ ...verdict, annotator }]);
    expect(records).toMatchObject([{ group: { name: annotator, kind: "model" }, takenForModel: true }]);
    const named = await readRows([{ ...verdict, annotator }], "", { group: { name: "judges", kind: null } });
    expect(named.records).toMatchObject([{ group: { name: "judges", kind: "model" } }]);
    const told = await readRows([{ ...verdict, annotator, group: "us", group_kind: "crowd" }]);
    expect(told.records).toMatchObject([{ group: { name: "us", kind: "crowd" } }]);
    expect(told.records[0]).not.toHaveProperty("takenForModel");
  });

  it.each([
    "ann",
    "w1",
    "expert_12",
    "author_3",
    "A2XJ9PQ",
    "arena_user_7",
    "Oliver",
    "phil",
    "jo-7",
    "o1",
    "5f3c9b",
  ])("are not seen in people's names: %s", async (annotator) => {
    expect((await readRows([{ ...verdict, annotator }])).records[0]).not.toHaveProperty("takenForModel");
  });

  it("are seen in what only a model's run leaves behind", async () => {
    for (const trace of [{ raw_completion: "m" }, { price_per_example: 0.1 }]) {
      const { records } = await readRows([{ ...verdict, annotator: "ann", ...trace }]);
      expect(records).toMatchObject([{ group: { kind: "model" } }]);
    }
  });

  it("have no sides where a row merges two orders, and any file can say that it knows none", async () => {
    const battle = { question_id: 1, model_a: "a", model_b: "b", winner: "model_a", judge: "gpt4_pair" };
    expect((await readRows([battle])).records).toMatchObject([{ sideKnown: false, choice: "left" }]);
    const tie = await readRows([{ ...battle, judge: "expert_1", winner: "tie (inconsistent)" }]);
    expect(tie.records).toMatchObject([{ sideKnown: false, choice: "tie", inconsistent: true }]);
    expect((await readRows([{ ...battle, judge: "expert_1" }])).records).toMatchObject([{ sideKnown: true }]);
    const said = await readRows([{ ...battle, judge: "expert_1" }], "side_known:=false");
    expect(said.records).toMatchObject([{ sideKnown: false }]);
  });
});

describe("numbers of another column", () => {
  const row = {
    instruction: "Q?",
    output_1: "a",
    output_2: "b",
    generator_1: "x",
    generator_2: "y",
    annotator: "w",
  };

  it("do not take the meaning of a preference: a mapped 0 is no tie", async () => {
    expect((await readRows([{ ...row, won: 0 }], "preference=won")).faults).toEqual([
      "1 PreferenceNotAChoice",
    ]);
    const told = await readRows([{ ...row, won: 0 }], "preference=won{1:1|0:2}");
    expect(told.records).toMatchObject([{ choice: "right" }]);
    expect((await readRows([{ ...row, preference: 0 }])).records).toMatchObject([{ choice: "tie" }]);
  });

  it("between 1 and 2 are told by 1.5, and kept", async () => {
    for (const [preference, choice] of [
      [1.0000171, "left"],
      [1.4999, "left"],
      [1.5, "tie"],
      [1.7328, "right"],
      ["1.9999", "right"],
    ] as const) {
      const { records } = await readRows([{ ...row, preference }]);
      expect(records).toMatchObject([{ choice }]);
      if (Number(preference) !== 1.5)
        expect(records).toMatchObject([{ rounded: true, metadata: { preference: Number(preference) } }]);
    }
  });

  it.each([
    [[1, 0, 0], "left"],
    [[0, 1, 0], "right"],
    [["0", "0", "1"], "tie"],
    [[1, 1, 0], null],
    [[0, 0, 0], null],
    [[1, 0, "x"], null],
  ])("of one column a verdict, %j, are %s", async ([a, b, tie], choice) => {
    const vote = {
      model_a: "x",
      model_b: "y",
      prompt: '["Q?"]',
      response_a: '["A."]',
      response_b: "B.",
      annotator: "w",
    };
    const { records, faults } = await readRows([
      { ...vote, winner_model_a: a, winner_model_b: b, winner_tie: tie },
    ]);
    if (choice === null) expect(faults).toEqual(["1 ChoiceUnknown"]);
    else
      expect(records).toMatchObject([{ choice, promptTurns: ["Q?"], leftTurns: ["A."], rightTurns: ["B."] }]);
  });
});
