import type { Choice } from "../../../contract/words.ts";
import { winnerWord } from "../choices.ts";
import { RowFault } from "../records.ts";
import { shown } from "../values.ts";

/** What numbers two texts of a pair in the names of columns. */
const MARKS: readonly (readonly [string, string])[] = [
  ["1", "2"],
  ["a", "b"],
  ["A", "B"],
  ["left", "right"],
  ["first", "second"],
  ["0", "1"],
];

/**
 * The two names that differ only in a mark at the end (answer1 and answer2, response_a and response_b, left and right), in
 * this order; null where none or more than one such pair is among them.
 */
export function pairOfNames(names: readonly string[]): [string, string] | null {
  for (const [first, second] of MARKS) {
    const pairs = names.flatMap((name): [string, string][] => {
      if (!endsInMark(name, first)) return [];
      const other = `${name.slice(0, -first.length)}${second}`;
      return names.includes(other) ? [[name, other]] : [];
    });
    const [pair] = pairs;
    if (pair) return pairs.length === 1 ? pair : null;
  }
  return null;
}

/** A letter is a mark only where a word ends before it: “data” has none. */
const endsInMark = (name: string, mark: string): boolean =>
  name.endsWith(mark) && (!/^[a-z]/.test(mark) || !/[a-zA-Z]$/.test(name.slice(0, -mark.length)));

const TIES: ReadonlySet<string> = new Set(["equal", "same", "both", "both good", "no preference", "draw"]);

/**
 * The choice that an answer names: one of the two texts by its name or by its mark, a side, or a tie. Null where it names none
 * of these. A number is none: it may be a place on any scale.
 */
export function sideNamed(answer: unknown, [left, right]: readonly [string, string]): Choice | null {
  if (typeof answer !== "string") return null;
  const said = plain(answer);
  for (const [first, second] of [[left, right] as const, marksOf(left, right)]) {
    if (said === plain(first)) return "left";
    if (said === plain(second)) return "right";
  }
  return TIES.has(said) ? "tie" : winnerWord(answer);
}

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ")
    .replace(/(\p{L})\s+(\d)$/u, "$1$2");

/** What the two names differ in. */
function marksOf(left: string, right: string): readonly [string, string] {
  const found = MARKS.find(
    ([first, second]) => left.endsWith(first) && right === `${left.slice(0, -first.length)}${second}`,
  );
  return found ?? [left, right];
}

/**
 * The one question of a form that asks which of the two is better, by the answers to it.
 * @param chosen the name of the question, if the researcher set it
 * @throws RowFault if several questions ask it and none was chosen
 */
export function verdictQuestion(
  answers: ReadonlyMap<string, readonly unknown[]>,
  pair: readonly [string, string],
  chosen: string | null,
): string | null {
  if (chosen !== null) return chosen;
  const found = [...answers].flatMap(([name, given]) =>
    given.some((one) => sideNamed(one, pair) !== null) ? [name] : [],
  );
  if (found.length < 2) return found[0] ?? null;
  const what = `Several questions choose between ${pair.join(" and ")}: ${found.join(", ")}.`;
  throw new RowFault("FieldMissing", `${what} Choose one: FILE:verdict:=${found[0] ?? ""}.`, "verdict");
}

/** An answer that names neither of the two, nor a tie. */
export const noSide = (question: string, answer: unknown): RowFault =>
  new RowFault(
    "ChoiceUnknown",
    `${question} is ${shown(answer)}, which names neither text, nor a tie.`,
    question,
  );
