import { REASONS } from "../../contract/reasons.ts";
import { factorise, type Factor } from "../linear-algebra/cholesky.ts";
import { climb } from "../linear-algebra/newton.ts";
import type { NotEstimable } from "../estimate.ts";
import { type LogisticData, passOver } from "./logistic-pass.ts";

export interface LogisticFit {
  /** The strengths, then the coefficients of the features; 0 for a term that is left out. */
  readonly terms: Float64Array;
  /** The information at the fit, taken apart; its `leftOut` names the terms that the data do not tell. */
  readonly factor: Factor;
  /** How many terms were fitted. */
  readonly fitted: number;
  /** 0, or the ridge that keeps the terms finite. */
  readonly ridge: number;
  /** Row by row. */
  readonly probabilities: Float64Array;
}

/** As if each term were drawn from a normal distribution with standard deviation √10 = 3.2. @internal */
export const RIDGE = 0.1;

/** Odds of e^12 = 160,000 to 1: nothing that is judged by people is as sure as that. */
const TOO_LARGE = 12;
const SETTLED = 1e-10;

/**
 * Logistic regression: which strengths and coefficients make what was chosen most likely?
 *
 * The log odds of a success are strength[plus] − strength[minus] + Σ coefficient · feature; maximises
 * Σ successes · log p + (trials − successes) · log(1 − p) by Newton's method (iteratively reweighted least squares),
 * halving steps that overshoot. Half a success (a tie) makes it a quasi-likelihood: the terms stay what they estimate,
 * and only a sandwich gives their variance, see logistic-influence.ts. A term that is a combination of earlier ones is
 * left out, as the last strength always is: strengths are differences. Where some terms would become infinite, because
 * they separate successes from failures, all are drawn to 0 by a ridge of 0.1, and `ridge` says so.
 * Source: P. McCullagh and J. Nelder, Generalized Linear Models (1989), chapters 2 and 4; separation: A. Albert and
 * J. Anderson, Biometrika 71 (1984). Example: 30 of 40 with a property and 10 of 40 without it: the coefficient of
 * the property is log 9, the log odds ratio. Edge: refused without trials.
 * @throws RangeError where a column differs in length from the others or successes exceed trials.
 */
export function fitLogistic(data: LogisticData): LogisticFit | NotEstimable {
  requireRows(data);
  if (data.trials.length === 0) return { notEstimable: REASONS.noJudgments };
  const size = data.strengths + data.features.length;
  const start = new Float64Array(size);
  const { leftOut } = factorise(passOver(data, start, 0).information, size);
  const plain = fitFrom(data, { leftOut, ridge: 0 });
  if (plain !== null) return plain;
  const withRidge = leftOut.slice().fill(0, 0, data.strengths); // a ridge tells strengths from one another
  return fitFrom(data, { leftOut: withRidge, ridge: RIDGE }) ?? { notEstimable: REASONS.doesNotSettle };
}

/** Newton's method from 0; null where terms grow without end. */
function fitFrom(
  data: LogisticData,
  { leftOut, ridge }: { leftOut: Uint8Array; ridge: number },
): LogisticFit | null {
  const summit = climb({
    start: new Float64Array(leftOut.length),
    look: (terms) => passOver(data, terms, ridge),
    factorOf: ({ information }) => {
      const factor = factorise(information, leftOut.length, { leftOut });
      const isTold = factor.leftOut.every((out, j) => out === leftOut[j]); // what was told still is
      return isTold ? factor : null;
    },
    move: (terms, step) => terms.map((term, j) => term + step[j]!),
    lastStep: SETTLED,
    isTooFar: (terms) => ridge === 0 && terms.some((term) => Math.abs(term) > TOO_LARGE),
  });
  if (summit === null) return null;
  const { at: terms, factor, here } = summit;
  const fitted = leftOut.reduce((count, out) => count + 1 - out, 0);
  return { terms, factor, fitted, ridge, probabilities: here.probabilities };
}

function requireRows({ plus, minus, strengths, features, trials, successes }: LogisticData): void {
  const n = trials.length;
  const columns = strengths > 0 ? [plus, minus, successes, ...features] : [successes, ...features];
  if (columns.some((column) => column.length !== n)) throw new RangeError("The columns differ in length.");
  for (let i = 0; i < n; i++) {
    if (!(successes[i]! >= 0 && successes[i]! <= trials[i]!)) {
      throw new RangeError(`${successes[i]} successes of ${trials[i]} in row ${i}.`);
    }
  }
}
