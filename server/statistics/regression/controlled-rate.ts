/** The rows of one pair in a logistic fit, with the coefficients of its features. */
interface PairInFit {
  /** Features by row of the data, and the pair's rows from `from` up to `to`. */
  readonly features: readonly Float64Array[];
  readonly coefficients: Float64Array;
  /** Place among the features of the one that is made equal. */
  readonly controlled: number;
  readonly trials: Float64Array;
  readonly successes: Float64Array;
  readonly from: number;
  readonly to: number;
}

export interface ControlledRate {
  readonly value: number;
  /** How much it moves with each coefficient. */
  readonly slopes: Float64Array;
  /** Row by row, from `from`: the part of a trial's own influence per unit of (success − fitted), … */
  readonly perSuccess: number;
  readonly fitted: Float64Array;
  /** … and the part that comes with which trials there happen to be. */
  readonly shift: Float64Array;
}

/**
 * The rate a pair would have, had its responses been equal in one feature: the mean over its trials of
 * σ(a + Σ_j γ_j x_j) without the term of that feature.
 *
 * γ are the coefficients of the fit; a is the pair's own constant, at which the mean of σ(a + Σ_j γ_j x_j) with all terms
 * is the pair's rate as it was. So the two rates differ by what the feature does and by nothing else: with γ = 0 for
 * the feature they are equal, also where strengths of systems fit the pair badly. Not told where the rate is 0 or 1
 * (null): a has no finite value then, and no feature could change the rate. The rest is what its variance needs, by
 * the delta method: slopes_j = dθ/dγ_j with a following, and for trial i of the pair
 * (D₀/D) (success − p_i)/n + (p⁰_i − θ)/n, with p and p⁰ with and without the feature, D and D₀ the sums of p(1 − p).
 * Source: Y. Dubois et al., Length-Controlled AlpacaEval (2024), for the idea of a mean prediction at equal length;
 * standardisation over the trials as in M. Hernán and J. Robins, Causal Inference: What If, chapter 13.
 */
export function controlledRate(pair: PairInFit): ControlledRate | null {
  const { trials, successes, from, to } = pair;
  const [n, won] = [sumOf(trials, from, to), sumOf(successes, from, to)];
  if (won === 0 || won === n) return null;
  const offsets = offsetsOf(pair, -1);
  const constant = constantOf(offsets, { trials, from, won, n });
  const fitted = offsets.map((offset) => logistic(constant + offset));
  const equal = offsetsOf(pair, pair.controlled).map((offset) => logistic(constant + offset));
  let value = 0;
  for (let k = 0; k < equal.length; k++) value += (trials[from + k]! * equal[k]!) / n;
  const { slopes, ratio } = slopesOf(pair, { fitted, equal, n });
  return { value, slopes, perSuccess: ratio / n, fitted, shift: equal.map((p) => (p - value) / n) };
}

function sumOf(column: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += column[i]!;
  return sum;
}

/** Σ γ_j x_j row by row, without the feature in place `without`. */
function offsetsOf({ features, coefficients, from, to }: PairInFit, without: number): Float64Array {
  const offsets = new Float64Array(to - from);
  features.forEach((column, j) => {
    if (j === without || coefficients[j] === 0) return;
    for (let k = 0; k < offsets.length; k++) offsets[k]! += coefficients[j]! * column[from + k]!;
  });
  return offsets;
}

/** Newton's method for Σ trials · σ(a + offset) = won, between bounds that close in. */
function constantOf(
  offsets: Float64Array,
  { trials, from, won, n }: { trials: Float64Array; from: number; won: number; n: number },
): number {
  const logOdds = Math.log(won / (n - won));
  let low = logOdds;
  let high = logOdds;
  for (const offset of offsets) {
    low = Math.min(low, logOdds - offset);
    high = Math.max(high, logOdds - offset);
  }
  let a = logOdds;
  for (let round = 0; round < 100; round++) {
    let [excess, slope] = [-won, 0];
    for (let k = 0; k < offsets.length; k++) {
      const p = logistic(a + offsets[k]!);
      excess += trials[from + k]! * p;
      slope += trials[from + k]! * p * (1 - p);
    }
    if (Math.abs(excess) < 1e-13 * n) return a;
    if (excess > 0) high = a;
    else low = a;
    const next = a - excess / slope;
    const inside = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(inside - a) < 1e-13) return inside;
    a = inside;
  }
  return a;
}

/** dθ/dγ, and D₀/D. */
function slopesOf(
  pair: PairInFit,
  { fitted, equal, n }: { fitted: Float64Array; equal: Float64Array; n: number },
): { slopes: Float64Array; ratio: number } {
  const { features, trials, from } = pair;
  const weigh = (p: Float64Array) => p.map((one, k) => trials[from + k]! * one * (1 - one));
  const [weights, equalWeights] = [weigh(fitted), weigh(equal)];
  const total = (column: Float64Array) => column.reduce((sum, one) => sum + one, 0);
  const ratio = total(equalWeights) / total(weights);
  const slopes = Float64Array.from(features, (column, j) => {
    let sum = 0;
    for (let k = 0; k < fitted.length; k++) {
      const own = j === pair.controlled ? 0 : equalWeights[k]!;
      sum += (own - ratio * weights[k]!) * column[from + k]!;
    }
    return sum / n;
  });
  return { slopes, ratio };
}

/** σ(x) = 1 / (1 + e^−x), without overflow. */
function logistic(x: number): number {
  const small = Math.exp(-Math.abs(x));
  return (x >= 0 ? 1 : small) / (1 + small);
}
