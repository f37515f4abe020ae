import { coincidenceAt, JUDGMENTS_PAIRED, PAIRED } from "./sums.ts";
import type { NotEstimable } from "../estimate.ts";
import { ALL_THE_SAME, NO_MORE_THAN_CHANCE, NOT_PAIRED } from "./fleiss-kappa.ts";

/** How far apart two categories are: any two alike, or by the judgments that lie between them. */
type Level = "nominal" | "ordinal";

/**
 * Krippendorff's alpha: how much less do judgments of a comparison differ than judgments at large?
 *
 * 1 − D_o / D_e over the coincidences o_ck of all pairs of judgments within comparisons, each comparison with m
 * judgments adding m; n_c = Σ_k o_ck, n = Σ n_c. D_o = Σ o_ck δ²_ck / n and D_e = Σ n_c n_k δ²_ck / (n (n − 1)). Nominal:
 * δ² = 1 for any two different categories. Ordinal (first system, tie, second system in this order): δ²_ck = (Σ_{g from
 * c to k} n_g − (n_c + n_k)/2)². Comparisons with a single judgment do not enter at all. `sums` are those of
 * agreementSums, added up over prompts.
 * Source: K. Krippendorff, Content Analysis (2nd ed., 2004), chapter 11. Example: four observers on twelve units with
 * five categories and gaps (there) give 904/1216 = 0.743 nominal and 0.815 ordinal.
 * Edges: refused without a comparison with two judgments, and where all judgments of these say the same.
 */
export function krippendorffAlpha(
  sums: Float64Array,
  { categories, level }: { categories: number; level: Level },
): number | NotEstimable {
  if (sums[PAIRED] === 0) return NOT_PAIRED;
  const said = judgmentsByCategory(sums, categories);
  const n = sums[JUDGMENTS_PAIRED]!;
  let [observed, expected] = [0, 0];
  for (let c = 0; c < categories; c++) {
    for (let k = c + 1; k < categories; k++) {
      const apart = level === "nominal" ? 1 : ordinalDistance(said, c, k) ** 2;
      observed += sums[coincidenceAt(categories, [c, k])]! * apart;
      expected += said[c]! * said[k]! * apart;
    }
  }
  const scale = level === "nominal" ? n * n : n ** 4;
  if (expected < NO_MORE_THAN_CHANCE * scale) return ALL_THE_SAME;
  return 1 - ((n - 1) * observed) / expected;
}

function judgmentsByCategory(sums: Float64Array, categories: number): Float64Array {
  const said = new Float64Array(categories);
  for (let c = 0; c < categories; c++) {
    for (let k = 0; k < categories; k++) said[c]! += sums[coincidenceAt(categories, [c, k])]!;
  }
  return said;
}

function ordinalDistance(said: Float64Array, from: number, to: number): number {
  let between = -(said[from]! + said[to]!) / 2;
  for (let g = from; g <= to; g++) between += said[g]!;
  return between;
}
