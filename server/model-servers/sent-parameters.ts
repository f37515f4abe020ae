import type { SentParameters } from "../contract/judges.ts";
import { membersOf } from "./json-members.ts";
import type { ModelRequest } from "./model-call.ts";

/**
 * The parameters of a request as they stand in the body that was sent, and those that were wanted and are not there.
 * @param without what the server had refused before
 */
export function sentParameters(
  request: ModelRequest,
  body: Readonly<Record<string, unknown>>,
  without: Iterable<string> = [],
): SentParameters {
  const sent = (name: string): number | null => (typeof body[name] === "number" ? body[name] : null);
  const values = { temperature: sent("temperature"), topP: sent("top_p"), seed: sent("seed") };
  const wanted = { temperature: request.temperature, topP: request.topP, seed: request.seed };
  const refused = Object.entries(wanted).filter(
    ([name, value]) => value !== null && values[name as keyof typeof values] === null,
  );
  const form = formOf(body);
  return {
    ...values,
    maxTokens: sent("max_tokens") ?? sent("max_completion_tokens") ?? sent("max_output_tokens"),
    form,
    refused: Object.fromEntries(refused),
    isFormRefused: request.schema !== null && form !== "json_schema",
    without: [...without].sort(),
  };
}

function formOf(body: Readonly<Record<string, unknown>>): SentParameters["form"] {
  const { type } = membersOf(body.response_format ?? membersOf(body.text).format);
  if (type === "json_schema" || type === "json_object") return type;
  if ("format" in membersOf(body.output_config)) return "json_schema"; // it may hold nothing but an effort
  return "tools" in body ? "tool" : "words";
}
