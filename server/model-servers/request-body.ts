import type { Adapter, Manner } from "./adapters/adapter.ts";
import { membersOf } from "./json-members.ts";
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
  const set = Object.entries(own).map(([name, value]) => [name, joined(made[name], value)]);
  const all = { ...made, ...(Object.fromEntries(set) as Record<string, unknown>) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** An object that is set by hand adds to the one that is made here, as an effort does to the form of the reply. */
const joined = (made: unknown, own: unknown): unknown =>
  Object.keys(membersOf(own)).length > 0 ? { ...membersOf(made), ...membersOf(own) } : own;
