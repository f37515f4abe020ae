import { FIRST, type OutcomeCounts, SECOND, TIED } from "./counts.ts";
import { emptySums, type PromptSums } from "../intervals/prompt-sums.ts";

/** Columns of the sums that agreement is made of; `decisive` leaves out pairs of judgments in which one says tie. */
export const COMPARISONS = 0;
export const PAIRS = 1;
export const EXACT_BY_COMPARISON = 2;
export const EXACT_PAIRS = 3;
export const DISCOUNTED_BY_COMPARISON = 4;
export const DISCOUNTED_PAIRS = 5;
export const DECISIVE_COMPARISONS = 6;
export const DECISIVE_PAIRS = 7;
export const DECISIVE_BY_COMPARISON = 8;
export const DECISIVE_AGREED = 9;
const WIDTH = 10;

/** Two sides whose judgments are paired, within each comparison that has a pair. */
export interface PairedJudgments {
  readonly sums: PromptSums;
  /** How often either side said what (FIRST, TIED, SECOND) in these comparisons. */
  readonly said: readonly [Float64Array, Float64Array];
}

/** Which prompt a comparison is about. */
export interface PromptsOfComparisons {
  readonly promptOf: Int32Array;
  /** One more than the largest prompt that may occur. */
  readonly promptCount: number;
}

/** Every two judgments of a comparison, of the same annotators; a comparison with a single judgment has none. */
export function pairsWithin(counts: OutcomeCounts, prompts: PromptsOfComparisons): PairedJudgments {
  const sums = emptySums(prompts.promptCount, WIDTH);
  const said = new Float64Array(3);
  for (let row = 0; row < counts.comparison.length; row++) {
    const { first, tied, second } = outcomesAt(counts, row);
    const n = first + tied + second;
    if (n < 2) continue;
    addTo(said, counts, row);
    const agreed = twos(first) + twos(second);
    addComparison(sums, prompts.promptOf[counts.comparison[row]!]!, {
      pairs: twos(n),
      agreed,
      bothTied: twos(tied),
      oneTied: tied * (first + second),
      decisive: twos(first + second),
    });
  }
  return { sums, said: [said, said] };
}

/** Every judgment of one side with every judgment of the other about the same comparison. */
export function pairsBetween(
  a: OutcomeCounts,
  b: OutcomeCounts,
  prompts: PromptsOfComparisons,
): PairedJudgments {
  const sums = emptySums(prompts.promptCount, WIDTH);
  const said = [new Float64Array(3), new Float64Array(3)] as const;
  eachInBoth(a.comparison, b.comparison, (inA, inB) => {
    addTo(said[0], a, inA);
    addTo(said[1], b, inB);
    const [one, other] = [outcomesAt(a, inA), outcomesAt(b, inB)];
    const [decided, decidedToo] = [one.first + one.second, other.first + other.second];
    addComparison(sums, prompts.promptOf[a.comparison[inA]!]!, {
      pairs: (decided + one.tied) * (decidedToo + other.tied),
      agreed: one.first * other.first + one.second * other.second,
      bothTied: one.tied * other.tied,
      oneTied: one.tied * decidedToo + other.tied * decided,
      decisive: decided * decidedToo,
    });
  });
  return { sums, said };
}

/** Calls with the places of every number that stands in two rising columns. */
export function eachInBoth(a: Int32Array, b: Int32Array, call: (inA: number, inB: number) => void): void {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i]! < b[j]!) i++;
    else if (a[i]! > b[j]!) j++;
    else call(i++, j++);
  }
}

interface PairsOfComparison {
  readonly pairs: number;
  /** Both prefer the same system. */
  readonly agreed: number;
  readonly bothTied: number;
  readonly oneTied: number;
  readonly decisive: number;
}

function addComparison({ values }: PromptSums, prompt: number, of: PairsOfComparison): void {
  const { pairs, agreed, decisive } = of;
  const exact = agreed + of.bothTied;
  const discounted = exact + of.oneTied / 2;
  const row = prompt * WIDTH;
  values[row + COMPARISONS]! += 1;
  values[row + PAIRS]! += pairs;
  values[row + EXACT_BY_COMPARISON]! += exact / pairs;
  values[row + EXACT_PAIRS]! += exact;
  values[row + DISCOUNTED_BY_COMPARISON]! += discounted / pairs;
  values[row + DISCOUNTED_PAIRS]! += discounted;
  if (decisive === 0) return;
  values[row + DECISIVE_COMPARISONS]! += 1;
  values[row + DECISIVE_PAIRS]! += decisive;
  values[row + DECISIVE_BY_COMPARISON]! += agreed / decisive;
  values[row + DECISIVE_AGREED]! += agreed;
}

/** Pairs among n. */
const twos = (n: number): number => (n * (n - 1)) / 2;

function outcomesAt({ counts }: OutcomeCounts, row: number): { first: number; tied: number; second: number } {
  const at = 3 * row;
  return { first: counts[at + FIRST]!, tied: counts[at + TIED]!, second: counts[at + SECOND]! };
}

function addTo(said: Float64Array, { counts }: OutcomeCounts, row: number): void {
  for (let k = 0; k < 3; k++) said[k]! += counts[3 * row + k]!;
}
