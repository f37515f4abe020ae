import { describe, expect, it } from "vitest";
import { resultIn } from "../../../server/judges/batch-format.ts";

const reply = { model: "m", choices: [{ message: { content: "A" }, finish_reason: "stop" }] };
const id = "tiebreak-call-1";

describe("a line of a file of results", () => {
  it.each([
    [
      "OpenAI, Groq, Mistral, Together",
      { id: "b", custom_id: id, response: { status_code: 200, request_id: "r", body: reply }, error: null },
      { id, reply },
    ],
    ["vLLM", { id: "vllm-1", custom_id: id, response: reply, error: null }, { id, reply }],
    [
      "a refusal",
      { custom_id: id, response: { status_code: 400, body: { message: "No." } }, error: null },
      { id, status: 400, error: { message: "No." } },
    ],
    [
      "an error in place of a response",
      { custom_id: id, response: null, error: { message: "No." } },
      { id, status: null, error: { error: { message: "No." } } },
    ],
    [
      "Anthropic",
      { custom_id: id, result: { type: "succeeded", message: { content: [] } } },
      { id, reply: { content: [] } },
    ],
    [
      "Gemini’s own batches, which are no results of such a file",
      { key: id, response: { candidates: [] } },
      null,
    ],
  ])("is read as its server writes it: %s", (_, line, result) => {
    expect(resultIn(JSON.stringify(line))).toEqual(result);
  });
});
