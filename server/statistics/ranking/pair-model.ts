import type { PairedCounts } from "../judgments/paired-counts.ts";

/** The judgments of one pair, and how much stronger `low` is than `high` on the scale of log strengths. */
interface PairAt {
  wins: number;
  ties: number;
  losses: number;
  difference: number;
}

/** What one pair adds to the log-likelihood, to its slopes, and to its curvatures with the sign turned. */
interface PairTerms {
  logLikelihood: number;
  /** By the difference of strengths. */
  slope: number;
  /** By log ν. */
  tieSlope: number;
  curvature: number;
  mixedCurvature: number;
  tieCurvature: number;
}

/**
 * A model of what comes of a judgment of two systems. Its parameters are one log strength a system, of which only
 * differences matter, and after them log ν where ties have a parameter. The log-likelihood is concave.
 */
export interface PairModel {
  readonly hasTies: boolean;
  /** Writes the terms of a pair; those by log ν only where ties have a parameter. */
  write(pair: PairAt, logNu: number, terms: PairTerms): void;
}

interface Evaluation {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  /** The information: minus the second derivatives. Symmetric; strengths moved together are in its null space. */
  readonly information: Float64Array;
}

/** How many parameters a model has for so many systems. */
const sizeOf = (model: PairModel, systems: number) => systems + (model.hasTies ? 1 : 0);

/** One literal, for speed: a report evaluates models ten thousands of times. */
export const noTerms = (): PairTerms => ({
  logLikelihood: 0,
  slope: 0,
  tieSlope: 0,
  curvature: 0,
  mixedCurvature: 0,
  tieCurvature: 0,
});

/**
 * The log-likelihood of counts under a model, with its slopes and curvatures, where `at` are the parameters.
 * @param room where the information is put; what stood there is gone
 */
export function evaluate(
  model: PairModel,
  counts: PairedCounts,
  at: Float64Array,
  room = new Float64Array(sizeOf(model, counts.systems) ** 2),
): Evaluation {
  const size = sizeOf(model, counts.systems);
  const [gradient, information] = [new Float64Array(size), room.fill(0)];
  const { low, high, wins, ties, losses } = counts;
  const [pair, terms] = [{ wins: 0, ties: 0, losses: 0, difference: 0 }, noTerms()];
  const logNu = model.hasTies ? at[counts.systems]! : 0;
  let logLikelihood = 0;
  for (let p = 0; p < low.length; p++) {
    const [i, j] = [low[p]!, high[p]!];
    pair.wins = wins[p]!;
    pair.ties = ties[p]!;
    pair.losses = losses[p]!;
    if (pair.wins + pair.ties + pair.losses === 0) continue;
    pair.difference = at[i]! - at[j]!;
    model.write(pair, logNu, terms);
    logLikelihood += terms.logLikelihood;
    gradient[i]! += terms.slope;
    gradient[j]! -= terms.slope;
    information[i * size + i]! += terms.curvature;
    information[j * size + j]! += terms.curvature;
    information[j * size + i]! -= terms.curvature; // low < high: the lower triangle
    if (model.hasTies) addTies({ gradient, information }, terms, [i, j]);
  }
  mirror(information, size);
  return { logLikelihood, gradient, information };
}

function addTies(
  { gradient, information }: Omit<Evaluation, "logLikelihood">,
  terms: PairTerms,
  [i, j]: readonly [number, number],
): void {
  const size = gradient.length;
  const row = size * (size - 1);
  gradient[size - 1]! += terms.tieSlope;
  information[row + i]! += terms.mixedCurvature;
  information[row + j]! -= terms.mixedCurvature;
  information[row + size - 1]! += terms.tieCurvature;
}

function mirror(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j]!;
}

/**
 * How likely one system is to be preferred to another that is weaker by `difference`, a tie counting one half. A tie
 * is half a win in either model, so its slope is ½ less what was expected.
 */
export function preference(model: PairModel, difference: number, logNu: number): number {
  const terms = noTerms();
  model.write({ wins: 0, ties: 1, losses: 0, difference }, logNu, terms);
  return 0.5 - terms.slope;
}
