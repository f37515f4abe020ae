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

/** Drawn together, so that a pass over the judgments serves all of them. */
const AT_ONCE = 8;
/** Two rounds share a number: how often the one drew a judgment, and this many times how often the other did. */
const SHIFT = 2 ** 26;
const NUMBERS = AT_ONCE / 2;

/**
 * Studies whose prompts are drawn from these, with replacement, as many as there are and each with all its judgments:
 * what came of each pair in every one of them.
 *
 * Source: B. Efron, Annals of Statistics 7 (1979), whole prompts as in prompt-resampling.ts. A prompt's number among
 * the clusters must not depend on how it is stored. Linear in judgments for eight rounds at once. Prompts are equally
 * likely up to 1 part in 2³² / prompts.
 * @throws RangeError where a round draws 2²⁶ judgments (67 million) or more.
 */
export function* resampledCounts(
  cells: Cells,
  { prompts, rounds, random }: { prompts: Clusters; rounds: number; random: Random },
): Generator<PairedCounts> {
  const byCell = promptsByCell(cells, prompts);
  for (let first = 0; first < rounds; first += AT_ONCE) {
    const together = Math.min(AT_ONCE, rounds - first);
    const times = new Float64Array(NUMBERS * prompts.count);
    for (let round = 0; round < together; round++) drawPrompts(times, { round, prompts, random });
    const inCells = countTimes(times, byCell);
    for (let round = 0; round < together; round++) yield countsOf(cells, inCells[round]!);
  }
}

function drawPrompts(
  times: Float64Array,
  { round, prompts, random }: { round: number; prompts: Clusters; random: Random },
): void {
  const place = round >> 1;
  const once = round % 2 === 0 ? 1 : SHIFT;
  const scale = prompts.count / 2 ** 32;
  let judgments = 0;
  for (let i = 0; i < prompts.count; i++) {
    const prompt = Math.floor(random() * scale);
    times[NUMBERS * prompt + place]! += once;
    judgments += prompts.size[prompt]!;
  }
  if (judgments >= SHIFT)
    throw new RangeError(`${judgments} judgments drawn; fewer than ${SHIFT} can be counted.`);
}

/** The prompt of each judgment, those of one cell together, and where each cell ends. */
interface PromptsByCell {
  readonly promptOf: Int32Array;
  readonly ends: Int32Array;
}

function promptsByCell({ low, code }: Cells, prompts: Clusters): PromptsByCell {
  const ends = new Int32Array(OUTCOMES * low.length);
  for (let i = 0; i < code.length; i++) ends[code[i]!]!++;
  for (let cell = 0, before = 0; cell < ends.length; cell++) {
    const count = ends[cell]!;
    ends[cell] = before;
    before += count;
  }
  const promptOf = new Int32Array(code.length);
  for (let i = 0; i < code.length; i++) promptOf[ends[code[i]!]!++] = prompts.code[i]!;
  return { promptOf, ends };
}

/** For each of the rounds drawn together, how often the judgments of each cell were drawn. */
function countTimes(times: Float64Array, { promptOf, ends }: PromptsByCell): Int32Array[] {
  const inCells = Array.from({ length: AT_ONCE }, () => new Int32Array(ends.length));
  const sums = new Float64Array(NUMBERS);
  for (let cell = 0, at = 0; cell < ends.length; cell++) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (const end = ends[cell]!; at < end; at++) {
      const prompt = NUMBERS * promptOf[at]!;
      a += times[prompt]!;
      b += times[prompt + 1]!;
      c += times[prompt + 2]!;
      d += times[prompt + 3]!;
    }
    sums.set([a, b, c, d]);
    for (let place = 0; place < NUMBERS; place++) {
      const second = Math.floor(sums[place]! / SHIFT);
      inCells[2 * place]![cell] = sums[place]! - second * SHIFT;
      inCells[2 * place + 1]![cell] = second;
    }
  }
  return inCells;
}
