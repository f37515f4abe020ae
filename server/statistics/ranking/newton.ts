import { REASONS } from "../../contract/reasons.ts";
import { factorWhole, inverse } from "../linear-algebra/cholesky.ts";
import { climb } from "../linear-algebra/newton.ts";
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

/**
 * The parameters at which a concave log-likelihood is highest, by Newton's method.
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
  const { systems } = counts;
  const room = new Float64Array(start.length ** 2); // for one information after the other: a report fits thousands of times
  const summit = climb({
    start: centre(start.slice(), systems),
    look: (at) => evaluate(model, counts, at, room),
    factorOf: ({ information, gradient }) => {
      pin(information, systems, gradient.length);
      return factorWhole(information, gradient.length, information);
    },
    move: (from, step) => moved(from, step, systems),
    lastStep: LAST_STEP,
  });
  if (summit === null) return { notEstimable: REASONS.lopsided };
  const { at, step, here, iterations } = summit;
  return { parameters: moved(at, step, systems), logLikelihood: here.logLikelihood, iterations };
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
  const factor = factorWhole(information, size);
  if (factor === null) return null;
  const inverted = inverse(factor);
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
  const to = new Float64Array(from.length);
  for (let i = 0; i < to.length; i++) to[i] = from[i]! + step[i]!;
  return centre(to, systems);
}

/** Takes the mean of the first `systems` values off them, in place. */
function centre(values: Float64Array, systems: number): Float64Array {
  let sum = 0;
  for (let i = 0; i < systems; i++) sum += values[i]!;
  for (let i = 0; i < systems; i++) values[i]! -= sum / systems;
  return values;
}
