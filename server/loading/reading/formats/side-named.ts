import type { Choice } from "../../../contract/words.ts";
import { winnerWord } from "../choices.ts";
import type { Fields } from "../column-source.ts";
import { RowFault } from "../records.ts";
import { idIn, shown } from "../values.ts";
import { likenesses } from "../vocabulary.ts";

/** What numbers two texts of a pair in the names of columns, and the marks of further ones. */
const MARKS: readonly (readonly [string, string, ...string[]])[] = [
  ["1", "2", "0", "3"],
  ["a", "b", "c"],
  ["A", "B", "C"],
  ["left", "right"],
  ["first", "second", "third"],
  ["0", "1", "2"],
];

/**
 * The two names that differ only in a mark at the end (answer1 and answer2, response_a and response_b, left and right), in
 * this order; null where none or more than one such pair is among them, or three texts are numbered.
 */
export function pairOfNames(names: readonly string[]): [string, string] | null {
  for (const [first, second, ...further] of MARKS) {
    const pairs = names.flatMap((name): [string, string][] => {
      if (!endsInMark(name, first)) return [];
      const other = `${name.slice(0, -first.length)}${second}`;
      return names.includes(other) ? [[name, other]] : [];
    });
    const [pair] = pairs;
    const stem = pair?.[0].slice(0, -first.length) ?? "";
    const isOfTwo = pairs.length === 1 && !further.some((mark) => names.includes(`${stem}${mark}`));
    if (pair) return isOfTwo ? pair : null;
  }
  return null;
}

const isSystemsName = (name: string): boolean => likenesses(name, "")[0]?.[1] === "system";

/** The two texts that are compared, by their names; names such as model_a and model_b are those of their systems. */
export const pairOfTexts = (names: readonly string[]): [string, string] | null =>
  pairOfNames(names.filter((name) => !isSystemsName(name)));

/** Where a row names the systems of the two texts under names of their own (model_a, model_b); null where it does not. */
export function systemFieldsIn(row: Fields): [string, string] | null {
  const pair = pairOfNames(Object.keys(row).filter(isSystemsName));
  return pair?.every((name) => idIn(row, name) !== null) === true ? pair : null;
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
  const said = plain(answer).replace(WINS, "");
  for (const [first, second] of [[left, right] as const, marksOf(left, right)]) {
    if (said === plain(first)) return "left";
    if (said === plain(second)) return "right";
  }
  return TIES.has(said) ? "tie" : (winnerWord(answer) ?? winnerWord(said));
}

/** What follows a name or a mark that won: “a_winner”, “A is better”. */
const WINS = / (winner|wins|won|(is )?better)$/;

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
  return found ? [found[0], found[1]] : [left, right];
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
