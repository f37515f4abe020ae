import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../server/loading/reading/field-map.ts";
import {
  ofKind,
  outputs,
  prompts,
  readLines,
  remarked,
  told,
  user,
  assistant,
  type Row,
} from "./runs-support.ts";

describe("OpenAI's batches", () => {
  const request = (custom_id: unknown, body: Row) => ({
    custom_id,
    method: "POST",
    url: "/v1/chat/completions",
    body,
  });
  const reply = (custom_id: unknown, body: unknown, more: Row = {}) => ({
    ...{ id: `b-${String(custom_id)}`, custom_id, error: null },
    ...{ response: { status_code: 200, request_id: "r", body } },
    ...more,
  });
  const chat = (content: unknown, more: Row = {}) => ({
    model: "m-2026-01-01",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop", ...more }],
  });

  it("have prompts as texts, and what the system was told in none of them", async () => {
    const { records, faults } = await readLines([
      request("a", { model: "m", messages: [told, user("Name a café.")], tool_choice: "auto" }),
      request(7, {
        model: "m",
        messages: [{ ...told, role: "developer" }, user([{ type: "text", text: "Two?" }])],
      }),
      request("c", {
        model: "m",
        instructions: "Be kind.",
        input: [{ role: "user", content: [{ type: "input_text", text: "三?" }] }],
      }),
      request("d", { model: "m", prompt: "Once upon" }),
      request("e", { model: "m", messages: [user("Hi"), assistant("Yo"), user("Bye")] }),
    ]);
    expect(faults).toEqual([]);
    expect(prompts(records)).toEqual([
      "Name a café.",
      "Two?",
      "三?",
      "Once upon",
      "User: Hi\n\nAssistant: Yo\n\nUser: Bye",
    ]);
    expect(ofKind(records, "prompt").map((one) => one.promptId)).toEqual(["a", "7", "c", "d", "e"]);
    expect(ofKind(records, "prompt").map((one) => one.metadata.system_message)).toEqual([
      ...["Be brief.", "Be brief.", "Be kind.", undefined, undefined],
    ]);
    expect(records[0]).toMatchObject({
      metadata: { requested_of: "m", call_details: { tool_choice: "auto" } },
    });
  });

  it("without a text, or with images or calls of tools, are faults of their row", async () => {
    const { faults, records } = await readLines([
      request("a", { messages: [user("One?")] }),
      request("b", { model: "m" }),
      request("c", { messages: [user([{ type: "image_url", image_url: {} }])] }),
      request("d", { messages: [user("Do it."), assistant("."), { role: "tool", content: "done" }] }),
      request(null, { messages: [user("Two?")] }),
    ]);
    expect(faults).toEqual(["2 FieldMissing", "3 TextNotText", "4 ConversationWrong", "5 FieldMissing"]);
    expect(prompts(records)).toEqual(["One?"]);
  });

  it("bring the replies of chats and responses, and count what failed by its reason", async () => {
    const response = {
      ...{ model: "m-2026-01-01", status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
      output: [
        { type: "reasoning", summary: [{ type: "summary_text", text: "Hm." }] },
        {
          type: "message",
          role: "assistant",
          content: [
            { type: "output_text", text: "Dr" },
            { type: "output_text", text: "ei" },
          ],
        },
      ],
    };
    const { records, faults, remarks } = await readLines([
      reply("b", chat("Zwei")),
      reply("a", chat("Eins", { finish_reason: "length" })),
      reply("c", response),
      reply("d", null, { response: null, error: { code: "batch_expired", message: "Too late." } }),
      reply(
        "e",
        { error: { message: "Bad request", type: "invalid" } },
        { response: { status_code: 400, body: { error: { message: "No." } } } },
      ),
      reply("f", chat(null, { finish_reason: "tool_calls" })),
      reply("g", { ...chat("x"), choices: [] }),
      reply("h", {
        model: "m-2026-01-01",
        choices: [
          { index: 0, message: { content: "A" } },
          { index: 1, message: { content: "B" } },
        ],
      }),
    ]);
    expect(faults).toEqual([]);
    expect(outputs(records)).toEqual(["Zwei", "Eins", "Drei", "A"].map((text) => `m-2026-01-01: ${text}`));
    expect(records.map((one) => ("metadata" in one ? one.metadata.finish_reason : null))).toEqual([
      ...["stop", "length", "length", undefined],
    ]);
    expect(remarked(remarks)).toEqual([
      "4 OutputFailed: No output was taken: batch_expired, Too late.",
      "5 OutputFailed: No output was taken: No.",
      "6 OutputFailed: No output was taken: no text, tool_calls.",
      "7 OutputFailed: No output was taken: it has no text.",
      "8 SampleNotTaken: Only the first of 2 choices was taken.",
    ]);
    expect(JSON.stringify(records[2])).toContain("Hm."); // kept, and no answer
  });

  it("are of the study's system, where that is the model without its date", async () => {
    const systemOf = async (model: string, knownSystems: string[]) => {
      const { records } = await readLines([reply("a", { ...chat("Yes."), model })], { knownSystems });
      return ofKind(records, "response")[0]?.system;
    };
    expect(await systemOf("ours-2026-01-01", ["ours"])).toBe("ours");
    expect(await systemOf("ours-2026-01-01", ["ours", "ours-2026-01-01"])).toBe("ours-2026-01-01");
    expect(await systemOf("ours-2026-01-01", [])).toBe("ours-2026-01-01");
    const { records } = await readLines([reply("a", { choices: chat("Yes.").choices })], { system: "mine" });
    expect(outputs(records)).toEqual(["mine: Yes."]);
    const mapped = await readLines([reply("a", chat("Yes."))], { map: parseFieldMap("system:=mine") });
    expect(outputs(mapped.records)).toEqual(["mine: Yes."]);
  });
});

describe("Anthropic's batches", () => {
  const message = (content: unknown, more: Row = {}) => ({
    custom_id: "a",
    result: { type: "succeeded", message: { model: "claude-x", content, stop_reason: "end_turn", ...more } },
  });

  it("have the prompt and the system's message", async () => {
    const params = {
      model: "claude-x",
      max_tokens: 9,
      system: [{ type: "text", text: "Be brief." }],
      messages: [user("One?")],
    };
    const { records, faults } = await readLines([{ custom_id: "a", params }]);
    expect(faults).toEqual([]);
    expect(records).toMatchObject([
      { promptId: "a", turns: ["One?"], metadata: { system_message: "Be brief.", requested_of: "claude-x" } },
    ]);
  });

  it("bring the texts of an answer, without its thoughts, and count what failed", async () => {
    const { records, remarks, faults } = await readLines([
      message([
        { type: "thinking", thinking: "Hm." },
        { type: "text", text: "Thy" },
        { type: "text", text: "me." },
      ]),
      message([{ type: "text", text: "Cut" }], { stop_reason: "max_tokens" }),
      message([{ type: "tool_use", id: "t", name: "f", input: {} }], { stop_reason: "tool_use" }),
      {
        custom_id: "b",
        result: {
          type: "errored",
          error: { type: "error", error: { type: "overloaded_error", message: "Busy." } },
        },
      },
      { custom_id: "c", result: { type: "expired" } },
      { custom_id: "d", result: { type: "canceled" } },
    ]);
    expect(faults).toEqual([]);
    expect(outputs(records)).toEqual(["claude-x: Thyme.", "claude-x: Cut"]);
    expect(records[1]).toMatchObject({ metadata: { stop_reason: "max_tokens" } });
    expect(remarked(remarks)).toEqual([
      "3 OutputFailed: No output was taken: no text, tool_use.",
      "4 OutputFailed: No output was taken: errored, overloaded_error, Busy.",
      "5 OutputFailed: No output was taken: expired.",
      "6 OutputFailed: No output was taken: canceled.",
    ]);
  });
});
