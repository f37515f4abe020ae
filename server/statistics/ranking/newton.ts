import { REASONS } from "../../contract/reasons.ts";
import { factor, inverse, solve } from "../linear-algebra/dense.ts";
import type { NotEstimable } from "../estimate.ts";
import { evaluate, type PairModel } from "./pair-model.ts";
import type { PairedCounts } from "../judgments/paired-counts.ts";

export interface Maximum {
  /** Log strengths with mean 0, and after them log ν where ties have a parameter. */
  readonly parameters: Float64Array;
  readonly logLikelihood: number;
  readonly iterations: number;
}

/** A step this small is the last: the next one would be about its square. */
const LAST_STEP = 1e-7;
const ITERATIONS_MOST = 200;
const HALVINGS_MOST = 60;

/**
 * The parameters at which a concave log-likelihood is highest, by Newton's method with halved steps.
 *
 * Strengths count from their mean: the information has no curvature along "all strengths alike", so a multiple of the
 * projector on that direction is added before it is factored, which changes no step. Assumes that there is a highest
 * point (see isStronglyConnected and tiesAreBounded); where rounding hides it the fit is refused.
 */
export function maximise(
  model: PairModel,
  counts: PairedCounts,
  start: Float64Array,
): Maximum | NotEstimable {
  let at = centred(start, counts.systems);
  let here = evaluate(model, counts, at);
  for (let iterations = 1; iterations <= ITERATIONS_MOST; iterations++) {
    const size = at.length;
    pin(here.information, counts.systems, size);
    if (!factor(here.information, size)) break;
    const step = here.gradient.slice();
    solve(here.information, size, step);
    if (step.every((by) => Math.abs(by) <= LAST_STEP)) {
      return { parameters: moved(at, step, counts.systems), logLikelihood: here.logLikelihood, iterations };
    }
    const least = here.logLikelihood - 1e-12 * Math.abs(here.logLikelihood); // rounding is no descent
    let next = here;
    let to = at;
    for (let halvings = 0; halvings < HALVINGS_MOST; halvings++) {
      to = moved(at, step, counts.systems);
      next = evaluate(model, counts, to);
      if (next.logLikelihood >= least) break;
      for (let i = 0; i < size; i++) step[i]! /= 2;
    }
    at = to;
    here = next;
  }
  return { notEstimable: REASONS.lopsided };
}

/**
 * The pseudo-inverse of the information at some parameters: the covariance that a model's own assumptions give, with
 * strengths counted from their mean. Null where rounding hides it.
 */
export function inverseInformation(
  model: PairModel,
  counts: PairedCounts,
  at: Float64Array,
): Float64Array | null {
  const { information } = evaluate(model, counts, at);
  const size = at.length;
  const pinned = pin(information, counts.systems, size);
  if (!factor(information, size)) return null;
  const inverted = inverse(information, size);
  forStrengths(counts.systems, size, (element) => (inverted[element]! -= 1 / (counts.systems * pinned)));
  return inverted;
}

/** Adds c J / systems to the block of the strengths, c being its mean diagonal, and returns c. */
function pin(information: Float64Array, systems: number, size: number): number {
  let trace = 0;
  for (let i = 0; i < systems; i++) trace += information[i * size + i]!;
  const scale = trace / systems;
  forStrengths(systems, size, (element) => (information[element]! += scale / systems));
  return scale;
}

function forStrengths(systems: number, size: number, change: (element: number) => void): void {
  for (let i = 0; i < systems; i++) for (let j = 0; j < systems; j++) change(i * size + j);
}

function moved(from: Float64Array, step: Float64Array, systems: number): Float64Array {
  return centred(
    from.map((value, i) => value + step[i]!),
    systems,
  );
}

/** Takes the mean of the first `systems` values off them. */
function centred(values: Float64Array, systems: number): Float64Array {
  let sum = 0;
  for (let i = 0; i < systems; i++) sum += values[i]!;
  return values.map((value, i) => (i < systems ? value - sum / systems : value));
}
