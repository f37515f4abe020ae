import { describe, expect, it } from "vitest";
import { readRows, winners } from "./format-support.ts";

describe("rankings", () => {
  it("of Nectar are responses and a judgment of each two of them", async () => {
    const answer = (model: string, rank: number | null) => ({ answer: `${model} says.`, model, rank });
    const row = (...answers: object[]) => ({
      ...{ prompt: "\n\nHuman: Hi\n\nAssistant: Hello.\n\nHuman: Fish?\n\nAssistant: ", answers },
      ...{ turns: 2, num_responses: answers.length, source: ["own"], good_natured: true },
    });
    const { responses, judgments, faults, remarked } = await readRows([
      row(answer("a", 2), answer("b", 1), answer("c", 2), answer("a", 4)),
      row(answer("a", null), answer("b", 1)),
    ]);
    expect([faults, remarked]).toEqual([["2 ChoiceUnknown"], ["1 NotCompared"]]);
    expect(responses.map(({ system, turns }) => [system, turns])).toEqual(
      ["a", "b", "c"].map((system) => [system, ["Hello.", `${system} says.`]]),
    );
    expect(winners(judgments)).toEqual(["b", "tie", "b"]);
    expect(judgments[0]).toMatchObject({
      promptTurns: ["Hi", "Fish?"],
      annotator: "gpt-4",
      group: { kind: "model" },
    });
  });

  it("of OpenAssistant stand wherever replies were ranked, at any depth", async () => {
    const reply = (id: string, rank: number | null, replies: object[] = []) => ({
      ...{
        message_id: id,
        parent_id: "p",
        text: `${id} says.`,
        role: "assistant",
        lang: "en",
        rank,
        replies,
      },
    });
    const asked = (id: string, replies: object[]) => ({
      message_id: id,
      text: `${id}?`,
      role: "prompter",
      replies,
    });
    const deeper = asked("m2", [reply("r3", 1), reply("r4", 0), reply("r5", null)]);
    const tree = (prompt: object) => ({ message_tree_id: "m1", tree_state: "ready_for_export", prompt });
    const { responses, judgments, faults } = await readRows([
      tree(asked("m1", [reply("r1", 0, [deeper]), reply("r2", 1), reply("r6", 2)])),
      tree(asked("m9", [reply("only", 0)])),
    ]);
    expect(faults).toEqual([]);
    expect(responses.map(({ promptId, system }) => [promptId, system])).toEqual([
      ...[1, 2, 3].map((rank) => ["m1", `rank ${rank}`]),
      ["m2", "rank 2"],
      ["m2", "rank 1"],
    ]);
    expect(winners(judgments)).toEqual(["rank 1", "rank 1", "rank 2", "rank 1"]);
    expect(judgments.at(-1)).toMatchObject({ promptTurns: ["m1?", "m2?"], annotator: null });
    expect(responses.at(-1)).toMatchObject({
      turns: ["r1 says.", "r4 says."],
      metadata: { message_id: "r4" },
    });
  });

  it("of single messages and utterances are refused by name, with the file that can be read", async () => {
    const message = { message_id: "m", parent_id: "p", text: "Cod.", role: "assistant", rank: 0 };
    const utterance = { utterance_id: "u", interaction_id: "i", model_response: "Cod.", if_chosen: true };
    for (const [row, file] of [
      [message, "trees.jsonl"],
      [utterance, "conversations.jsonl"],
    ] as const) {
      const { records, problems } = await readRows([row]);
      expect(records).toEqual([]);
      expect(problems).toMatchObject([{ row: 0, name: "FormatNotRead" }]);
      expect(problems[0]?.message).toContain(file);
    }
  });
});

describe("PRISM's conversations", () => {
  const answer = (turn: number, model_name: string, if_chosen: boolean) => ({
    ...{
      turn,
      role: "model",
      content: `${model_name} says.`,
      model_name,
      score: if_chosen ? 90 : 20,
      if_chosen,
    },
  });
  const opening = { turn: 0, role: "user", content: "Fish?" };

  it("have the chosen answer win over each other one, and compare nothing after the first turn", async () => {
    const row = {
      ...{ conversation_id: "c1", user_id: "user7", conversation_type: "unguided", opening_prompt: "Fish?" },
      generated_datetime: "2026-01-01 10:00:00",
      conversation_history: [
        opening,
        ...[answer(0, "a", false), answer(0, "b", true), answer(0, "c", false)],
        ...[{ turn: 1, role: "user", content: "Why?" }, answer(1, "b", true), answer(1, "b", false)],
      ],
    };
    const { judgments, responses, remarked, faults } = await readRows([
      row,
      { ...row, conversation_history: [] },
    ]);
    expect([faults, remarked]).toEqual([["2 ConversationWrong"], ["1 NotCompared"]]);
    expect(responses.map(({ system }) => system)).toEqual(["a", "b", "c"]);
    expect(winners(judgments)).toEqual(["b", "b"]);
    expect(judgments[0]).toMatchObject({
      ...{ promptId: "c1", annotator: "user7", group: null, createdAt: "2026-01-01T10:00:00.000Z" },
    });
    expect(responses[0]).toMatchObject({ metadata: { score: 20, if_chosen: false } });
  });
});
