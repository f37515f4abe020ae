import type { JudgmentRows } from "./judgment-columns.ts";
import { codeOfChoice, codeOfOrigin, halvesFor } from "./outcomes.ts";

/** The judgments of one pair of systems in some groups, seen from one of the two; a column is as long as `judgments`. */
export interface Cell {
  readonly judgments: number;
  readonly prompts: number;
  /** Annotators with a name. */
  readonly annotators: number;
  /** Judgments of which nobody knows who made them. */
  readonly unnamed: number;
  readonly comparisons: number;
  readonly bothBad: number;
  /** Judgments that were reconstructed from published percentages. */
  readonly reconstructed: number;
  readonly halves: Uint8Array;
  readonly prompt: Int32Array;
  readonly annotator: Int32Array;
  /** Numbers the comparisons from 0: those of one prompt differ in their turn. */
  readonly comparison: Int32Array;
}

/**
 * Takes the rows from `from` up to `to`, all of one pair and in canonical order, that `inGroups` admits.
 * `system`: the code of the system from whose side the outcome is told.
 */
export function cellOf(
  rows: JudgmentRows,
  of: { from: number; to: number; system: number; inGroups: (group: number) => boolean },
): Cell {
  const at = new Int32Array(of.to - of.from);
  let count = 0;
  for (let i = of.from; i < of.to; i++) if (of.inGroups(rows.group[i]!)) at[count++] = i;
  const taken = at.subarray(0, count);
  const comparison = numberComparisons(rows, taken);
  return {
    judgments: count,
    prompts: distinct(taken, rows.prompt),
    annotators: distinct(
      taken.filter((i) => rows.unnamed[i] === 0),
      rows.annotator,
    ),
    unnamed: countEqual(taken, rows.unnamed, 1),
    comparisons: count === 0 ? 0 : comparison[count - 1]! + 1,
    bothBad: countEqual(taken, rows.choice, codeOfChoice("both_bad")),
    reconstructed: countEqual(taken, rows.origin, codeOfOrigin("reconstructed")),
    halves: Uint8Array.from(taken, (i) => halvesFor(rows, i, of.system)),
    prompt: Int32Array.from(taken, (i) => rows.prompt[i]!),
    annotator: Int32Array.from(taken, (i) => rows.annotator[i]!),
    comparison,
  };
}

/** Canonical order keeps the judgments of one comparison together. */
function numberComparisons(rows: JudgmentRows, taken: Int32Array): Int32Array {
  const numbers = new Int32Array(taken.length);
  for (let k = 1; k < taken.length; k++) {
    const [before, here] = [taken[k - 1]!, taken[k]!];
    const same = rows.prompt[before] === rows.prompt[here] && rows.turn[before] === rows.turn[here];
    numbers[k] = numbers[k - 1]! + (same ? 0 : 1);
  }
  return numbers;
}

function distinct(taken: Int32Array, column: Int32Array): number {
  const seen = new Set<number>();
  for (const i of taken) seen.add(column[i]!);
  return seen.size;
}

function countEqual(taken: Int32Array, column: Uint8Array, value: number): number {
  let count = 0;
  for (const i of taken) if (column[i] === value) count++;
  return count;
}
