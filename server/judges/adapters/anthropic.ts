import { z } from "zod";
import type { Finish, ModelRequest } from "../model-call.ts";
import { type Adapter, type Manner, countOrNull, given, textOrNull, withPath } from "./adapter.ts";

/** Anthropic's messages. */
export const anthropic: Adapter = {
  name: "anthropic",
  defaultBaseUrl: "https://api.anthropic.com",
  keyVariable: "ANTHROPIC_API_KEY",
  url: messagesUrl,
  headers: (key) => ({ "anthropic-version": "2023-06-01", ...(key === null ? {} : { "x-api-key": key }) }),
  body: messagesBody,
  read: readMessage,
};

function messagesUrl(base: URL): URL {
  const path = base.pathname.replace(/\/+$/, "");
  if (path.endsWith("/messages")) return withPath(base, path);
  return withPath(base, /\/v\d+$/.test(path) ? `${path}/messages` : `${path}/v1/messages`);
}

/**
 * It knows neither seeds nor a repetition penalty. A reply's schema is asked for as output format, from models that do
 * not have it as the input of a tool that they must use, and else in words alone.
 */
function messagesBody(request: ModelRequest, { without }: Manner): Record<string, unknown> {
  const { model, messages, maxTokens, schema } = request;
  const system = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const settings = { temperature: request.temperature, top_p: request.topP };
  return {
    model,
    max_tokens: maxTokens,
    ...(system.length === 0 ? {} : { system: system.join("\n\n") }),
    messages: messages.filter(({ role }) => role !== "system"),
    ...given(settings, without),
    ...(schema ? schemaMembers(schema, without) : {}),
  };
}

function schemaMembers(
  { name, body }: NonNullable<ModelRequest["schema"]>,
  without: ReadonlySet<string>,
): Record<string, unknown> {
  if (!without.has("output_config"))
    return { output_config: { format: { type: "json_schema", schema: body } } };
  if (without.has("tools") || without.has("tool_choice")) return {};
  return { tools: [{ name, input_schema: body }], tool_choice: { type: "tool", name } };
}

const messageSchema = z.object({
  model: textOrNull,
  stop_reason: textOrNull,
  content: z.array(
    z.object({ type: z.string(), text: z.string().nullish().catch(null), input: z.unknown().optional() }),
  ),
  usage: z.object({ input_tokens: countOrNull, output_tokens: countOrNull }).nullish().catch(null),
});

const FINISHES: ReadonlyMap<string, Finish> = new Map([
  ["end_turn", "complete"],
  ["stop_sequence", "complete"],
  ["tool_use", "complete"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["refusal", "refused"],
]);

function readMessage(json: unknown): ReturnType<Adapter["read"]> {
  const read = messageSchema.safeParse(json);
  if (!read.success) return null;
  const { model, stop_reason, content, usage } = read.data;
  const tool = content.find(({ type }) => type === "tool_use");
  const texts = content.flatMap(({ type, text }) => (type === "text" && text ? [text] : []));
  return {
    text: tool ? JSON.stringify(tool.input ?? null) : texts.join(""),
    finish: FINISHES.get(stop_reason ?? "") ?? "unknown",
    reportedModel: model,
    fingerprint: null,
    promptTokens: usage?.input_tokens ?? null,
    completionTokens: usage?.output_tokens ?? null,
  };
}
