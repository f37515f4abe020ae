import { describe, expect, it } from "vitest";
import { usageOf } from "../../../../server/model-servers/usage.ts";
import { adapters, findAdapter } from "../../../../server/model-servers/adapters/index.ts";
import { anthropic } from "../../../../server/model-servers/adapters/anthropic.ts";
import { openai } from "../../../../server/model-servers/adapters/openai.ts";
import { responses } from "../../../../server/model-servers/adapters/responses.ts";
import type { ModelRequest } from "../../../../server/model-servers/model-call.ts";

const schema = { name: "verdict", body: { type: "object" } };
const request: ModelRequest = {
  model: "m",
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Which?" },
  ],
  ...{ temperature: 0, topP: 0.9, repetitionPenalty: 1.2, seed: 7, maxTokens: 64, schema },
};
const plain = { without: new Set<string>(), repetitionPenaltyAs: [] };

describe("adapters", () => {
  it("are found by their names", () => {
    expect(adapters.map(({ name }) => name)).toEqual(["openai", "responses", "anthropic"]);
    expect(findAdapter("anthropic")).toBe(anthropic);
    expect(findAdapter("toString")).toBeNull();
  });

  it.each([
    ["https://api.openai.com", "https://api.openai.com/v1/chat/completions"],
    ["https://api.openai.com/v1/", "https://api.openai.com/v1/chat/completions"],
    ["http://127.0.0.1:8080/v1/chat/completions", "http://127.0.0.1:8080/v1/chat/completions"],
    ["https://openrouter.ai/api", "https://openrouter.ai/api/v1/chat/completions"],
    ["https://host.example/v1beta/openai", "https://host.example/v1beta/openai/chat/completions"],
    ["https://r.openai.azure.com", "https://r.openai.azure.com/openai/v1/chat/completions"],
    [
      "https://r.openai.azure.com/openai/deployments/gpt?api-version=2024-10-21",
      "https://r.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
    ],
    ["https://api.perplexity.ai", "https://api.perplexity.ai/chat/completions"],
    ["https://models.github.ai/inference", "https://models.github.ai/inference/chat/completions"],
    [
      "https://models.github.ai/orgs/o/inference",
      "https://models.github.ai/orgs/o/inference/chat/completions",
    ],
    [
      "https://x.cloud.databricks.com/serving-endpoints",
      "https://x.cloud.databricks.com/serving-endpoints/chat/completions",
    ],
    [
      "https://r.services.ai.azure.com/models?api-version=2024-05-01-preview",
      "https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview",
    ],
    ["https://api.deepseek.com/beta", "https://api.deepseek.com/beta/chat/completions"],
    ["https://api.deepseek.com", "https://api.deepseek.com/v1/chat/completions"],
    ["https://gateway.example/models", "https://gateway.example/models/v1/chat/completions"],
  ])("openai posts for %s to %s", (base, url) => expect(openai.url(new URL(base)).href).toBe(url));

  it.each([
    ["https://api.anthropic.com", "https://api.anthropic.com/v1/messages"],
    ["https://api.anthropic.com/v1", "https://api.anthropic.com/v1/messages"],
    ["https://proxy.example/anthropic/", "https://proxy.example/anthropic/v1/messages"],
    ["https://proxy.example/x/messages", "https://proxy.example/x/messages"],
  ])("anthropic posts for %s to %s", (base, url) => expect(anthropic.url(new URL(base)).href).toBe(url));

  it.each([
    ["https://api.openai.com/v1", "https://api.openai.com/v1/responses"],
    ["http://127.0.0.1:8000", "http://127.0.0.1:8000/v1/responses"],
    ["https://r.openai.azure.com", "https://r.openai.azure.com/openai/v1/responses"],
    ["https://proxy.example/x/responses", "https://proxy.example/x/responses"],
  ])("responses posts for %s to %s", (base, url) => expect(responses.url(new URL(base)).href).toBe(url));

  it("put the key in the header of the server's kind, and none where there is no key", () => {
    const at = (adapter: typeof openai, url: string, key: string | null) =>
      adapter.headers(key, new URL(url));
    expect(at(openai, "https://api.openai.com/v1", "k")).toEqual({ authorization: "Bearer k" });
    expect(at(openai, "https://r.openai.azure.com/openai/v1", "k")).toEqual({ "api-key": "k" });
    expect(at(openai, "https://gateway.example/x?api-version=1", "k")).toEqual({ "api-key": "k" });
    expect(at(openai, "https://openai.azure.com.evil.example/v1", "k")).toEqual({
      authorization: "Bearer k",
    });
    expect(at(openai, "http://127.0.0.1", null)).toEqual({});
    expect(at(anthropic, "https://a", "k")).toEqual({ "anthropic-version": "2023-06-01", "x-api-key": "k" });
  });
});

