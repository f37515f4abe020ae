import type { ModelRequest } from "../model-call.ts";
import { type Adapter, type Manner, given, plainSchema, STREAM, withPath } from "./adapter.ts";
import { joinChunks, readChat } from "./openai-reply.ts";

/** Chat completions, as OpenAI, Azure, vLLM, llama.cpp, Ollama, OpenRouter and many others understand them. */
export const openai: Adapter = {
  name: "openai",
  defaultBaseUrl: "https://api.openai.com/v1",
  keyVariable: "OPENAI_API_KEY",
  url: chatUrl,
  headers: keyHeader,
  body: chatBody,
  schemaForms: ["json_schema", "json_object"],
  effort: (level) => ({ reasoning_effort: level }),
  read: readChat,
  join: joinChunks,
};

/**
 * A base URL may hold the version, a deployment or the whole path; with none of them it is the host's first version,
 * but where a provider has none.
 */
function chatUrl(base: URL): URL {
  const path = base.pathname.replace(/\/+$/, "");
  if (path.endsWith("/chat/completions")) return withPath(base, path);
  const isWhole = /\/(?:v\d\w*|deployments)(?:\/|$)/.test(path) || UNVERSIONED.some((is) => is(base, path));
  if (isWhole) return withPath(base, `${path}/chat/completions`);
  const root = path === "" && isAzure(base) ? "/openai" : path;
  return withPath(base, `${root}/v1/chat/completions`);
}

/** Whose paths have no version: Databricks, GitHub Models, Azure AI Foundry, DeepSeek's beta and Perplexity. */
const UNVERSIONED: readonly ((base: URL, path: string) => boolean)[] = [
  (_, path) => path.endsWith("/serving-endpoints"),
  ({ hostname }, path) => hostname === "models.github.ai" && path !== "",
  ({ hostname }, path) => /\.(?:services|inference)\.ai\.azure\.com$/.test(hostname) && path === "/models",
  ({ hostname }, path) => hostname === "api.deepseek.com" && path === "/beta",
  ({ hostname }, path) => hostname === "api.perplexity.ai" && path === "",
];

/** The header with a key. */
export function keyHeader(key: string | null, url: URL): Record<string, string> {
  if (key === null) return {};
  return isAzure(url) ? { "api-key": key } : { authorization: `Bearer ${key}` };
}

/** Azure takes its keys in a header of its own. Gateways before it keep its api-version. */
export const isAzure = (url: URL): boolean =>
  /\.(?:openai|services\.ai|cognitiveservices|api\.cognitive)\.(?:azure|microsoft)\.(?:com|us|cn)$/.test(
    url.hostname,
  ) || url.searchParams.has("api-version");

function chatBody(request: ModelRequest, { without, repetitionPenaltyAs }: Manner): Record<string, unknown> {
  const { model, messages, maxTokens, schema } = request;
  // Models that reason take the second name only, most servers other than OpenAI's the first.
  const limit = without.has("max_tokens") ? "max_completion_tokens" : "max_tokens";
  const settings = {
    ...{ temperature: request.temperature, top_p: request.topP, seed: request.seed },
    ...Object.fromEntries(repetitionPenaltyAs.map((name) => [name, request.repetitionPenalty])),
    ...{ logprobs: request.likeliest === undefined ? null : true, top_logprobs: request.likeliest ?? null },
    response_format: schema && formatFor(schema, without),
    stream: without.has(STREAM) ? true : null,
    stream_options: without.has(STREAM) ? { include_usage: true } : null,
  };
  return { model, messages, [limit]: maxTokens, ...given(settings, without) };
}

/** A schema; else any JSON object, of which the messages speak; else nothing but what they say. */
function formatFor(
  { name, body }: NonNullable<ModelRequest["schema"]>,
  without: ReadonlySet<string>,
): object | null {
  if (!without.has("json_schema")) {
    const strict = without.has("strict") ? {} : { strict: true };
    return { type: "json_schema", json_schema: { name, ...strict, schema: plainSchema(body, without) } };
  }
  return without.has("json_object") ? null : { type: "json_object" };
}
