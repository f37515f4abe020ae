import type { Adapter, Manner } from "./adapters/adapter.ts";
import type { ModelRequest } from "./model-call.ts";

/**
 * The body of a request, as it is sent.
 * @param own members that somebody set by hand; null leaves one out
 */
export function requestBody(
  adapter: Adapter,
  request: ModelRequest,
  { own = {}, ...manner }: Manner & { readonly own?: Readonly<Record<string, unknown>> | undefined },
): Record<string, unknown> {
  const made = adapter.body(request, manner);
  if ("max_completion_tokens" in own) delete made.max_tokens; // two names of one thing
  return Object.fromEntries(Object.entries({ ...made, ...own }).filter(([, value]) => value !== null));
}
