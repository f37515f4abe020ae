import type { Choice } from "../../contract/words.ts";
import type { Fields } from "./field-map.ts";
import { RowFault } from "./records.ts";
import { shown } from "./values.ts";

const CHOICES: ReadonlyMap<string, Choice> = new Map<string, Choice>([
  ["left", "left"],
  ["right", "right"],
  ["tie", "tie"],
  ["both_bad", "both_bad"],
]);

/** `left`, `right`, `tie` or `both_bad`, in capitals or not. */
export function choiceIn(row: Fields, field: string): Choice {
  const value = row[field];
  const choice = typeof value === "string" ? CHOICES.get(value.trim().toLowerCase()) : undefined;
  if (choice) return choice;
  if (value === undefined) throw new RowFault("FieldMissing", `There is no ${field}.`, field);
  const what = `${field} is ${shown(value)}; a choice is left, right, tie or both_bad.`;
  throw new RowFault("ChoiceUnknown", what, field);
}

const WINNERS: ReadonlyMap<string, Choice> = new Map<string, Choice>([
  ...["system_a", "model_a", "a", "left", "model_1"].map((word): [string, Choice] => [word, "left"]),
  ...["system_b", "model_b", "b", "right", "model_2"].map((word): [string, Choice] => [word, "right"]),
  ...["tie", "neither"].map((word): [string, Choice] => [word, "tie"]),
  ...["both_bad", "bothbad", "both bad"].map((word): [string, Choice] => [word, "both_bad"]),
  ...["tie (bothbad)", "tie (both bad)", "tie(all bad)", "tie (all bad)"].map((word): [string, Choice] => [
    word,
    "both_bad",
  ]),
]);

/** The choice that a word for the winner stands for, in capitals or not; null where it is no such word. */
export const winnerWord = (word: string): Choice | null => WINNERS.get(word.trim().toLowerCase()) ?? null;

/**
 * The winner of two systems, of which the first stands left: one of their names, exactly as written, or else a
 * word, in capitals or not: system_a, model_a, a, left; system_b, model_b, b, right; tie; both_bad. A name
 * comes before a word, so that a system may be called “b”.
 */
export function winnerIn(row: Fields, field: string, systems: readonly [string, string]): Choice {
  const value = row[field];
  if (value === undefined) throw new RowFault("FieldMissing", `There is no ${field}.`, field);
  const name = typeof value === "number" ? String(value) : value;
  if (name === systems[0]) return "left";
  if (name === systems[1]) return "right";
  const choice = typeof value === "string" ? winnerWord(value) : null;
  if (choice) return choice;
  const words = row.model_a === undefined ? "system_a, system_b" : "model_a, model_b";
  const what = `${field} is ${shown(value)}; a winner is ${words}, one of their names, tie or both_bad.`;
  throw new RowFault("ChoiceUnknown", what, field);
}
