import { describe, expect, it } from "vitest";
import { readRows, winners } from "./format-support.ts";

const user = (content: string) => ({ role: "user", content });
const said = (content: string) => ({ role: "assistant", content });

describe("preferences of whole conversations", () => {
  const text = (answer: string) =>
    `\n\nHuman: Hi\n\nAssistant: Hello.\n\nHuman: Name a fish.\n\nAssistant: ${answer}`;

  it("have what both share as the prompt, in hh-rlhf's texts as in messages", async () => {
    const messages = (answer: string) => [user("Hi"), said("Hello."), user("Name a fish."), said(answer)];
    for (const chat of [text, messages]) {
      const { judgments, faults } = await readRows([{ chosen: chat("Cod."), rejected: chat("A cow.") }]);
      expect(faults).toEqual([]);
      expect(judgments).toMatchObject([
        {
          ...{ promptTurns: ["Hi", "Name a fish."], leftTurns: ["Hello.", "Cod."], choice: "left" },
          ...{ rightTurns: ["Hello.", "A cow."], leftSystem: "chosen", rightSystem: "rejected" },
          ...{ sideKnown: false, annotator: null, group: null },
        },
      ]);
    }
  });

  it("end where they part, keep what follows, and what a model was told", async () => {
    const later = [user("Why?"), said("It swims.")];
    const told = { role: "system", content: "Be brief." };
    const { judgments } = await readRows([
      {
        chosen: [told, user("Fish?"), said("Cod."), ...later],
        rejected: [told, user("Fish?"), said("A cow.")],
      },
    ]);
    expect(judgments).toMatchObject([
      { promptTurns: ["Fish?"], leftTurns: ["Cod."], metadata: { chosen_later: ["Why?", "It swims."] } },
    ]);
    expect(judgments[0]?.metadata).toHaveProperty("system_message", "Be brief.");
  });

  it("may have their prompt beside them, if it is one of the user's turns", async () => {
    const chats = { chosen: [user("Fish?"), said("Cod.")], rejected: [user("Fish?"), said("A cow.")] };
    const { judgments, faults } = await readRows([
      { prompt: "Fish?", ...chats },
      { prompt: "Bird?", ...chats },
    ]);
    expect(judgments).toMatchObject([{ promptTurns: ["Fish?"], leftTurns: ["Cod."] }]);
    expect(faults).toEqual(["2 ConversationWrong"]);
  });

  it("hold answers that are empty, colons and names within a turn, and one speaker twice", async () => {
    const { judgments, faults } = await readRows([
      {
        chosen: "\n\nHuman: Say “Human:” aloud.\n\nAssistant: Human: aloud.",
        rejected: "\n\nHuman: Say “Human:” aloud.\n\nAssistant:",
      },
      {
        chosen: "\n\nHuman: One\n\nHuman: Two\n\nAssistant: A",
        rejected: "\n\nHuman: One\n\nHuman: Two\n\nAssistant: B",
      },
    ]);
    expect(faults).toEqual([]);
    expect(judgments[0]).toMatchObject({ leftTurns: ["Human: aloud."], rightTurns: [""] });
    expect(judgments[1]).toMatchObject({ promptTurns: ["One\n\nTwo"] });
  });

  it("are each a pair of its own, though the prompt is the same, and the same row is the same pair", async () => {
    const { judgments } = await readRows([
      { chosen: text("Cod."), rejected: text("A cow.") },
      { chosen: text("A cow."), rejected: text("A dog.") },
      { chosen: text("Cod."), rejected: text("A cow.") },
    ]);
    const ids = judgments.map(({ promptId }) => promptId);
    expect([new Set(ids).size, ids[0]]).toEqual([2, ids[2]]);
  });

  it("are refused row by row where the questions differ or there is no conversation, and counted where nothing differs", async () => {
    const { records, faults, remarked } = await readRows([
      { chosen: "Just an answer.", rejected: "Another." },
      { chosen: "\n\nHuman: Hi\n\nAssistant: A", rejected: "\n\nHuman: Ho\n\nAssistant: B" },
      { chosen: text("Cod."), rejected: text("Cod.") },
      { chosen: null, rejected: text("Cod.") },
    ]);
    expect(records).toEqual([]);
    expect(faults).toEqual(["1 ConversationWrong", "2 ConversationWrong", "4 ConversationWrong"]);
    expect(remarked).toEqual(["3 NotCompared"]);
  });
});

describe("UltraFeedback", () => {
  const completion = (model: string, overall_score: unknown) => ({
    ...{ model, response: `${model} says.`, overall_score, annotations: { honesty: { Rating: "4" } } },
  });
  const row = (...completions: object[]) => ({
    ...{
      source: "own",
      instruction: "Name a fish.",
      models: ["a", "b", "c"],
      completions,
      correct_answers: ["None"],
    },
  });

  it("is responses of its models with their scores, and no judgment unless that is asked for", async () => {
    const rows = [row(completion("a", 8), completion("b", 8), completion("c", 3.5))];
    const plain = await readRows(rows);
    expect([plain.faults, plain.judgments]).toEqual([[], []]);
    expect(plain.records[0]).toMatchObject({
      kind: "prompt",
      turns: ["Name a fish."],
      metadata: { source: "own" },
    });
    expect(plain.responses.map(({ system }) => system)).toEqual(["a", "b", "c"]);
    expect(plain.responses[2]).toMatchObject({ turns: ["c says."], metadata: { overall_score: 3.5 } });
    const paired = await readRows(rows, "pairs:=overall_score");
    expect(paired.responses).toHaveLength(3);
    expect(winners(paired.judgments)).toEqual(["tie", "a", "b"]);
    expect(paired.judgments[0]).toMatchObject({
      annotator: "gpt-4",
      group: { kind: "model" },
      sideKnown: false,
    });
  });

  it("is a fault of its row where a score is asked for that is not there", async () => {
    const { faults } = await readRows(
      [row(completion("a", 8), completion("b", null))],
      "pairs:=overall_score",
    );
    expect(faults).toEqual(["1 ChoiceUnknown"]);
  });
});

describe("HelpSteer3", () => {
  const row = (more: object) => ({
    ...{ domain: "general", language: "english", context: [user("Hi"), said("Hello."), user("Fish?")] },
    ...{ response1: "Cod.", response2: "Hake.", overall_preference: -1 },
    ...more,
  });

  it("has a judgment of each annotator, with how clear it was", async () => {
    const people = [-3, 0, 2].map((score) => ({ score, reasoning: `For ${score}.`, feedback1: "Good." }));
    const { judgments, faults } = await readRows([row({ individual_preference: people })]);
    expect(faults).toEqual([]);
    expect(winners(judgments)).toEqual(["response1", "tie", "response2"]);
    expect(judgments.map(({ strength, annotator }) => [strength, annotator])).toEqual([
      [3, null],
      [0, null],
      [2, null],
    ]);
    expect(judgments[0]).toMatchObject({
      ...{ promptTurns: ["Hi", "Fish?"], leftTurns: ["Hello.", "Cod."], rationale: "For -3." },
      metadata: { domain: "general", overall_preference: -1, feedback1: "Good." },
    });
  });

  it("has the overall preference where there is nobody's own, and refuses what is no such score", async () => {
    const { judgments, faults, remarked } = await readRows([
      row({}),
      row({ overall_preference: 4 }),
      row({ overall_preference: null, individual_preference: [] }),
    ]);
    expect(winners(judgments)).toEqual(["response1"]);
    expect([faults, remarked]).toEqual([["2 ChoiceUnknown"], ["3 VerdictMissing"]]);
  });
});
