import { WIN } from "./half-tie.ts";

/** Judgments of pairs among some systems: a column each, codes from 0. */
interface PairedJudgments {
  readonly systems: number;
  /** Of the two systems the one with the lower code, and the other. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** The outcome for `low`, in halves of a win: 0, 1 or 2. */
  readonly halves: Uint8Array;
}

/**
 * Which pairs were judged, and what came of it. Pair p is of the systems `low[p]` and `high[p]`, told from the side of
 * `low`. All that a model of paired comparisons needs of the judgments, however many there are; additive, so that the
 * counts of some prompts are the sum of the prompts' counts.
 */
export interface PairedCounts {
  readonly systems: number;
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly wins: Int32Array;
  readonly ties: Int32Array;
  readonly losses: Int32Array;
}

/** Judgments sorted into cells: one for each pair and outcome, numbered 3 × pair + halves. */
export interface Cells {
  readonly systems: number;
  /** The pairs that occur, by their low system, then their high one. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** The cell of each judgment. */
  readonly code: Int32Array;
}

export const OUTCOMES = 3;

/**
 * Sorts judgments into cells. Linear in judgments; a table of systems × systems numbers the pairs.
 * @throws RangeError where codes are not 0 ≤ low < high < systems, outcomes not 0 to 2, or columns of unequal length.
 */
export function cellsOf({ systems, low, high, halves }: PairedJudgments): Cells {
  if (low.length !== high.length || low.length !== halves.length)
    throw new RangeError(`Columns of ${low.length}, ${high.length} and ${halves.length} judgments.`);
  const pairOf = new Int32Array(systems * systems);
  for (let i = 0; i < low.length; i++) {
    const [a, b, outcome] = [low[i]!, high[i]!, halves[i]!];
    if (!(a >= 0 && a < b && b < systems)) throw new RangeError(`Judgment ${i}: systems ${a} and ${b}.`);
    if (outcome > WIN) throw new RangeError(`Judgment ${i}: outcome ${outcome}.`);
    pairOf[a * systems + b] = 1;
  }
  const pairs = pairOf.reduce((sum, occurs) => sum + occurs, 0);
  const [lows, highs] = [new Int32Array(pairs), new Int32Array(pairs)];
  for (let at = 0, next = 0; at < pairOf.length; at++) {
    if (pairOf[at] === 0) continue;
    lows[next] = Math.floor(at / systems);
    highs[next] = at % systems;
    pairOf[at] = next++;
  }
  const code = new Int32Array(low.length);
  for (let i = 0; i < code.length; i++)
    code[i] = OUTCOMES * pairOf[low[i]! * systems + high[i]!]! + halves[i]!;
  return { systems, low: lows, high: highs, code };
}

/** The counts of all judgments. */
export function countCells(cells: Cells): PairedCounts {
  const inCell = new Int32Array(OUTCOMES * cells.low.length);
  for (let i = 0; i < cells.code.length; i++) inCell[cells.code[i]!]!++;
  return countsOf(cells, inCell);
}

/** The counts of pairs from how many judgments each cell has. */
export function countsOf({ systems, low, high }: Cells, inCell: Int32Array): PairedCounts {
  const of = (outcome: number) => low.map((_, pair) => inCell[OUTCOMES * pair + outcome]!);
  return { systems, low, high, losses: of(0), ties: of(1), wins: of(2) };
}
