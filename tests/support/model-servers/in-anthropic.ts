import { itemsOf, membersOf, textIn } from "../../../server/model-servers/json-members.ts";
import type { ReplyRow } from "./replies.ts";

const STOPS: Readonly<Record<string, string>> = {
  ...{ stop: "end_turn", length: "max_tokens", content_filter: "refusal", tool_calls: "tool_use" },
};

/**
 * The same behaviour in the words of Anthropic's messages: what was a choice is a list of blocks, and errors stand one deeper. null: it is
 * one of chat completions alone.
 */
export function inAnthropic(row: ReplyRow): ReplyRow | null {
  const { when, body, raw } = row;
  const isOfChat = typeof when === "object" && ("response_format" in when || "messages_contain" in when);
  const isOneOfTheirs = typeof when === "object" && "has" in when && when.has === "max_tokens";
  if (row.wire !== "openai" || isOfChat || isOneOfTheirs || row.isOfChatOnly) return null;
  const mirrored = { ...row, name: `${row.name}, by messages`, wire: "anthropic" as const };
  if (raw !== undefined) return isRawOfAny(raw) ? mirrored : null;
  const top = membersOf(body);
  const choice = membersOf(itemsOf(top.choices)[0]);
  if (Object.keys(choice).length === 0)
    return top.error === undefined ? null : { ...mirrored, body: errorOf(top.error) };
  if (choice.error !== undefined || typeof choice.finish_reason !== "string") return null;
  const stop = STOPS[choice.finish_reason] ?? choice.finish_reason;
  const message = { type: "message", role: "assistant", model: top.model, stop_sequence: null };
  const content = blocksOf(membersOf(choice.message));
  const { prompt_tokens: input_tokens, completion_tokens: output_tokens, ...rest } = membersOf(top.usage);
  const usage = top.usage === undefined ? {} : { usage: { input_tokens, output_tokens, cost: rest.cost } };
  return { ...mirrored, body: { ...message, content, stop_reason: stop, ...usage } };
}

/** Pages, silence and ends of connections are the same in any API. */
const isRawOfAny = (raw: string): boolean => !/"choices"|"delta"/.test(raw);

const errorOf = (error: unknown): object => ({
  type: "error",
  error: typeof error === "string" ? { type: "invalid_request_error", message: error } : error,
});

function blocksOf(message: Readonly<Record<string, unknown>>): object[] {
  const thought = textIn(message.reasoning_content);
  const texts = Array.isArray(message.content) ? itemsOf(message.content) : [message.content];
  const tool = membersOf(membersOf(itemsOf(message.tool_calls)[0]).function);
  return [
    ...(thought === null ? [] : [{ type: "thinking", thinking: thought }]),
    ...texts.filter((one) => one !== null).map(blockOf),
    ...(textIn(message.refusal) === null ? [] : [{ type: "text", text: message.refusal }]),
    ...(typeof tool.arguments === "string"
      ? [{ type: "tool_use", name: "verdict", input: JSON.parse(tool.arguments) as unknown }]
      : []),
  ];
}

const blockOf = (part: unknown): object => {
  if (typeof part === "string") return { type: "text", text: part };
  const { thinking, ...members } = membersOf(part);
  const [thought] = itemsOf(thinking).map(membersOf);
  return thinking === undefined ? members : { ...members, thinking: thought ? thought.text : thinking };
};
