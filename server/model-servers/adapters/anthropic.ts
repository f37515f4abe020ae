import type { ModelRequest } from "../model-call.ts";
import { type Adapter, type Manner, given, plainSchema, STREAM, withPath } from "./adapter.ts";
import { joinEvents, readMessage } from "./anthropic-reply.ts";

/** Anthropic's messages. */
export const anthropic: Adapter = {
  name: "anthropic",
  defaultBaseUrl: "https://api.anthropic.com",
  keyVariable: "ANTHROPIC_API_KEY",
  url: messagesUrl,
  headers: (key) => ({ "anthropic-version": "2023-06-01", ...(key === null ? {} : { "x-api-key": key }) }),
  body: messagesBody,
  schemaForms: ["output_config", "tools"],
  effort: (level) => ({ output_config: { effort: level } }),
  read: readMessage,
  join: joinEvents,
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
  const stream = without.has(STREAM) ? true : null;
  const settings = { temperature: request.temperature, top_p: request.topP, stream };
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
  const schema = plainSchema(body, without);
  if (!without.has("output_config")) return { output_config: { format: { type: "json_schema", schema } } };
  if (without.has("tools")) return {};
  return { tools: [{ name, input_schema: schema }], tool_choice: { type: "tool", name } };
}
