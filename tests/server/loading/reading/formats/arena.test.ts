import { describe, expect, it } from "vitest";
import { readRows } from "./format-support.ts";

describe("the arena's votes of later sets", () => {
  const text = (said: string) => [{ type: "text", text: said, image: null, mimeType: null }];
  const chat = (asked: object[], answer: string) => [
    { role: "user", content: asked },
    { role: "assistant", content: text(answer) },
  ];
  const vote = (winner: string, asked: object[] = text("Fish?")) => ({
    ...{ id: "v1", model_a: "m1", model_b: "m2", winner, evaluation_session_id: "e1", evaluation_order: 1 },
    ...{ conversation_a: chat(asked, "Cod."), conversation_b: chat(asked, "Hake.") },
    ...{ full_conversation: [], language: "en", is_code: false, timestamp: "2026-01-01 10:00:00.000" },
  });

  it("go by the visit where no judge is named, which is remarked, and by their id", async () => {
    const { judgments, faults, remarked } = await readRows([vote("model_a"), vote("both_bad"), vote("tie")]);
    expect(faults).toEqual([]);
    expect(judgments.map(({ choice }) => choice)).toEqual(["left", "both_bad", "tie"]);
    expect(judgments[0]).toMatchObject({
      ...{ promptId: "v1", annotator: "e1", sideKnown: true, createdAt: "2026-01-01T10:00:00.000Z" },
    });
    expect(remarked).toEqual([1, 2, 3].map((row) => `${row} AnnotatorAssumed`));
  });

  it("go by the judge or its hash where there is one, and then keep the visit", async () => {
    const hashed = { ...vote("tie"), judge_hash: "j1" };
    for (const [row, annotator] of [
      [hashed, "j1"],
      [{ ...hashed, judge: "arena_user_2" }, "arena_user_2"],
    ] as const) {
      const { judgments, remarked } = await readRows([row]);
      expect(judgments).toMatchObject([{ annotator, metadata: { evaluation_session_id: "e1" } }]);
      expect(remarked).toEqual([]);
    }
  });

  it("have a mark for each image, which is remarked", async () => {
    const image = { type: "image", text: null, image: "x.png", mimeType: "image/png" };
    const { judgments, remarked } = await readRows([
      { ...vote("model_b", [...text("What is it?"), image]), judge: "j" },
    ]);
    expect(judgments).toMatchObject([{ promptTurns: ["What is it?[image]"], choice: "right" }]);
    expect(remarked).toEqual(["1 ImageNotShown"]);
  });
});

describe("battles without conversations", () => {
  const battle = { question_id: 1, model_a: "m1", model_b: "m2", winner: "tie(all bad)", judger: "gpt-4" };

  it.each([
    [{ question: "Fish?", answer_a: "Cod.", answer_b: "Hake." }, ["Fish?"], ["Cod."]],
    [
      { turns: ["Hi", "Fish?"], response_1: ["Ho", "Cod."], response_2: ["Hey", "Hake."] },
      ["Hi", "Fish?"],
      ["Ho", "Cod."],
    ],
    [{ prompt: "Fish?", answer_key: { a: 1 }, response: "Cod." }, ["Fish?"], null],
  ])("take their texts from columns of their own: %j", async (columns, promptTurns, leftTurns) => {
    const { judgments, faults } = await readRows([{ ...battle, ...columns }]);
    expect(faults).toEqual([]);
    const group = { name: "gpt-4", kind: "model" };
    expect(judgments).toMatchObject([
      { promptTurns, leftTurns, choice: "both_bad", annotator: "gpt-4", group, sideKnown: false },
    ]);
    if (leftTurns === null) expect(judgments[0]?.metadata).toMatchObject({ response: "Cod." });
  });

  it("of which no prompt is named are each about one of their own, which is remarked", async () => {
    const row = { model_a: "m1", model_b: "m2", winner: "model_a", judge: "j", tstamp: 1690000000 };
    const { judgments, remarked } = await readRows([row, row, { ...row, prompt_id: 7 }]);
    expect(new Set(judgments.map(({ promptId }) => promptId)).size).toBe(3);
    expect(judgments[2]?.promptId).toBe("7");
    expect(remarked).toEqual(["1 PromptAssumed", "2 PromptAssumed"]);
    const again = await readRows([row, row]);
    expect(again.judgments[1]?.promptId).toBe(judgments[1]?.promptId);
  });
});
