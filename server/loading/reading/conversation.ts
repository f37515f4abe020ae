import type { Fields } from "./field-map.ts";
import { RowFault } from "./records.ts";
import { shown, textIn } from "./values.ts";

interface Message {
  readonly role: string;
  readonly content: string;
}

/** A chat taken apart. */
export interface Conversation {
  readonly user: string[];
  /** The answer to each of the user's turns; the last may lack one. */
  readonly assistant: string[];
  /** What the system was told first, which no annotator sees; null where there is none. */
  readonly systemMessage: string | null;
}

/** Parts of an answer that a model wrote for itself. */
const THOUGHTS = new Set(["thinking", "redacted_thinking", "reasoning"]);

const SYSTEM = new Set(["system", "developer"]);
const USER = new Set(["user", "human"]);
const ASSISTANT = new Set(["assistant", "gpt", "model"]);

/** Messages of `role` and `content` (text, or parts of which the texts are joined). */
export function messagesOf(value: unknown, field: string): Message[] {
  if (!Array.isArray(value))
    throw new RowFault("ConversationWrong", `${field} is not a list of messages.`, field);
  return value.map((message: unknown, i) => {
    const { role, content } = (typeof message === "object" && message !== null ? message : {}) as Fields;
    if (typeof role !== "string") {
      throw new RowFault("ConversationWrong", `Message ${i + 1} of ${field} names no role.`, field);
    }
    return { role, content: contentOf(content, { place: i + 1, field }) };
  });
}

/** The text of a message: a text, or parts, whose texts are joined, and of which those are left out that are no answer. */
export function contentOf(content: unknown, { place, field }: { place: number; field: string }): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) {
    const parts = (content as (Fields | null)[]).filter((part) => !THOUGHTS.has(String(part?.type)));
    if (parts.every((part) => typeof part?.text === "string"))
      return parts.map((part) => part?.text as string).join("");
  }
  const what = `The content of message ${place} of ${field} is ${shown(content)}, which is not text.`;
  throw new RowFault("TextNotText", what, field);
}

/** The user's turns of a chat and the answers to them. @throws RowFault where they do not alternate */
export function conversationOf(messages: readonly Message[], field: string): Conversation {
  const told = messages.filter(({ role }) => SYSTEM.has(role)).map(({ content }) => content);
  const user: string[] = [];
  const assistant: string[] = [];
  for (const { role, content } of messages) {
    if (SYSTEM.has(role)) continue;
    const isUsersTurn = user.length === assistant.length;
    if (!(isUsersTurn ? USER : ASSISTANT).has(role)) {
      const what = `${field} does not alternate between user and assistant.`;
      throw new RowFault("ConversationWrong", what, field);
    }
    (isUsersTurn ? user : assistant).push(content);
  }
  if (user.length === 0) throw new RowFault("ConversationWrong", `${field} holds no user turn.`, field);
  return { user, assistant, systemMessage: told.length === 0 ? null : told.join("\n\n") };
}

/** What a model was asked. */
interface Asked {
  readonly prompt: string;
  readonly systemMessage: string | null;
}

/**
 * What a chat asks of a model that answers once: the user's message; where the chat has gone on for longer, all of it as
 * one text that says who speaks, since the earlier answers are given and not the model's own.
 * @throws RowFault where no user speaks, or anybody else
 */
export function askedIn(value: unknown, field: string): Asked {
  const messages = messagesOf(value, field);
  const isSpoken = ({ role }: Message) => USER.has(role) || ASSISTANT.has(role);
  const odd = messages.find((message) => !isSpoken(message) && !SYSTEM.has(message.role));
  if (odd) {
    const what = `${field} has a message of the role ${shown(odd.role)}: a call of a tool cannot be shown as a prompt.`;
    throw new RowFault("ConversationWrong", what, field);
  }
  const spoken = messages.filter(isSpoken);
  if (!spoken.some(({ role }) => USER.has(role)))
    throw new RowFault("ConversationWrong", `${field} holds no user turn.`, field);
  const told = messages.filter(({ role }) => SYSTEM.has(role)).map(({ content }) => content);
  const isChat = spoken.some(({ role }) => ASSISTANT.has(role));
  const texts = spoken.map(({ role, content }) =>
    isChat ? `${USER.has(role) ? "User" : "Assistant"}: ${content}` : content,
  );
  return { prompt: texts.join("\n\n"), systemMessage: told.length === 0 ? null : told.join("\n\n") };
}

/** An output: one text, a list of turns, or a chat, whole or only its answers, of which the answers are taken. */
export function outputIn(row: Fields, field: string): string[] {
  const value = row[field];
  if (!isChat(value)) return turnsIn(row, field);
  const messages = messagesOf(value, field);
  if (messages.every(({ role }) => ASSISTANT.has(role))) return messages.map(({ content }) => content);
  const { assistant } = conversationOf(messages, field);
  if (assistant.length > 0) return assistant;
  throw new RowFault("ConversationWrong", `${field} holds no answer.`, field);
}

/** A prompt: one text, a list of the user's turns, or messages of the user. */
export function promptIn(row: Fields, field: string): string[] {
  const value = row[field];
  if (!isChat(value)) return turnsIn(row, field);
  const messages = messagesOf(value, field);
  if (messages.some(({ role }) => ASSISTANT.has(role))) {
    const advice = "A prompt is what the user says; what a system answered is its output.";
    throw new RowFault("ConversationWrong", `${field} holds answers. ${advice}`, field);
  }
  const turns = messages.filter(({ role }) => USER.has(role)).map(({ content }) => content);
  if (turns.length > 0 && messages.every(({ role }) => USER.has(role) || SYSTEM.has(role))) return turns;
  throw new RowFault("ConversationWrong", `${field} is not made of a user's messages.`, field);
}

const isChat = (value: unknown): boolean =>
  Array.isArray(value) && value.some((turn) => typeof turn === "object" && turn !== null);

/** One text, or a list of turns. */
export function turnsIn(row: Fields, field: string): string[] {
  const value = row[field];
  if (!Array.isArray(value)) return [textIn(row, field)];
  if (value.length === 0) throw new RowFault("FieldMissing", `${field} is an empty list.`, field);
  return value.map((turn: unknown, i) => {
    if (typeof turn === "string") return turn;
    const what = `Turn ${i + 1} of ${field} is ${shown(turn)}, which is not text.`;
    throw new RowFault("TextNotText", what, field);
  });
}
