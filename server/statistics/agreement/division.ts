/** Judgments of one comparison by what they count in a half-tie rate: losses, ties and wins of one of its systems. */
export type OutcomeCounts = readonly [losses: number, ties: number, wins: number];

/** The differences between the half-tie scores of all pairs of these judgments, summed. */
const apartWithin = ([losses, ties, wins]: OutcomeCounts): number =>
  wins * losses + (ties * (wins + losses)) / 2;

const countOf = ([losses, ties, wins]: OutcomeCounts): number => losses + ties + wins;

/**
 * How far apart the judgments of one comparison are: the mean difference between the half-tie scores of two of them, 1 less
 * their tie-discounted agreement. Two wins and a loss: ⅔. @returns 0 to 1; null with fewer than two judgments
 */
export function divisionWithin(counts: OutcomeCounts): number | null {
  const n = countOf(counts);
  return n < 2 ? null : apartWithin(counts) / ((n * (n - 1)) / 2);
}

/**
 * How far apart two sets of judgments of one comparison are: the mean difference between the half-tie scores of one of the
 * first and one of the second. A win and a loss beside a win: ½. @returns 0 to 1; null where either has none
 */
export function divisionBetween(some: OutcomeCounts, others: OutcomeCounts): number | null {
  const pairs = countOf(some) * countOf(others);
  if (pairs === 0) return null;
  let apart = 0;
  some.forEach((count, score) =>
    others.forEach((other, otherScore) => (apart += (count * other * Math.abs(score - otherScore)) / 2)),
  );
  return apart / pairs;
}

/**
 * How far apart the judgments of each prompt are: the mean difference between the half-tie scores of two judgments of the
 * same comparison, over all such pairs of the prompt. It is 1 less their tie-discounted agreement: 0 where all agree, 1 for a
 * win beside a loss, ½ for a tie beside either. Linear in judgments.
 *
 * Example: two wins and a loss: ⅔. Edges: NaN for a prompt of which no comparison has two judgments; turns of one prompt
 * are different comparisons, so that a system that wins one and loses another divides nobody.
 * @param outcomes codes as half-tie.ts has them; `comparison` numbers the comparisons, `prompt` the prompts, both from 0
 * @returns by prompt, 0 to 1
 */
export function divisionByPrompt(given: {
  outcomes: Uint8Array;
  comparison: Int32Array;
  prompt: Int32Array;
  comparisons: number;
  prompts: number;
}): Float64Array {
  const { outcomes, comparison, prompt, comparisons, prompts } = given;
  const counts = new Int32Array(3 * comparisons);
  const promptOf = new Int32Array(comparisons);
  for (let i = 0; i < outcomes.length; i++) {
    counts[3 * comparison[i]! + outcomes[i]!]!++;
    promptOf[comparison[i]!] = prompt[i]!;
  }
  const apart = new Float64Array(prompts);
  const pairs = new Float64Array(prompts);
  for (let c = 0; c < comparisons; c++) {
    const own = [counts[3 * c]!, counts[3 * c + 1]!, counts[3 * c + 2]!] as const;
    const n = countOf(own);
    pairs[promptOf[c]!]! += (n * (n - 1)) / 2;
    apart[promptOf[c]!]! += apartWithin(own);
  }
  return apart.map((sum, p) => sum / pairs[p]!);
}
