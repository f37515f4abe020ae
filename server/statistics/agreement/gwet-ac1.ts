import { AGREED, JUDGED, PAIRED, shareAt } from "./sums.ts";
import type { NotEstimable } from "../estimate.ts";
import { NOT_PAIRED } from "./fleiss-kappa.ts";

/**
 * Gwet's AC1: agreement beyond chance, with a chance level that falls where one category has nearly all judgments.
 *
 * (P − P_e) / (1 − P_e) with P as in Fleiss' kappa and P_e = Σ_k p_k (1 − p_k) / (q − 1) for q categories, p_k the mean
 * over all comparisons of the share of category k. Where nearly everybody says the same kappa can be near 0 although
 * nearly all agree; AC1 stays high. `sums` are those of agreementSums, added up over prompts.
 * Source: K. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008).
 * Example: the data of krippendorff-alpha.ts give 0.775. Edges: refused without a comparison with two judgments; 1
 * where all judgments say the same.
 */
export function gwetAc1(sums: Float64Array, categories: number): number | NotEstimable {
  if (sums[PAIRED] === 0) return NOT_PAIRED;
  let chance = 0;
  for (let k = 0; k < categories; k++) {
    const share = sums[shareAt(k)]! / sums[JUDGED]!;
    chance += (share * (1 - share)) / (categories - 1);
  }
  return (sums[AGREED]! / sums[PAIRED]! - chance) / (1 - chance);
}
