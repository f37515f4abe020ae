import {
  countOutcomes,
  FIRST,
  type JudgedComparisons,
  type OutcomeCounts,
  SECOND,
  TIED,
} from "../../statistics/agreement/counts.ts";
import type { PromptsOfComparisons } from "../../statistics/agreement/pairs.ts";
import { CHOICES, type JudgmentRows, ORIGINS } from "../rows/judgment-columns.ts";
import type { StudyFacts } from "../rows/study-structure.ts";

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
  /** Some judgments were rebuilt from published percentages: which comparisons they are about was made up. */
  readonly isRebuilt: boolean;
}

const LEFT = CHOICES.indexOf("left");
const RIGHT = CHOICES.indexOf("right");
const RECONSTRUCTED = ORIGINS.indexOf("reconstructed");

/** Whether the judgment in row `i` was rebuilt from published percentages. */
const isRebuilt = (rows: JudgmentRows, i: number): boolean => rows.origin[i] === RECONSTRUCTED;

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

/** The target's code; −1 where the study has none. */
export function targetOf({ pairs, systems }: Pick<StudyFacts, "pairs" | "systems">): number {
  return pairs === "all" ? -1 : systems.findIndex(({ name }) => name === pairs.target);
}

/** The system of row `i` that comes first: the target, or the one whose name does. */
export const firstSystem = ({ low, high }: JudgmentRows, i: number, target: number): number =>
  high[i] === target ? target : low[i]!;

function isSameComparison(rows: JudgmentRows, a: number, b: number): boolean {
  return (
    rows.prompt[a] === rows.prompt[b] &&
    rows.turn[a] === rows.turn[b] &&
    rows.low[a] === rows.low[b] &&
    rows.high[a] === rows.high[b]
  );
}

/** Both answers bad is a tie. */
function outcomeOf(rows: JudgmentRows, i: number, first: number): number {
  const choice = rows.choice[i];
  if (choice !== LEFT && choice !== RIGHT) return TIED;
  return (choice === LEFT) === (rows.left[i] === first) ? FIRST : SECOND;
}

/** The judgments of some groups, counted by comparison. */
export function sideOf(compared: ComparedRows, given: { name: string; isIn: Side["isIn"] }): Side {
  const { rows } = compared;
  const isTaken = (i: number) => given.isIn(rows.group[i]!);
  let rebuilt = false;
  const seen = new Uint8Array(compared.annotatorCount);
  for (let i = 0; i < rows.count; i++) {
    if (!isTaken(i)) continue;
    seen[rows.annotator[i]!] = 1;
    rebuilt ||= isRebuilt(rows, i);
  }
  return {
    ...given,
    counts: countOutcomes(compared, isTaken),
    annotators: seen.reduce((sum, one) => sum + one, 0),
    isRebuilt: rebuilt,
  };
}

/** The judgments of a side, each with its comparison, its annotator and what it says; not those that were rebuilt. */
export function judgmentsOf({ rows, comparison, outcome }: ComparedRows, { isIn }: Side) {
  const places = new Int32Array(rows.count);
  let count = 0;
  for (let i = 0; i < rows.count; i++) if (isIn(rows.group[i]!) && !isRebuilt(rows, i)) places[count++] = i;
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
