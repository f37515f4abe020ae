import type { StudyData } from "../rows/study-data.ts";
import { type ComparedRows, halvesOfFirst } from "../agreement/agreement-sides.ts";
import { peopleGroups } from "../rows/study-structure.ts";
import type { RowsByAnnotator } from "./rows-by-annotator.ts";

/**
 * What the people of the headline said besides one annotator; a row's own judgment is never among the others. Rows are those of
 * `rowsByAnnotator`.
 */
export interface Others {
  /** What row i says: 0 the second system, 1 neither, 2 the first. */
  readonly said: Uint8Array;
  /** Tie-discounted agreement of each row with the others on its comparison; NaN where there are none. */
  readonly agreement: Float64Array;
  /** What it would be, had these rows said 0, 1 and 2: three a row. */
  readonly worth: (rows: Int32Array) => Float64Array;
  /** For rows of one annotator: how many judgments of others on the same pair of systems said 0, 1 and 2, three a row. */
  readonly onPairs: (rows: Int32Array) => Int32Array;
}

/** @param moved the same rows as `compared` */
export function othersOf(compared: ComparedRows, moved: RowsByAnnotator, data: StudyData): Others {
  const { comparison, outcome, rows: all } = compared;
  const { facts, annotators } = data;
  const { rows, place } = moved;
  const isPerson = peopleGroups(facts);
  const counts = Uint8Array.from(annotators, ({ group, excludedBy }) =>
    isPerson(group) && excludedBy === null ? 1 : 0,
  );
  const systems = facts.systems.length;
  const byComparison = new Int32Array(3 * ((comparison[all.count - 1] ?? -1) + 1));
  const byPair = new Int32Array(3 * systems * systems);
  for (let i = 0; i < all.count; i++) {
    if (counts[all.annotator[i]!] === 0) continue;
    const halves = halvesOfFirst(outcome[i]!);
    byComparison[3 * comparison[i]! + halves]!++;
    byPair[3 * (all.low[i]! * systems + all.high[i]!) + halves]!++;
  }
  const said = new Uint8Array(all.count);
  const onComparison = new Int32Array(3 * all.count); // by others, three a row
  for (let i = 0; i < all.count; i++) {
    const at = place[i]!;
    said[at] = halvesOfFirst(outcome[i]!);
    for (let k = 0; k < 3; k++) onComparison[3 * at + k] = byComparison[3 * comparison[i]! + k]!;
    if (counts[all.annotator[i]!] === 1) onComparison[3 * at + said[at]]!--;
  }
  const agreement = new Float64Array(all.count);
  for (let i = 0; i < all.count; i++) agreement[i] = agreementWith(onComparison, 3 * i, said[i]!);
  const own = new Int32Array(byPair.length); // one annotator's, wiped after each use
  return {
    said,
    agreement,
    worth: (at) => {
      const worth = new Float64Array(3 * at.length);
      for (let j = 0; j < at.length; j++) {
        for (let k = 0; k < 3; k++) worth[3 * j + k] = agreementWith(onComparison, 3 * at[j]!, k);
      }
      return worth;
    },
    onPairs: (at) => {
      const pairAt = (i: number) => 3 * (rows.low[i]! * systems + rows.high[i]!);
      for (const i of at) own[pairAt(i) + said[i]!]! += counts[rows.annotator[i]!]!;
      const others = new Int32Array(3 * at.length);
      for (let j = 0; j < at.length; j++) {
        const from = pairAt(at[j]!);
        for (let k = 0; k < 3; k++) others[3 * j + k] = byPair[from + k]! - own[from + k]!;
      }
      for (const i of at) own[pairAt(i) + said[i]!] = 0;
      return others;
    },
  };
}

/**
 * Agreement of an answer with those of others, counted from `at` on: 1 for each of the others that is the same, one half where
 * exactly one of the two is a tie, 0 where they are opposite; the mean over the others. Source: LIMA, arXiv 2305.11206.
 */
function agreementWith(others: Int32Array, at: number, answer: number): number {
  const [losses, ties, wins] = [others[at]!, others[at + 1]!, others[at + 2]!];
  const all = losses + ties + wins;
  if (all === 0) return NaN;
  const half = answer === 1 ? losses + wins : ties;
  return (others[at + answer]! + half / 2) / all;
}
