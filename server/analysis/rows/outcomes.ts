import { type Choice, type Origin, type Outcome, sideChosen } from "../../contract/words.ts";
import type { Preference } from "../../statistics/judgments/order-verdict.ts";
import { CHOICES, type JudgmentRows, ORIGINS } from "./judgment-columns.ts";

/**
 * What a judgment says of its two systems, and where it comes from. Every figure reads it here: the choice is of a side, and
 * the system that stood there is the one preferred; a tie and both answers bad prefer neither.
 */

/** The columns that say it. */
type Verdicts = Pick<JudgmentRows, "low" | "high" | "left" | "choice">;

/** What an outcome counts in a half-tie rate, in halves: 0 a loss, 1 a tie, 2 a win. */
export type Halves = 0 | 1 | 2;

/** Stands for a system where neither is preferred. */
export const NEITHER = -1;

/** 1 where the left side is preferred, −1 the right one, 0 neither. */
export function preferenceOf(choice: Choice): Preference {
  const side = sideChosen(choice);
  return side === null ? 0 : side === "left" ? 1 : -1;
}

const PREFERENCES: readonly Preference[] = CHOICES.map(preferenceOf);

/** The same of a choice as its column codes it. */
export const sidePreferred = (choice: number): Preference => PREFERENCES[choice]!;

/** The code of the system that a choice prefers, or NEITHER; of two systems of which `left` stood left. */
export function systemPreferred(
  choice: number,
  { left, low, high }: Record<"left" | "low" | "high", number>,
): number {
  const side = sidePreferred(choice);
  if (side === 0) return NEITHER;
  return (side === 1) === (left === low) ? low : high;
}

/** The code of the system that row `i` prefers, or NEITHER. */
export function preferredIn({ choice, left, low, high }: Verdicts, i: number): number {
  return systemPreferred(choice[i]!, { left: left[i]!, low: low[i]!, high: high[i]! });
}

/** What row `i` counts for one of its two systems, in halves. */
export function halvesFor(rows: Verdicts, i: number, system: number): Halves {
  const preferred = preferredIn(rows, i);
  if (preferred === NEITHER) return 1;
  return preferred === system ? 2 : 0;
}

/** The half-tie score of row `i` for one of its two systems: 1 where it is preferred, ½ where neither is, else 0. */
export const scoreFor = (rows: Verdicts, i: number, system: number): number => halvesFor(rows, i, system) / 2;

/** What a verdict is called from the side of `system`, which is one of the two. */
export function outcomeFor(preferred: number, system: number | null): Outcome {
  if (preferred === NEITHER) return "tie";
  return preferred === system ? "win" : "loss";
}

export const codeOfChoice = (choice: Choice): number => CHOICES.indexOf(choice);
export const codeOfOrigin = (origin: Origin): number => ORIGINS.indexOf(origin);

const RECONSTRUCTED = codeOfOrigin("reconstructed");

/** Whether row `i` was reconstructed from published percentages, so that its prompt, annotator and side were made up. */
export const isReconstructed = ({ origin }: Pick<JudgmentRows, "origin">, i: number): boolean =>
  origin[i] === RECONSTRUCTED;

/** Whether some of these rows were. */
export function someReconstructed(rows: Pick<JudgmentRows, "origin">, at: Int32Array): boolean {
  for (let k = 0; k < at.length; k++) if (isReconstructed(rows, at[k]!)) return true;
  return false;
}