describe("openai", () => {
  it("writes everything in chat completions' words", () => {
    expect(openai.body(request, { ...plain, repetitionPenaltyAs: ["repeat_penalty"] })).toEqual({
      model: "m",
      messages: request.messages,
      ...{ max_tokens: 64, temperature: 0, top_p: 0.9, seed: 7, repeat_penalty: 1.2 },
      response_format: {
        type: "json_schema",
        json_schema: { name: "verdict", strict: true, schema: schema.body },
      },
    });
  });

  it("leaves out what is null, what is not known and what the server does not take", () => {
    const bare = { ...request, temperature: null, topP: null, seed: null, schema: null };
    expect(Object.keys(openai.body(bare, plain))).toEqual(["model", "messages", "max_tokens"]);
    const without = new Set(["max_tokens", "temperature", "response_format"]);
    const body = openai.body(request, { ...plain, without });
    expect(Object.keys(body)).toEqual(["model", "messages", "max_completion_tokens", "top_p", "seed"]);
  });

  it("reads sparse replies, and nothing as a reply that is none", () => {
    const choices = [{ message: { content: "hi" } }];
    expect(openai.read({ choices })).toMatchObject({ text: "hi", finish: "unknown" });
    expect(usageOf({ choices })).toMatchObject({ promptTokens: null, completionTokens: null });
    expect(openai.read({ choices: [{ finish_reason: "length", message: { content: null } }] })).toMatchObject(
      {
        text: "",
        finish: "length",
      },
    );
    const filtered = [{ finish_reason: "content_filter", message: { content: "par" } }];
    expect(openai.read({ choices: filtered })?.finish).toBe("refused");
    const usage = { prompt_tokens: -3, completion_tokens: "many" };
    expect(usageOf({ choices, usage })).toMatchObject({ promptTokens: null, completionTokens: null });
    for (const empty of [[], [{}], [{ message: { content: 4 } }]])
      expect(openai.read({ choices: empty })).toMatchObject({ text: "", finish: "unknown", error: null });
    for (const none of [null, [], "x", {}]) expect(openai.read(none)).toBeNull();
  });
});

describe("anthropic", () => {
  it("puts the system text on top and leaves out what it does not know", () => {
    const body = anthropic.body(request, { ...plain, repetitionPenaltyAs: ["repetition_penalty"] });
    expect(body).toEqual({
      ...{ model: "m", max_tokens: 64, system: "Be brief.", temperature: 0, top_p: 0.9 },
      messages: [{ role: "user", content: "Which?" }],
      output_config: { format: { type: "json_schema", schema: schema.body } },
    });
  });

  it("asks for a schema as output, then as a tool, then in words alone", () => {
    const asked = (...without: string[]) => anthropic.body(request, { ...plain, without: new Set(without) });
    expect(asked("output_config")).toMatchObject({
      tools: [{ name: "verdict", input_schema: schema.body }],
      tool_choice: { type: "tool", name: "verdict" },
    });
    expect(asked("output_config")).not.toHaveProperty("output_config");
    expect(Object.keys(asked("output_config", "tools"))).not.toContain("tool_choice");
  });

  it("reads texts and tool inputs, leaves thoughts out, and knows every end", () => {
    const read = (stop_reason: string, content: object[]) => anthropic.read({ stop_reason, content });
    const thought = { type: "thinking", thinking: "hm" };
    expect(
      read("end_turn", [thought, { type: "text", text: "a" }, { type: "text", text: "b" }]),
    ).toMatchObject({
      text: "ab",
      finish: "complete",
    });
    expect(read("tool_use", [{ type: "tool_use", name: "verdict", input: { verdict: "A" } }])).toMatchObject({
      text: "",
      toolInput: '{"verdict":"A"}',
      finish: "complete",
    });
    const ends = ["max_tokens", "model_context_window_exceeded", "refusal", "pause_turn"];
    expect(ends.map((end) => read(end, [])?.finish)).toEqual(["length", "length", "refused", "paused"]);
    expect(anthropic.read({ content: "x" })).toMatchObject({ text: "x", finish: "unknown" });
    for (const none of [null, {}, { content: 4 }]) expect(anthropic.read(none)).toBeNull();
  });
});

describe("responses", () => {
  it("asks for a schema, else for any JSON, else in words alone", () => {
    const without = (...names: string[]) => responses.body(request, { ...plain, without: new Set(names) });
    expect(without()).toEqual({
      ...{ model: "m", input: request.messages, max_output_tokens: 64, temperature: 0, top_p: 0.9 },
      text: { format: { type: "json_schema", name: "verdict", strict: true, schema: schema.body } },
    });
    expect(without("json_schema").text).toEqual({ format: { type: "json_object" } });
    expect(without("json_schema", "json_object")).not.toHaveProperty("text");
  });

  it("reads the last of a stream's events that holds the response", () => {
    const response = {
      ...{ model: "m-1", status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
      output: [{ type: "message", content: [{ type: "output_text", text: "Half" }] }],
    };
    const events = [
      { type: "response.created", response: { status: "in_progress", output: [] } },
      { type: "response.output_text.delta", delta: "Half" },
      { type: "response.incomplete", response },
    ];
    expect(responses.read(responses.join(events))).toMatchObject({ text: "Half", finish: "length" });
    expect(responses.read(responses.join(events.slice(0, 2)))?.finishWord).toBeNull();
    expect(responses.read({ choices: [] })).toBeNull();
  });
});
