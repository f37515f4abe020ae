import type { Clusters } from "../judgments/clusters.ts";
import { type Cells, countsOf, OUTCOMES, type PairedCounts } from "../judgments/paired-counts.ts";
import type { Random } from "./random.ts";

/** The most studies that are drawn from the one at hand, and the fewest. */
const ROUNDS_MOST = 4000;
const ROUNDS_LEAST = 1000;
/** Judgments that may be drawn in all rounds together, and products of systems in the fits. */
const DRAWN_MOST = 2e8;
const FITTED_MOST = 2e7;

/**
 * How many studies to draw, each fitted anew: 4,000, and fewer, down to 1,000, where judgments or systems are many.
 * Another seed then moves a limit by about 2 % of half the interval's width (4 % with 1,000): a quantile at 2.5 % has
 * the standard error √(.025 · .975 / rounds) / φ(1.96) in standard deviations of what is drawn.
 */
export function roundsFor({ judgments, systems }: { judgments: number; systems: number }): number {
  const affordable = Math.min(DRAWN_MOST / Math.max(1, judgments), FITTED_MOST / Math.max(1, systems ** 3));
  return Math.min(ROUNDS_MOST, Math.max(ROUNDS_LEAST, Math.floor(affordable / 1000) * 1000));
}

/** Drawn together, so that a pass over the judgments serves many of them. */
const AT_ONCE = 16;
/** Numbers that a pass adds up side by side; each holds as many rounds as its digits allow, `EACH_MOST` at most. */
const NUMBERS = 4;
const EACH_MOST = AT_ONCE / NUMBERS;

/**
 * Studies whose prompts are drawn from these, with replacement, as many as there are and each with all its judgments:
 * what came of each pair in every one of them.
 *
 * Source: B. Efron, Annals of Statistics 7 (1979), whole prompts as in prompt-resampling.ts. A prompt's number among
 * the clusters must not depend on how it is stored. Linear in judgments for up to sixteen rounds at once. Prompts are
 * equally likely up to 1 part in 2³² / prompts.
 */
export function* resampledCounts(
  cells: Cells,
  { prompts, rounds, random }: { prompts: Clusters; rounds: number; random: Random },
): Generator<PairedCounts> {
  const byCell = promptsByCell(cells, prompts);
  const drawn = new Uint16Array(AT_ONCE * prompts.count);
  const times = new Float64Array(NUMBERS * prompts.count);
  for (let first = 0; first < rounds; first += AT_ONCE) {
    const together = Math.min(AT_ONCE, rounds - first);
    const lines = drawn.subarray(0, together * prompts.count);
    const most = drawPrompts(lines, prompts.count, random);
    for (const inCell of countTimes(lines, { rounds: together, most, byCell, times }))
      yield countsOf(cells, inCell);
  }
}

/** Fills lines with how often each prompt was drawn. @returns the most that one was */
function drawPrompts(lines: Uint16Array, prompts: number, random: Random): number {
  const scale = prompts / 2 ** 32;
  lines.fill(0);
  let most = 0;
  for (let line = 0; line < lines.length; line += prompts) {
    for (let i = 0; i < prompts; i++) {
      const times = ++lines[line + Math.floor(random() * scale)]!;
      if (times > most) most = times;
    }
  }
  return most;
}

/** The prompt of each judgment, those of one cell together, and where each cell ends. */
interface PromptsByCell {
  readonly promptOf: Int32Array;
  readonly ends: Int32Array;
  /** Judgments of the largest cell. */
  readonly largest: number;
}

function promptsByCell({ low, code }: Cells, prompts: Clusters): PromptsByCell {
  const ends = new Int32Array(OUTCOMES * low.length);
  for (let i = 0; i < code.length; i++) ends[code[i]!]!++;
  let largest = 0;
  for (let cell = 0, before = 0; cell < ends.length; cell++) {
    const count = ends[cell]!;
    largest = Math.max(largest, count);
    ends[cell] = before;
    before += count;
  }
  const promptOf = new Int32Array(code.length);
  for (let i = 0; i < code.length; i++) promptOf[ends[code[i]!]!++] = prompts.code[i]!;
  return { promptOf, ends, largest };
}

interface ToCount {
  readonly rounds: number;
  /** The most that a prompt was drawn in a round. */
  readonly most: number;
  readonly byCell: PromptsByCell;
  /** Room for NUMBERS a prompt. */
  readonly times: Float64Array;
}

/**
 * For each line, how often the judgments of each cell were drawn. Several lines share a number, each in digits that no cell
 * can fill, and four numbers a pass: all whole numbers below 2⁵³, so that nothing is rounded.
 */
function countTimes(lines: Uint16Array, { rounds, most, byCell, times }: ToCount): Int32Array[] {
  const { promptOf, ends, largest } = byCell;
  const prompts = times.length / NUMBERS;
  const inCells = Array.from({ length: rounds }, () => new Int32Array(ends.length));
  const bits = 1 + Math.floor(Math.log2(Math.max(1, largest * most)));
  const digits = 2 ** bits;
  const each = Math.min(EACH_MOST, Math.floor(53 / bits));
  const sums = new Float64Array(NUMBERS);
  for (let first = 0; first < rounds; first += NUMBERS * each) {
    const together = Math.min(NUMBERS * each, rounds - first);
    times.fill(0);
    for (let k = 0; k < together; k++) {
      const [weight, line] = [digits ** Math.floor(k / NUMBERS), (first + k) * prompts];
      for (let p = 0; p < prompts; p++) times[NUMBERS * p + (k % NUMBERS)]! += weight * lines[line + p]!;
    }
    for (let cell = 0, at = 0; cell < ends.length; cell++) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (const end = ends[cell]!; at < end; at++) {
        const prompt = NUMBERS * promptOf[at]!;
        a += times[prompt]!;
        b += times[prompt + 1]!;
        c += times[prompt + 2]!;
        d += times[prompt + 3]!;
      }
      sums[0] = a;
      sums[1] = b;
      sums[2] = c;
      sums[3] = d;
      for (let k = 0; k < together; k++) {
        const rest = Math.floor(sums[k % NUMBERS]! / digits);
        inCells[first + k]![cell] = sums[k % NUMBERS]! - rest * digits;
        sums[k % NUMBERS] = rest;
      }
    }
  }
  return inCells;
}
