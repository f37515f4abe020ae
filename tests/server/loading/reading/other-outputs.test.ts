import { describe, expect, it } from "vitest";
import { written } from "./reading-support.ts";
import {
  ofKind,
  outputs,
  prompts,
  readJson,
  readLines,
  remarked,
  told,
  user,
  assistant,
  type Row,
} from "./runs-support.ts";

describe("other tools' outputs", () => {
  it("of WildBench have the chat up to the last question", async () => {
    const row = (chat_history: unknown, output: unknown, more: Row = {}) => ({
      ...{
        session_id: "s",
        chat_history,
        output,
        model_input: "<s>x",
        generator: "gen",
        configs: { temperature: 0 },
        dataset: "d",
      },
      ...more,
    });
    const { records, remarks, faults } = await readJson([
      row(["One?"], ["Eins", "Uno"]),
      row(["Hi", "Yo", "Bye"], ["Tschüss"], { session_id: 2 }),
      row(["Three?"], [null], { session_id: "t" }),
      row(["Four?"], [], { session_id: "v" }),
      row(null, ["x"]),
    ]);
    expect(faults).toEqual(["5 ConversationWrong"]);
    expect(outputs(records)).toEqual(["gen: Eins", "gen: Tschüss"]);
    expect(prompts(records).slice(0, 2)).toEqual(["One?", "User: Hi\n\nAssistant: Yo\n\nUser: Bye"]);
    expect(records[1]).toMatchObject({ metadata: { as_sent: "<s>x", call_details: { temperature: 0 } } });
    expect(remarked(remarks)).toEqual([
      "1 SampleNotTaken: Only the first of 2 outputs was taken.",
      "3 OutputFailed: No output was taken: it has no text.",
      "4 OutputFailed: No output was taken: it has no text.",
    ]);
  });

  it("of OpenCompass are numbered in an object, in the model's folder", async () => {
    const file = {
      "0": { origin_prompt: "Eins?", prediction: "1", gold: "1" },
      "1": {
        origin_prompt: [
          { role: "SYSTEM", prompt: "Be brief." },
          { role: "HUMAN", prompt: "Zwei?" },
        ],
        prediction: ["2", "II"],
      },
      "2": { origin_prompt: "Drei?", prediction: null },
      "3": { origin_prompt: "Eins?", prediction: "one" },
      _info: { version: 1 },
    };
    const { records, remarks } = await readJson(file, "predictions/m1/gsm8k.json");
    expect(outputs(records)).toEqual(["m1: 1", "m1: 2"]);
    expect(ofKind(records, "prompt")[1]).toMatchObject({
      turns: ["Zwei?"],
      metadata: { system_message: "Be brief." },
    });
    expect(remarked(remarks)).toEqual([
      "2 SampleNotTaken: Only the first of 2 predictions was taken.",
      "3 OutputFailed: No output was taken: it has no text.",
      "4 SampleNotTaken: Only the first of several outputs for the same prompt was taken.",
    ]);
  });

  it("of vLLM have the first of the outputs", async () => {
    const { records, remarks } = await readLines([
      {
        prompt: "One?",
        outputs: [
          { index: 0, text: "Eins", finish_reason: "length" },
          { index: 1, text: "Uno" },
        ],
      },
      { prompt: "Two?", prompt_id: 2, outputs: [] },
      { prompt: "Three?", prompt_id: 3, outputs: null },
    ]);
    expect(records).toMatchObject([
      { turns: ["Eins"], system: "rows", metadata: { finish_reason: "length" } },
    ]);
    expect(remarked(remarks)).toEqual([
      "1 SampleNotTaken: Only the first of 2 outputs was taken.",
      "2 OutputFailed: No output was taken: it has no text.",
      "3 OutputFailed: No output was taken: it has no text.",
    ]);
  });

  it("of lighteval have the prompt as it was sent, in both layouts", async () => {
    const { records, faults } = await readLines(
      [
        { full_prompt: "One?", predictions: ["Eins"], gold: ["1"] },
        { doc: { query: "Two?", best: 1 }, model_response: { text: ["Zwei"], input: "x" }, metric: {} },
        { full_prompt: "Three?", predictions: [-1.5] },
      ],
      { fileName: "details/m1/x.jsonl" },
    );
    expect(faults).toEqual(["3 FieldMissing"]);
    expect(outputs(records)).toEqual(["m1: Eins", "m1: Zwei"]);
  });

  it("in traces are texts, chats, or objects of one text", async () => {
    const run = (inputs: unknown, result: unknown, more: Row = {}) => ({
      run_type: "llm",
      id: "r",
      inputs,
      outputs: result,
      error: null,
      ...more,
    });
    const chat = { messages: [[{ id: ["langchain", "HumanMessage"], kwargs: { content: "One?" } }]] };
    const { records, faults, remarks } = await readLines([
      run(chat, { generations: [[{ text: "Eins" }]] }, { extra: { metadata: { ls_model_name: "m1" } } }),
      run(
        JSON.stringify({ messages: [told, user("Two?")] }),
        JSON.stringify({ choices: [{ message: assistant("Zwei") }] }),
      ),
      run({ question: "Three?", lang: "de" }, { answer: "Drei", cost: 2 }),
      run("Four?", null, { error: "ValueError: no\nTraceback" }),
      run({ a: "Five?", b: "Or?" }, "Fünf"),
    ]);
    expect(faults).toEqual(["5 FieldMissing"]);
    expect(outputs(records)).toEqual(["m1: Eins", "rows: Zwei", "rows: Drei"]);
    expect(prompts(records)).toEqual(["One?", "Two?", "Three?", "Four?"]);
    expect(remarked(remarks)).toEqual(["4 OutputFailed: No output was taken: ValueError: no."]);
    const langfuse =
      'id,timestamp,name,userId,input,output\n1,2026-01-01,chat,u1,"[{""role"":""user"",""content"":""Hi?""}]","{""role"":""assistant"",""content"":""Yo""}"\n';
    expect(outputs((await written("langfuse.csv", langfuse)).records)).toEqual(["langfuse: Yo"]);
  });
});

describe("a column that no format has", () => {
  const extra = { chosen: "Which one?", winner: "a" };
  it.each<[string, Row]>([
    [
      "OpenAI",
      { custom_id: "a", response: { body: { model: "m", choices: [{ message: { content: "Ja" } }] } } },
    ],
    ["vLLM", { prompt: "One?", outputs: [{ text: "Eins" }] }],
    ["WildBench", { session_id: "s", chat_history: ["One?"], output: ["Eins"], generator: "g" }],
  ])("stays a column of %s, where a verdict is refused and an output told", async (_, row) => {
    const { problems } = await readLines([{ ...row, winner: extra.winner }]);
    expect(problems).toMatchObject([{ row: 0, name: "ColumnsUnclear" }]);
    const { records } = await readLines([{ ...row, chosen: extra.chosen }]);
    expect(ofKind(records, "response")[0]?.metadata).toMatchObject({ chosen: extra.chosen });
  });
});
