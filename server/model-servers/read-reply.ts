import type { SentParameters } from "../contract/judges.ts";
import type { Adapter } from "./adapters/adapter.ts";
import type { ModelReply, Usage } from "./model-call.ts";
import { splitThinking } from "./thinking.ts";
import { usageOf } from "./usage.ts";

/**
 * Reads a reply of one kind of server, for whoever asked: the answer without reasoning, and the reasoning apart from it.
 * @param json the body as a value
 * @returns null where it has not the shape of a reply; `error` where the server tells of one inside it
 */
export function readReply(
  adapter: Pick<Adapter, "read">,
  json: unknown,
  given: { readonly raw: string; readonly sent: SentParameters },
): (ModelReply & { readonly error: unknown }) | null {
  const written = adapter.read(json);
  if (!written) return null;
  const { text, reasoning, ...rest } = written;
  const { answer, thinking } = splitThinking(text);
  const thoughts = [reasoning, thinking].filter((one) => one !== null);
  const usage: Usage = usageOf(json);
  const told = { text: answer, thinking: thoughts.join("\n\n") || null };
  return { ...rest, ...usage, ...given, ...told, mayBeBilled: true };
}
