import { FIRST, TIED } from "../../statistics/agreement-counts.ts";
import type { StudyData } from "../study-data.ts";
import type { ComparedRows } from "./agreement-sides.ts";
import { peopleGroups } from "./people.ts";

type Counts = [number, number, number];

/** What the people of the headline said besides one annotator; a row's own judgment is never among the others. */
export interface Others {
  /** What row i says: 0 the second system, 1 neither, 2 the first. */
  readonly said: Uint8Array;
  /** Judgments of the same comparison. */
  readonly onComparison: (i: number) => Counts;
  /** Judgments of the same pair of systems, all of this annotator's left out. */
  readonly onPair: (i: number) => Counts;
}

export function othersOf(
  { rows, comparison, outcome }: ComparedRows,
  { facts, annotators }: StudyData,
): Others {
  const isPerson = peopleGroups(facts);
  const counts = (i: number) =>
    isPerson(rows.group[i]!) && annotators[rows.annotator[i]!]!.excludedBy === null;
  const said = Uint8Array.from(outcome, (one) => (one === TIED ? 1 : one === FIRST ? 2 : 0));
  const systems = facts.systems.length;
  const pairOf = (i: number) => rows.low[i]! * systems + rows.high[i]!;
  const byComparison = new Int32Array(3 * ((comparison[rows.count - 1] ?? -1) + 1));
  const byPair = new Int32Array(3 * systems * systems);
  const ownByPair = new Map<number, Int32Array>();
  const ownOf = (i: number): Int32Array => {
    const key = rows.annotator[i]! * systems * systems + pairOf(i);
    const own = ownByPair.get(key) ?? new Int32Array(3);
    ownByPair.set(key, own);
    return own;
  };
  for (let i = 0; i < rows.count; i++) {
    if (!counts(i)) continue;
    byComparison[3 * comparison[i]! + said[i]!]!++;
    byPair[3 * pairOf(i) + said[i]!]!++;
    ownOf(i)[said[i]!]!++;
  }
  return {
    said,
    onComparison: (i) => {
      const others = countsAt(byComparison, comparison[i]!);
      if (counts(i)) others[said[i]!]!--;
      return others;
    },
    onPair: (i) => {
      const others = countsAt(byPair, pairOf(i));
      if (counts(i)) ownOf(i).forEach((own, k) => (others[k]! -= own));
      return others;
    },
  };
}

const countsAt = (counts: Int32Array, at: number): Counts => [
  counts[3 * at]!,
  counts[3 * at + 1]!,
  counts[3 * at + 2]!,
];
