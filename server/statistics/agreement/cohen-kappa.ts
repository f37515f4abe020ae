import { REASONS } from "../../contract/reasons.ts";
import { type Estimate, isRefused, type NotEstimable, UPPER } from "../estimate.ts";
import { normalQuantile } from "../special/normal-quantile.ts";

/** Unweighted: two judgments agree or not; linear: the nearer their categories, the more they agree. */
type Weighting = "unweighted" | "linear";

interface CohenKappa {
  readonly value: number;
  /** Large-sample standard error. */
  readonly standardError: number;
  /** The same where there is no agreement beyond chance; value / nullStandardError is a z test of that. */
  readonly nullStandardError: number;
}

/** With fewer comparisons the large-sample standard error says nothing. */
const COMPARISONS_FOR_INTERVAL = 10;

const Z = normalQuantile(UPPER);
const ROUNDING = 1e-12;

/**
 * Cohen's kappa of two annotators: how far beyond chance do they agree, each with their own habits?
 *
 * `table[c · categories + k]` is how many comparisons the one put in category c and the other in k. With weights w_ck, 1
 * on the diagonal and elsewhere 0, or linear 1 − |c − k| / (q − 1): (P − P_e) / (1 − P_e), P = Σ w_ck p_ck and P_e =
 * Σ w_ck p_c· p_·k. With categories in the order first system, tie, second system, linear P is tie-discounted agreement
 * and linear kappa its part beyond chance.
 * Assumes independent comparisons. Source: J. Cohen, Psychological Bulletin 70 (1968); standard errors J. Fleiss, J.
 * Cohen and B. Everitt, Psychological Bulletin 72 (1969). Example: rows 0 4 1, 0 8 0, 0 1 5 give 0.484 (standard error
 * 0.138), linear 0.470 (0.146). Edges: refused without comparisons, and where both always say the same one thing.
 */
export function cohenKappa(
  table: ArrayLike<number>,
  { categories: q, weighting }: { categories: number; weighting: Weighting },
): CohenKappa | NotEstimable {
  const { n, rows, columns } = marginsOf(table, q);
  if (n === 0) return { notEstimable: REASONS.noJudgments };
  const weight = (c: number, k: number) => weightOf(Math.abs(c - k), q, weighting);
  const [byRow, byColumn] = [meanWeights(columns, weight), meanWeights(rows, weight)];
  const chance = rows.reduce((sum, share, c) => sum + share * byRow[c]!, 0);
  const left = 1 - chance;
  if (left < ROUNDING) return { notEstimable: REASONS.bothSaySame };
  let observed = 0;
  for (let c = 0; c < q; c++) for (let k = 0; k < q; k++) observed += weight(c, k) * (table[c * q + k]! / n);
  const [value, back] = [(observed - chance) / left, 1 - observed];
  let [spread, nullSpread] = [0, 0];
  for (let c = 0; c < q; c++) {
    for (let k = 0; k < q; k++) {
      const habit = byRow[c]! + byColumn[k]!;
      spread += (table[c * q + k]! / n) * (weight(c, k) * left - habit * back) ** 2;
      nullSpread += rows[c]! * columns[k]! * (weight(c, k) - habit) ** 2;
    }
  }
  const variance = (spread - (observed * chance - 2 * chance + observed) ** 2) / (n * left ** 4);
  const nullVariance = (nullSpread - chance ** 2) / (n * left ** 2);
  return {
    value,
    standardError: Math.sqrt(Math.max(0, variance)),
    nullStandardError: Math.sqrt(Math.max(0, nullVariance)),
  };
}

/**
 * Kappa with its 95 % interval, value ± 1.96 standard errors cut off at −1 and 1; `n` counts comparisons. The value
 * stands alone below ten comparisons, and where the two agree throughout: then nothing tells how it varies.
 */
export function cohenKappaEstimate(
  table: ArrayLike<number>,
  options: { categories: number; weighting: Weighting },
): Estimate {
  const kappa = cohenKappa(table, options);
  if (isRefused(kappa)) return kappa;
  const { value, standardError } = kappa;
  let n = 0;
  for (let cell = 0; cell < table.length; cell++) n += table[cell]!;
  if (n < COMPARISONS_FOR_INTERVAL) {
    return { value, notEstimable: REASONS.fewerThan(COMPARISONS_FOR_INTERVAL, "comparisons in common") };
  }
  if (standardError < 1e-9) return { value, notEstimable: REASONS.agreementDoesNotVary };
  const [low, high] = [Math.max(-1, value - Z * standardError), Math.min(1, value + Z * standardError)];
  return {
    value,
    low,
    high,
    method: "large-sample standard error, as if comparisons were independent (normal)",
    n,
  };
}

function marginsOf(table: ArrayLike<number>, q: number) {
  if (table.length !== q * q) throw new RangeError(`${table.length} cells for ${q} categories.`);
  const [rows, columns] = [new Float64Array(q), new Float64Array(q)];
  let n = 0;
  for (let cell = 0; cell < q * q; cell++) {
    const count = table[cell]!;
    n += count;
    rows[Math.floor(cell / q)]! += count;
    columns[cell % q]! += count;
  }
  return { n, rows: rows.map((count) => count / n), columns: columns.map((count) => count / n) };
}

function weightOf(apart: number, q: number, weighting: Weighting): number {
  if (weighting === "linear") return 1 - apart / (q - 1);
  return apart === 0 ? 1 : 0;
}

/** For each category the mean weight that it has with the other's categories. */
function meanWeights(shares: Float64Array, weight: (c: number, k: number) => number): Float64Array {
  return shares.map((_, c) => shares.reduce((sum, share, k) => sum + share * weight(c, k), 0));
}
