import { z } from "zod";
import type { Finish, ModelRequest } from "../model-call.ts";
import { type Adapter, type Manner, countOrNull, given, textOrNull, withPath } from "./adapter.ts";

/** Chat completions, as OpenAI, Azure, vLLM, llama.cpp, Ollama, OpenRouter and many others understand them. */
export const openai: Adapter = {
  name: "openai",
  defaultBaseUrl: "https://api.openai.com/v1",
  keyVariable: "OPENAI_API_KEY",
  url: chatUrl,
  headers: keyHeader,
  body: chatBody,
  read: readChat,
};

/** A base URL may hold the version, a deployment or the whole path; with none of them it is the host's first version. */
function chatUrl(base: URL): URL {
  const path = base.pathname.replace(/\/+$/, "");
  if (path.endsWith("/chat/completions")) return withPath(base, path);
  if (/\/(?:v\d\w*|deployments)(?:\/|$)/.test(path)) return withPath(base, `${path}/chat/completions`);
  const root = path === "" && isAzure(base) ? "/openai" : path;
  return withPath(base, `${root}/v1/chat/completions`);
}

function keyHeader(key: string | null, url: URL): Record<string, string> {
  if (key === null) return {};
  return isAzure(url) ? { "api-key": key } : { authorization: `Bearer ${key}` };
}

/** Azure takes its keys in a header of its own. Gateways before it keep its api-version. */
const isAzure = (url: URL): boolean =>
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
    response_format: schema && {
      type: "json_schema",
      json_schema: { name: schema.name, strict: true, schema: schema.body },
    },
  };
  return { model, messages, [limit]: maxTokens, ...given(settings, without) };
}

const chatSchema = z.object({
  model: textOrNull,
  system_fingerprint: textOrNull,
  choices: z
    .array(
      z.object({
        finish_reason: textOrNull,
        message: z.object({ content: z.string().nullish(), refusal: textOrNull }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: countOrNull, completion_tokens: countOrNull }).nullish().catch(null),
});

const FINISHES: ReadonlyMap<string, Finish> = new Map([
  ["stop", "complete"],
  ["length", "length"],
  ["content_filter", "refused"],
]);

function readChat(json: unknown): ReturnType<Adapter["read"]> {
  const read = chatSchema.safeParse(json);
  if (!read.success) return null;
  const { model, system_fingerprint, choices, usage } = read.data;
  const { message, finish_reason } = choices[0]!;
  const finish = FINISHES.get(finish_reason ?? "") ?? "unknown";
  return {
    text: message.content || (message.refusal ?? ""),
    finish: message.refusal === null ? finish : "refused",
    reportedModel: model,
    fingerprint: system_fingerprint,
    promptTokens: usage?.prompt_tokens ?? null,
    completionTokens: usage?.completion_tokens ?? null,
  };
}
