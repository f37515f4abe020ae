import { conversationOf, messagesOf } from "../conversation.ts";
import { type Fields, restOf } from "../field-map.ts";
import { type FileOptions, systemOfFile } from "../options.ts";
import { type LoadRecord, RowFault } from "../records.ts";
import { idIn } from "../values.ts";
import { promptOf } from "./plain.ts";

const USED = new Set(["prompt_id", "conversations", "messages", "system", "source", "split"]);

const SPEAKERS: Readonly<Record<string, string>> = { human: "user", gpt: "assistant", system: "system" };

/**
 * LIMA's `conversations`: plain texts that alternate between user and assistant, or one text, a prompt. ShareGPT's, of the
 * same name, say who speaks (`from`, `value`).
 */
export function readLima(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  const value = typeof row.conversations === "string" ? [row.conversations] : row.conversations;
  if (!Array.isArray(value) || value.length === 0) {
    throw new RowFault("ConversationWrong", "conversations is not a list of texts.", "conversations");
  }
  const messages = value.map((turn: unknown, i) => {
    const { from, value: said } = (typeof turn === "object" && turn !== null ? turn : {}) as Fields;
    if (typeof from === "string") return { role: SPEAKERS[from] ?? from, content: said };
    return { role: i % 2 === 0 ? "user" : "assistant", content: turn };
  });
  return chatRecords(row, { at, options, messages, field: "conversations" });
}

/** A chat of `messages` with role and content. */
export function readMessages(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  return chatRecords(row, { at, options, messages: row.messages, field: "messages" });
}

/** The user's turns are a prompt; where they are answered, the answers are a response of the file's system. */
function chatRecords(
  row: Fields,
  chat: { at: number; options: FileOptions; messages: unknown; field: string },
): LoadRecord[] {
  const { at, options } = chat;
  const { user, assistant, systemMessage } = conversationOf(
    messagesOf(chat.messages, chat.field),
    chat.field,
  );
  const promptId = idIn(row, "prompt_id");
  const metadata = restOf(row, USED);
  if (systemMessage !== null) metadata.system_message = systemMessage;
  const prompt = promptOf(row, { at, promptId, turns: user, metadata });
  if (assistant.length === 0) return [prompt];
  const system = idIn(row, "system") ?? systemOfFile(options);
  const response = { kind: "response", row: at, promptId, promptTurns: user, system } as const;
  return [prompt, { ...response, turns: assistant, metadata: {} }];
}
