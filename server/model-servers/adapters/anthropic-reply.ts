import { membersOf, textIn } from "../json-members.ts";
import { laterUsage, usageOf } from "../usage.ts";
import { textOrNull, together, type Written } from "./adapter.ts";
import { finishOf } from "./finish.ts";

/** Reads a message: its text blocks are the answer, its thinking blocks are not. */
export function readMessage(json: unknown): Written | null {
  const top = membersOf(json);
  const { content } = top;
  if (typeof content !== "string" && !Array.isArray(content)) return null;
  const blocks = typeof content === "string" ? [{ type: "text", text: content }] : content.map(membersOf);
  const tool = blocks.find(({ type }) => type === "tool_use");
  const word = textOrNull.parse(top.stop_reason);
  return {
    text: blocks.map((block) => (block.type === "text" ? textIn(block.text) : null)).join(""),
    reasoning: together(blocks.map((block) => (block.type === "thinking" ? textIn(block.thinking) : null))),
    toolInput: tool ? JSON.stringify(tool.input ?? null) : null,
    finish: finishOf(word),
    finishWord: word,
    reportedModel: textOrNull.parse(top.model),
    fingerprint: null,
    error: null,
  };
}

/** The message that a stream's events make. */
export function joinEvents(pieces: readonly unknown[]): unknown {
  const blocks: Record<string, unknown>[] = [];
  let message: Readonly<Record<string, unknown>> = {};
  let usage = usageOf(null);
  let stop: unknown = null;
  for (const event of pieces.map(membersOf)) {
    if (event.type === "error" || event.error !== undefined) return { type: "error", error: event.error };
    if (event.type === "message_start") message = membersOf(event.message);
    if (event.type === "content_block_start") blocks.push({ ...membersOf(event.content_block) });
    if (event.type === "content_block_delta")
      extend(blocks, Number(event.index ?? 0), membersOf(event.delta));
    stop = membersOf(event.delta).stop_reason ?? stop;
    usage = laterUsage(usage, usageOf(event));
  }
  const told = {
    ...{ prompt_tokens: usage.promptTokens, completion_tokens: usage.completionTokens },
    prompt_tokens_details: {
      ...{ cached_tokens: usage.cacheReadTokens, cache_write_tokens: usage.cacheWriteTokens },
    },
  };
  return { ...message, content: blocks.map(finished), stop_reason: stop, usage: told };
}

/** Anthropic sends the input of a tool as pieces of its JSON. */
function extend(
  blocks: Record<string, unknown>[],
  index: number,
  delta: Readonly<Record<string, unknown>>,
): void {
  const block = (blocks[index] ??= { type: "text" });
  for (const name of ["text", "thinking", "partial_json"])
    if (typeof delta[name] === "string") block[name] = (textIn(block[name]) ?? "") + delta[name];
}

function finished({ partial_json: pieces, ...block }: Record<string, unknown>): Record<string, unknown> {
  if (typeof pieces !== "string") return block;
  try {
    return { ...block, input: JSON.parse(pieces) as unknown };
  } catch {
    return { ...block, input: pieces };
  }
}
