import type { OutcomeCounts } from "./counts.ts";
import type { PromptsOfComparisons } from "./pairs.ts";
import { emptySums, type PromptSums } from "../intervals/prompt-sums.ts";

/**
 * Where the sums stand that Fleiss' kappa, Krippendorff's alpha and Gwet's AC1 are made of: after these columns the
 * shares of each category, added over all comparisons, and then the coincidences, category by category.
 */
export const JUDGED = 0;
/** Comparisons with two or more judgments, and how many judgments those have. */
export const PAIRED = 1;
export const JUDGMENTS_PAIRED = 2;
/** Σ over paired comparisons of the share of their pairs that agree. */
export const AGREED = 3;
const SHARES = 4;

export const shareAt = (category: number): number => SHARES + category;
export const coincidenceAt = (categories: number, [c, k]: readonly [number, number]): number =>
  SHARES + categories + c * categories + k;

/**
 * Adds up by prompt what the coefficients need. In a comparison with m judgments, n_k of category k: shares n_k / m;
 * with m ≥ 2 the agreed share of pairs Σ n_k (n_k − 1) / (m (m − 1)) and the coincidences n_c n_k / (m − 1), for c = k
 * n_c (n_c − 1) / (m − 1), which add up to m.
 */
export function agreementSums(counted: OutcomeCounts, prompts: PromptsOfComparisons): PromptSums {
  const { categories: q, comparison, counts } = counted;
  const sums = emptySums(prompts.promptCount, SHARES + q + q * q);
  for (let row = 0; row < comparison.length; row++) {
    const prompt = prompts.promptOf[comparison[row]!]!;
    const at = sums.values.subarray(prompt * sums.width, (prompt + 1) * sums.width);
    addComparison(at, counts.subarray(row * q, (row + 1) * q));
  }
  return sums;
}

function addComparison(into: Float64Array, counts: Int32Array): void {
  const q = counts.length;
  let m = 0;
  for (let k = 0; k < q; k++) m += counts[k]!;
  into[JUDGED]! += 1;
  for (let k = 0; k < q; k++) into[SHARES + k]! += counts[k]! / m;
  if (m < 2) return;
  into[PAIRED]! += 1;
  into[JUDGMENTS_PAIRED]! += m;
  let agreed = 0;
  for (let c = 0; c < q; c++) {
    agreed += counts[c]! * (counts[c]! - 1);
    for (let k = 0; k < q; k++) {
      const pairs = counts[c]! * (counts[k]! - (c === k ? 1 : 0));
      into[SHARES + q + c * q + k]! += pairs / (m - 1);
    }
  }
  into[AGREED]! += agreed / (m * (m - 1));
}
