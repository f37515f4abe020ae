import { CELL_MAX, fillsCell, isFailure, misreadIn } from "../../blinding-audit/signs/damage.ts";
import { thinkingIn, tokenIn } from "../../blinding-audit/signs/marks.ts";
import { namesOf } from "../../blinding-audit/signs/system-names.ts";

/** Something odd about an output. `reveals`: whether it may tell annotators whose output it is. */
interface Oddity {
  readonly name: "OutputHasToken" | "OutputNamesSystem" | "OutputLooksFailed" | "OutputCut" | "OutputMisread";
  readonly message: string;
  readonly reveals: boolean;
}

const NAMES_KEPT = 1000;
const names = new Map<string, RegExp | null>();

/**
 * What is odd about one output of a system: special tokens, its system's own name, a failure in its place, an end where a
 * spreadsheet's cells end, letters that were read in another encoding. The blinding audit looks for the same.
 */
export function oddities(turns: readonly string[], system: string): Oddity[] {
  return [
    ...tokens(turns),
    ...nameIn(turns, system),
    ...(turns.some(isFailure)
      ? [odd("OutputLooksFailed", `The output of ${system} looks like a failure and not like an answer.`)]
      : []),
    ...(turns.some(fillsCell)
      ? [
          odd(
            "OutputCut",
            `The output of ${system} has ${CELL_MAX.toLocaleString("en")} characters, as many as a spreadsheet's cell holds: it may be cut.`,
          ),
        ]
      : []),
    ...(turns.some((turn) => misreadIn(turn) !== null)
      ? [
          odd(
            "OutputMisread",
            `The output of ${system} has letters that look read in another encoding (“Ã©” for “é”).`,
          ),
        ]
      : []),
  ];
}

const odd = (name: Oddity["name"], message: string, reveals = false): Oddity => ({ name, message, reveals });

function tokens(turns: readonly string[]): Oddity[] {
  for (const turn of turns) {
    const token = tokenIn(turn) ?? thinkingIn(turn);
    if (token !== null) return [odd("OutputHasToken", `An output holds a special token: “${token}”.`, true)];
  }
  return [];
}

function nameIn(turns: readonly string[], system: string): Oddity[] {
  const known = names.get(system);
  const word = known === undefined ? namesOf({ name: system, displayName: system }) : known;
  if (known === undefined && names.size < NAMES_KEPT) names.set(system, word);
  if (word === null || !turns.some((turn) => word.test(turn))) return [];
  return [odd("OutputNamesSystem", `An output of ${system} holds its system's name.`, true)];
}
