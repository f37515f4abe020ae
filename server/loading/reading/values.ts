import type { Fields } from "./field-map.ts";
import { RowFault } from "./records.ts";

/** Whether a value of a file is an object with fields, and no list. */
export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as a message shows it, cut short. */
export const shown = (value: unknown): string => {
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

/** A turn number from 1; null where there is none. */
export function turnIn(row: Fields, field: string): number | null {
  const value = row[field];
  if (value === undefined || value === null || value === "") return null;
  const turn = typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value;
  if (typeof turn === "number" && Number.isInteger(turn) && turn >= 1 && turn <= 10_000) return turn;
  throw new RowFault("TurnWrong", `${field} is ${shown(value)}, which is not a turn number from 1.`, field);
}

const STRENGTH_MAX = 100;

/** How many steps a choice is strong, from 0 to 100; null where nothing says. */
export function strengthIn(row: Fields, field: string): number | null {
  const value = row[field];
  if (value === undefined || value === null || value === "") return null;
  const steps = typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value;
  if (typeof steps === "number" && Number.isInteger(steps) && steps >= 0 && steps <= STRENGTH_MAX)
    return steps;
  const what = `${field} is ${shown(value)}, which is not a whole number from 0 to ${STRENGTH_MAX}.`;
  throw new RowFault("StrengthWrong", `${what} Leave the column out with “${field}=”.`, field);
}

/** True or false, as JSON or as a word; null where nothing says. */
export function booleanIn(row: Fields, field: string): boolean | null {
  const value = row[field];
  if (value === undefined || value === null || value === "") return null;
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw new RowFault("TextNotText", `${field} is ${shown(value)}, which is neither true nor false.`, field);
}
