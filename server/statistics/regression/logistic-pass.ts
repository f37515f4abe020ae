/**
 * What a logistic model is fitted to. A row stands for trials under the same circumstances. Its log odds are
 * strength[plus] − strength[minus] + Σ_j coefficient_j · features[j].
 */
export interface LogisticData {
  /** Codes of what has a strength, such as systems: 0 … strengths − 1. Not read where `strengths` is 0. */
  readonly plus: Int32Array;
  readonly minus: Int32Array;
  readonly strengths: number;
  readonly features: readonly Float64Array[];
  readonly trials: Float64Array;
  /** From 0 to `trials`; half a success is a tie. */
  readonly successes: Float64Array;
}

/** What one look at every row tells at a point: the terms are the strengths and then the coefficients. */
interface Pass {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  /** The lower half of minus the second derivatives, row by row. */
  readonly information: Float64Array;
  readonly probabilities: Float64Array;
}

/** Log likelihood less Σ ridge_j/2 · terms_j², with its derivatives. `ridge`: by term. */
export function passOver(data: LogisticData, terms: Float64Array, ridge: Float64Array): Pass {
  const probabilities = probabilitiesAt(data, terms);
  const { gradient, information } = derivatives(data, probabilities.values);
  let penalty = 0;
  for (let j = 0; j < terms.length; j++) {
    penalty += (ridge[j]! / 2) * terms[j]! * terms[j]!;
    gradient[j]! -= ridge[j]! * terms[j]!;
    information[j * terms.length + j]! += ridge[j]!;
  }
  return {
    logLikelihood: probabilities.logLikelihood - penalty,
    gradient,
    information,
    probabilities: probabilities.values,
  };
}

function probabilitiesAt(data: LogisticData, terms: Float64Array) {
  const { plus, minus, strengths, features, trials, successes } = data;
  const n = trials.length;
  const values = new Float64Array(n); // log odds at first
  if (strengths > 0) for (let i = 0; i < n; i++) values[i] = terms[plus[i]!]! - terms[minus[i]!]!;
  features.forEach((column, j) => {
    const coefficient = terms[strengths + j]!;
    if (coefficient !== 0) for (let i = 0; i < n; i++) values[i]! += coefficient * column[i]!;
  });
  let logLikelihood = 0;
  for (let i = 0; i < n; i++) {
    const odds = values[i]!;
    const small = Math.exp(-Math.abs(odds));
    logLikelihood += successes[i]! * odds - trials[i]! * (Math.max(odds, 0) + Math.log1p(small));
    values[i] = (odds >= 0 ? 1 : small) / (1 + small);
  }
  return { values, logLikelihood };
}

function derivatives(data: LogisticData, probabilities: Float64Array) {
  const { plus, minus, strengths, features, trials, successes } = data;
  const size = strengths + features.length;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  const x = new Float64Array(features.length);
  for (let i = 0; i < trials.length; i++) {
    const p = probabilities[i]!;
    const off = successes[i]! - trials[i]! * p;
    const weight = trials[i]! * p * (1 - p);
    for (let j = 0; j < x.length; j++) x[j] = features[j]![i]!;
    if (strengths > 0) {
      const [a, b] = [plus[i]!, minus[i]!];
      gradient[a]! += off;
      gradient[b]! -= off;
      information[a * size + a]! += weight;
      information[b * size + b]! += weight;
      information[Math.max(a, b) * size + Math.min(a, b)]! -= weight;
      for (let j = 0; j < x.length; j++) {
        const row = (strengths + j) * size;
        const value = weight * x[j]!;
        information[row + a]! += value;
        information[row + b]! -= value;
      }
    }
    for (let j = 0; j < x.length; j++) {
      const row = (strengths + j) * size + strengths;
      const value = weight * x[j]!;
      gradient[strengths + j]! += off * x[j]!;
      for (let l = 0; l <= j; l++) information[row + l]! += value * x[l]!;
    }
  }
  return { gradient, information };
}
