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
  /** By term: 0, or the ridge that keeps it finite. The strengths have it together. */
  readonly ridge: Float64Array;
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
 * they separate successes from failures, they are drawn to 0 by a ridge of 0.1, and `ridge` has which: the fewest of
 * those that move log odds most in a fit with the ridge on all terms, the strengths counting as one.
 * Source: P. McCullagh and J. Nelder, Generalized Linear Models (1989), chapters 2 and 4; separation: A. Albert and
 * J. Anderson, Biometrika 71 (1984). Example: 30 of 40 with a property and 10 of 40 without it: the coefficient of
 * the property is log 9, the log odds ratio. Edge: refused without trials.
 * @throws RangeError where a column differs in length from the others or successes exceed trials.
 */
export function fitLogistic(data: LogisticData): LogisticFit | NotEstimable {
  requireRows(data);
  if (data.trials.length === 0) return { notEstimable: REASONS.noJudgments };
  const size = data.strengths + data.features.length;
  const none = new Float64Array(size);
  const { leftOut } = factorise(passOver(data, none, none).information, size);
  const plain = fitFrom(data, leftOut, none);
  if (plain !== null) return plain;
  const all = fitFrom(
    data,
    leftOut,
    none.map(() => RIDGE),
  );
  if (all === null) return { notEstimable: REASONS.doesNotSettle };
  const some = none.slice();
  for (const { from, to } of byReach(data, all.terms)) {
    some.fill(RIDGE, from, to);
    const fit = fitFrom(data, leftOut, some);
    if (fit !== null) return fit;
  }
  return all;
}

/** Places of terms: all strengths together, and each feature; those first that move the log odds of a row most. */
function byReach({ strengths, features }: LogisticData, terms: Float64Array) {
  const of = terms.subarray(0, strengths);
  const reaches = features.map((column, j) => {
    const largest = column.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const from = strengths + j;
    return { from, to: from + 1, reach: largest * Math.abs(terms[from]!) };
  });
  if (strengths > 0) reaches.push({ from: 0, to: strengths, reach: Math.max(...of) - Math.min(...of) });
  return reaches.sort((a, b) => b.reach - a.reach);
}

/** Newton's method from 0, without the terms that depend on earlier ones; null where terms grow without end. */
function fitFrom(data: LogisticData, dependent: Uint8Array, ridge: Float64Array): LogisticFit | null {
  const leftOut = dependent.slice();
  if (data.strengths > 0 && ridge[0] !== 0) leftOut.fill(0, 0, data.strengths); // a ridge tells strengths from one another
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
    isTooFar: (terms) => terms.some((term, j) => ridge[j] === 0 && Math.abs(term) > TOO_LARGE),
  });
  if (summit === null) return null;
  const { at: terms, factor, here } = summit;
  const fitted = leftOut.reduce((count, out) => count + 1 - out, 0);
  return { terms, factor, fitted, ridge: ridge.slice(), probabilities: here.probabilities };
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
