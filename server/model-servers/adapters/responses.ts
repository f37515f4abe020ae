import type { ModelRequest } from "../model-call.ts";
import { type Adapter, type Manner, given, plainSchema, STREAM, withPath } from "./adapter.ts";
import { isAzure, keyHeader, openai } from "./openai.ts";
import { joinResponse, readResponse } from "./responses-reply.ts";

/** OpenAI's responses, which Azure, vLLM, LM Studio and others understand, too. */
export const responses: Adapter = {
  name: "responses",
  defaultBaseUrl: openai.defaultBaseUrl,
  keyVariable: openai.keyVariable,
  url: responsesUrl,
  headers: keyHeader,
  body: responsesBody,
  effort: (level) => ({ reasoning: { effort: level } }),
  schemaForms: ["json_schema", "json_object"],
  read: readResponse,
  join: joinResponse,
};

/** A base URL may hold the version or the whole path; with none of them it is the host's first version. */
function responsesUrl(base: URL): URL {
  const path = base.pathname.replace(/\/+$/, "");
  if (path.endsWith("/responses")) return withPath(base, path);
  if (/\/v\d\w*(?:\/|$)/.test(path)) return withPath(base, `${path}/responses`);
  const root = path === "" && isAzure(base) ? "/openai" : path;
  return withPath(base, `${root}/v1/responses`);
}

/** It knows neither seeds nor a repetition penalty. */
function responsesBody(request: ModelRequest, { without }: Manner): Record<string, unknown> {
  const { model, messages, maxTokens, schema } = request;
  const settings = {
    ...{ temperature: request.temperature, top_p: request.topP },
    text: schema && formatFor(schema, without),
    stream: without.has(STREAM) ? true : null,
  };
  return { model, input: messages, max_output_tokens: maxTokens, ...given(settings, without) };
}

/** A schema; else any JSON object, of which the messages speak; else nothing but what they say. */
function formatFor(
  { name, body }: NonNullable<ModelRequest["schema"]>,
  without: ReadonlySet<string>,
): object | null {
  if (!without.has("json_schema")) {
    const strict = without.has("strict") ? {} : { strict: true };
    return { format: { type: "json_schema", name, ...strict, schema: plainSchema(body, without) } };
  }
  return without.has("json_object") ? null : { format: { type: "json_object" } };
}
