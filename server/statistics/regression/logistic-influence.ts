import { inverseRow } from "../linear-algebra/cholesky.ts";
import type { LogisticFit } from "./logistic.ts";
import type { LogisticData } from "./logistic-pass.ts";

/** Trials one by one: which row of the data each belongs to, and its success: 0, ½ or 1. */
export interface Trials {
  readonly row: Int32Array;
  readonly success: Float64Array;
}

/**
 * How far each trial moves the coefficients of a logistic fit: for feature j, [information⁻¹ · x (success − p)]_j.
 *
 * The squares of their sums over clusters are the cluster-robust variance (see sandwich.ts), which stands whatever
 * the trials of a cluster share and whatever half successes do to the likelihood. Multiplied by
 * √((n − 1)/(n − k)) for n trials and k fitted terms, since a fit follows its own data.
 * Source: K.-Y. Liang and S. Zeger, Biometrika 73 (1986); the factor is that of Stata's cluster option.
 * @returns one column a feature, one element a trial; zeros for a feature that is left out
 */
export function influenceOf(data: LogisticData, fit: LogisticFit, trials: Trials): Float64Array[] {
  const n = trials.row.length;
  const factor = Math.sqrt((n - 1) / Math.max(1, n - fit.fitted));
  return data.features.map((_, j) => {
    const perRow = pullOf(data, inverseRow(fit.factor, data.strengths + j));
    const influence = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const row = trials.row[i]!;
      influence[i] = factor * perRow[row]! * (trials.success[i]! - fit.probabilities[row]!);
    }
    return influence;
  });
}

/** A row of the inverse times the row's terms. */
function pullOf(
  { plus, minus, strengths, features, trials }: LogisticData,
  inverse: Float64Array,
): Float64Array {
  const pull = new Float64Array(trials.length);
  if (strengths > 0) for (let i = 0; i < pull.length; i++) pull[i] = inverse[plus[i]!]! - inverse[minus[i]!]!;
  features.forEach((column, j) => {
    const by = inverse[strengths + j]!;
    if (by !== 0) for (let i = 0; i < pull.length; i++) pull[i]! += by * column[i]!;
  });
  return pull;
}
