import { REASONS } from "../../contract/reasons.ts";
import { AGREED, JUDGED, PAIRED, shareAt } from "./sums.ts";
import type { NotEstimable } from "../estimate.ts";

export const NOT_PAIRED: NotEstimable = { notEstimable: REASONS.noPairedToCompare };
export const ALL_THE_SAME: NotEstimable = { notEstimable: REASONS.allSaySame };

/** Below this what is left beyond chance is rounding. */
export const NO_MORE_THAN_CHANCE = 1e-12;

/**
 * Fleiss' kappa for any numbers of judgments: how far beyond chance do judgments of a comparison agree?
 *
 * (P − P_e) / (1 − P_e). P is the mean over comparisons with two or more judgments of the share of their pairs that
 * agree. P_e = Σ_k p_k², where p_k is the mean of the share of category k over all comparisons, those with a single
 * judgment too, so that a comparison weighs alike however often it was judged; with equal numbers it is the classical
 * figure. `sums` are those of agreementSums, added up over prompts.
 * Assumes that annotators may be exchanged for each other. Source: J. Fleiss, Psychological Bulletin 76 (1971); the
 * chance level for unequal numbers is this product's choice. Example: Fleiss' table of 10 by 14 gives 0.210.
 * Edges: refused without a paired comparison, and where all judgments say the same: then chance agrees always.
 */
export function fleissKappa(sums: Float64Array, categories: number): number | NotEstimable {
  if (sums[PAIRED] === 0) return NOT_PAIRED;
  let chance = 0;
  for (let k = 0; k < categories; k++) chance += (sums[shareAt(k)]! / sums[JUDGED]!) ** 2;
  if (1 - chance < NO_MORE_THAN_CHANCE) return ALL_THE_SAME;
  return (sums[AGREED]! / sums[PAIRED]! - chance) / (1 - chance);
}
