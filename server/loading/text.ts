import { hash } from "node:crypto";
import { isOneLine } from "../contract/one-line.ts";

/** A list of turns as the tables keep it. `hash`: SHA-256 of `json`, in hex. */
export interface Text {
  readonly turns: readonly string[];
  readonly json: string;
  readonly hash: string;
}

export function textOf(turns: readonly string[]): Text {
  const json = JSON.stringify(turns);
  return { turns, json, hash: hash("sha256", json) };
}

/** True where no turn has anything but white space. */
export const isBlank = (turns: readonly string[]): boolean => turns.every((turn) => turn.trim() === "");

/** The id that a prompt gets from its text where the file gives none. */
export const idFromText = (text: Text): string => `text-${text.hash.slice(0, 12)}`;

/** Whether an id was made from a text. */
export const idFromHash = (id: string): boolean => /^text-[0-9a-f]{12}$/.test(id);

/** Whether an id was made from the texts of a pair that is a prompt of its own: see `@texts` in recipes. */
export const idFromPair = (id: string): boolean => /^pair-[0-9a-f]{12}$/.test(id);

const NAME_MAX = 500;

/**
 * Why a name, an id or a rationale cannot be kept as it is, or null where it can:
 * both databases must hold the same characters, and names stand in indexes.
 */
export function whyNotStored(what: string, text: string | null, max = NAME_MAX): string | null {
  if (text === null) return null;
  if (text.length > max) return `${what} is ${text.length} characters long; the most is ${max}.`;
  if (/[\0\p{Surrogate}]/u.test(text))
    return `${what} holds a character that is no text (U+0000 or half a pair).`;
  return null;
}

/**
 * Why the name of a system or a group cannot be kept, or null where it can: it heads tables, lines of text and files, so that it is
 * one line, without control characters. Ids may be texts of several lines; a report shows them on one.
 */
export function whyNoName(what: string, text: string | null): string | null {
  if (text === null || isOneLine(text)) return whyNotStored(what, text);
  return `${what} holds a line break or another control character (${JSON.stringify(text.slice(0, 60))}), which no table can show. Change it in the file, or map the column with the name.`;
}
