import {
  countOutcomes,
  FIRST,
  type JudgedComparisons,
  type OutcomeCounts,
  SECOND,
  TIED,
} from "../../statistics/agreement/counts.ts";
import type { PromptsOfComparisons } from "../../statistics/agreement/pairs.ts";
import { isSameComparison } from "../rows/canonical-order.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { type Halves, isReconstructed, NEITHER, preferredIn } from "../rows/outcomes.ts";
import { type StudyFacts, targetOf } from "../rows/study-structure.ts";

/** The rows of a study as agreement sees them; a column is as long as the rows. */
export interface ComparedRows extends JudgedComparisons {
  readonly rows: JudgmentRows;
  readonly prompts: PromptsOfComparisons;
  /** One more than the largest code of an annotator. */
  readonly annotatorCount: number;
}

/** Groups whose judgments are taken together: one group, or all people of the headline. */
export interface Side {
  readonly name: string;
  readonly isIn: (group: number) => boolean;
  readonly counts: OutcomeCounts;
  readonly annotators: number;
  /** Some judgments were reconstructed from published percentages: which comparisons they are about was made up. */
  readonly isReconstructed: boolean;
}

/**
 * Numbers the comparisons and says of every judgment which system it prefers. The first of the two is the study's
 * target, so that outcomes of different comparisons are told from one side: win, tie, loss. Where a comparison has no
 * target the first is the one whose name comes first; there only agreement itself is free of that choice, while chance
 * levels and coefficients depend a little on it.
 */
export function comparedRows(rows: JudgmentRows, facts: Pick<StudyFacts, "pairs" | "systems">): ComparedRows {
  const target = targetOf(facts);
  const comparison = new Int32Array(rows.count);
  const outcome = new Uint8Array(rows.count);
  const promptOf = new Int32Array(rows.count);
  let [last, promptCount, annotatorCount] = [-1, 0, 0];
  for (let i = 0; i < rows.count; i++) {
    if (i === 0 || !isSameComparison(rows, i - 1, i)) promptOf[++last] = rows.prompt[i]!;
    comparison[i] = last;
    outcome[i] = outcomeOf(rows, i, firstSystem(rows, i, target));
    promptCount = Math.max(promptCount, rows.prompt[i]! + 1);
    annotatorCount = Math.max(annotatorCount, rows.annotator[i]! + 1);
  }
  const prompts = { promptOf: promptOf.slice(0, last + 1), promptCount };
  return { rows, comparison, outcome, prompts, annotatorCount };
}

/** The system of row `i` that comes first: the target, or the one whose name does. */
export const firstSystem = ({ low, high }: JudgmentRows, i: number, target: number | null): number =>
  high[i] === target ? target : low[i]!;

function outcomeOf(rows: JudgmentRows, i: number, first: number): number {
  const preferred = preferredIn(rows, i);
  if (preferred === NEITHER) return TIED;
  return preferred === first ? FIRST : SECOND;
}

/** What an outcome counts for the first system, in halves. */
export const halvesOfFirst = (outcome: number): Halves => (outcome === TIED ? 1 : outcome === FIRST ? 2 : 0);

/** The judgments of some groups, counted by comparison. */
export function sideOf(compared: ComparedRows, given: { name: string; isIn: Side["isIn"] }): Side {
  const { rows } = compared;
  const isTaken = (i: number) => given.isIn(rows.group[i]!);
  let reconstructed = false;
  const seen = new Uint8Array(compared.annotatorCount);
  for (let i = 0; i < rows.count; i++) {
    if (!isTaken(i)) continue;
    seen[rows.annotator[i]!] = 1;
    reconstructed ||= isReconstructed(rows, i);
  }
  return {
    ...given,
    counts: countOutcomes(compared, isTaken),
    annotators: seen.reduce((sum, one) => sum + one, 0),
    isReconstructed: reconstructed,
  };
}

/** The judgments of a side, each with its comparison, its annotator and what it says; not those that were reconstructed. */
export function judgmentsOf({ rows, comparison, outcome }: ComparedRows, { isIn }: Side) {
  const places = new Int32Array(rows.count);
  let count = 0;
  for (let i = 0; i < rows.count; i++)
    if (isIn(rows.group[i]!) && !isReconstructed(rows, i)) places[count++] = i;
  const judgments = {
    comparison: new Int32Array(count),
    annotator: new Int32Array(count),
    outcome: new Uint8Array(count),
  };
  for (let k = 0; k < count; k++) {
    const i = places[k]!;
    judgments.comparison[k] = comparison[i]!;
    judgments.annotator[k] = rows.annotator[i]!;
    judgments.outcome[k] = outcome[i]!;
  }
  return judgments;
}
