import type { Choice } from "../../contract/words.ts";
import { type Fields } from "./field-map.ts";
import { RowFault } from "./records.ts";

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** A text. What is not one is an error: a JSON true is never turned into a word. */
export function textIn(row: Fields, field: string): string {
  const value = row[field];
  if (typeof value === "string") return value;
  if (value === undefined) throw new RowFault("FieldMissing", `There is no ${field}.`, field);
  throw new RowFault("TextNotText", `${field} is ${shown(value)}, which is not text.`, field);
}

/** An id, as text: a whole number in JSON is the same id as its digits in CSV. Null where there is none. */
export function idIn(row: Fields, field: string): string | null {
  const value = row[field];
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  throw new RowFault(
    "TextNotText",
    `${field} is ${shown(value)}, which is not an id (a text or a whole number).`,
    field,
  );
}

/** A name that must be there: an id that is not missing. */
export function nameIn(row: Fields, field: string): string {
  const id = idIn(row, field);
  if (id === null) throw new RowFault("FieldMissing", `There is no ${field}.`, field);
  return id;
}

/** A text that may be missing. */
export function optionalText(row: Fields, field: string): string | null {
  const value = row[field];
  return value === undefined || value === null || value === "" ? null : textIn(row, field);
}

export interface Message {
  readonly role: string;
  readonly content: string;
}

/** A chat as messages of `role` and `content` (text, or parts of which the texts are joined). */
export function messagesOf(value: unknown, field: string): Message[] {
  if (!Array.isArray(value))
    throw new RowFault("ConversationWrong", `${field} is not a list of messages.`, field);
  return value.map((message: unknown, i) => {
    const { role, content } = (typeof message === "object" && message !== null ? message : {}) as Fields;
    if (typeof role !== "string") {
      throw new RowFault("ConversationWrong", `Message ${i + 1} of ${field} names no role.`, field);
    }
    return { role, content: contentOf(content, `message ${i + 1} of ${field}`) };
  });
}

function contentOf(content: unknown, what: string): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content) && content.every((part: Fields) => typeof part?.text === "string")) {
    return content.map((part: Fields) => part.text as string).join("");
  }
  throw new RowFault("TextNotText", `The content of ${what} is ${shown(content)}, which is not text.`);
}

/** The user's turns of a chat and the answers to them; a system message is no turn. */
export function conversationOf(
  messages: readonly Message[],
  field: string,
): { user: string[]; assistant: string[] } {
  const turns = messages.filter(({ role }) => role !== "system");
  const user: string[] = [];
  const assistant: string[] = [];
  for (const [i, { role, content }] of turns.entries()) {
    const expected = i % 2 === 0 ? USER : ASSISTANT;
    if (!expected.has(role)) {
      throw new RowFault(
        "ConversationWrong",
        `${field} does not alternate between user and assistant.`,
        field,
      );
    }
    (i % 2 === 0 ? user : assistant).push(content);
  }
  if (user.length === 0) throw new RowFault("ConversationWrong", `${field} holds no user turn.`, field);
  return { user, assistant };
}

const USER = new Set(["user", "human"]);
const ASSISTANT = new Set(["assistant", "gpt", "model"]);

/** A prompt or an output: one text, a list of turns, or messages. */
export function turnsIn(row: Fields, field: string): string[] {
  const value = row[field];
  if (!Array.isArray(value)) return [textIn(row, field)];
  if (value.length === 0) throw new RowFault("FieldMissing", `${field} is an empty list.`, field);
  if (value.some((turn) => typeof turn === "object" && turn !== null)) {
    const { user, assistant } = conversationOf(messagesOf(value, field), field);
    return field === "output" ? assistant : user;
  }
  return value.map((turn: unknown, i) => {
    if (typeof turn === "string") return turn;
    throw new RowFault(
      "TextNotText",
      `Turn ${i + 1} of ${field} is ${shown(turn)}, which is not text.`,
      field,
    );
  });
}

/** A turn number from 1; null where there is none. */
export function turnIn(row: Fields, field: string): number | null {
  const value = row[field];
  if (value === undefined || value === null || value === "") return null;
  const turn = typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value;
  if (typeof turn === "number" && Number.isInteger(turn) && turn >= 1 && turn <= 10_000) return turn;
  throw new RowFault("TurnWrong", `${field} is ${shown(value)}, which is not a turn number from 1.`, field);
}

const SECONDS_MAX = 1e11;

/** A time in ISO 8601, or in seconds or milliseconds since 1970, as ISO 8601 UTC; null where there is none. */
export function timeIn(row: Fields, field: string): string | null {
  const value = row[field];
  if (value === undefined || value === null || value === "") return null;
  const asNumber = typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  const ms =
    typeof asNumber === "number"
      ? Math.round(asNumber < SECONDS_MAX ? asNumber * 1000 : asNumber)
      : typeof asNumber === "string" && /^\d{4}-\d{2}/.test(asNumber)
        ? Date.parse(asNumber)
        : NaN;
  if (Number.isFinite(ms) && Math.abs(ms) < 8.64e15) return new Date(ms).toISOString();
  throw new RowFault(
    "TimeWrong",
    `${field} is ${shown(value)}, which is not a time (ISO 8601, or seconds since 1970).`,
    field,
  );
}

const CHOICES: ReadonlyMap<string, Choice> = new Map([
  ["left", "left"],
  ["right", "right"],
  ["tie", "tie"],
  ["both_bad", "both_bad"],
]);

/** `left`, `right`, `tie` or `both_bad`. */
export function choiceIn(row: Fields, field: string): Choice {
  const value = row[field];
  const choice = typeof value === "string" ? CHOICES.get(value.trim().toLowerCase()) : undefined;
  if (choice) return choice;
  if (value === undefined) throw new RowFault("FieldMissing", `There is no ${field}.`, field);
  throw new RowFault(
    "ChoiceUnknown",
    `${field} is ${shown(value)}; a choice is left, right, tie or both_bad.`,
    field,
  );
}

const WINNERS: ReadonlyMap<string, Choice> = new Map<string, Choice>([
  ...["system_a", "model_a", "a", "left", "model_1"].map((word): [string, Choice] => [word, "left"]),
  ...["system_b", "model_b", "b", "right", "model_2"].map((word): [string, Choice] => [word, "right"]),
  ["tie", "tie"],
  ["neither", "tie"],
  ["both_bad", "both_bad"],
  ["tie (bothbad)", "both_bad"],
  ["bothbad", "both_bad"],
]);

/** The winner of two: system_a, model_a, a or left; tie; both_bad or “tie (bothbad)”; or a system by its own name. */
export function winnerIn(row: Fields, field: string, systems: readonly [string, string]): Choice {
  const value = row[field];
  if (value === undefined) throw new RowFault("FieldMissing", `There is no ${field}.`, field);
  if (typeof value === "string") {
    if (value === systems[0]) return "left";
    if (value === systems[1]) return "right";
    const choice = WINNERS.get(value.trim().toLowerCase());
    if (choice) return choice;
  }
  throw new RowFault(
    "ChoiceUnknown",
    `${field} is ${shown(value)}; a winner is system_a, system_b, tie or both_bad.`,
    field,
  );
}
