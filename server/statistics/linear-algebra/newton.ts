import { type Factor, solve } from "./cholesky.ts";

/** What a look at a log-likelihood tells of one point. */
interface Slope {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
}

/** The highest point, to a last step that was found and not taken. */
interface Summit<S extends Slope> {
  readonly at: Float64Array;
  readonly here: S;
  readonly step: Float64Array;
  /** Minus the second derivatives there, taken apart. */
  readonly factor: Factor;
  readonly iterations: number;
}

interface Climb<S extends Slope> {
  readonly start: Float64Array;
  readonly look: (at: Float64Array) => S;
  /** Minus the second derivatives, taken apart; null ends the climb. */
  readonly factorOf: (here: S) => Factor | null;
  readonly move: (from: Float64Array, step: Float64Array) => Float64Array;
  /** No parameter moves by more in the last step. */
  readonly lastStep: number;
  /** Where this holds of a point there is no highest one. */
  readonly isTooFar?: (at: Float64Array) => boolean;
}

const ITERATIONS_MOST = 200;
const HALVINGS_MOST = 60;

/**
 * Where is a concave log-likelihood highest? Newton's method; steps that overshoot are halved. Null where no highest
 * point is found. Source: S. Boyd and L. Vandenberghe, Convex Optimization (2004), section 9.5.
 */
export function climb<S extends Slope>(given: Climb<S>): Summit<S> | null {
  let at = given.start;
  let here = given.look(at);
  for (let iterations = 1; iterations <= ITERATIONS_MOST; iterations++) {
    const factor = given.factorOf(here);
    if (factor === null) return null;
    const step = solve(factor, here.gradient);
    if (step.every((by) => Math.abs(by) <= given.lastStep)) return { at, here, step, factor, iterations };
    const next = takeStep(given, { at, here, step });
    if (next === null || given.isTooFar?.(next.at) === true) return null;
    ({ at, here } = next);
  }
  return null;
}

/** The first of ever smaller steps that does not lead down; null: none is found. */
function takeStep<S extends Slope>(
  { look, move }: Climb<S>,
  from: { at: Float64Array; here: S; step: Float64Array },
): { at: Float64Array; here: S } | null {
  const height = from.here.logLikelihood;
  const least = height - 1e-12 * Math.abs(height); // rounding is no descent
  for (let halvings = 0, share = 1; halvings < HALVINGS_MOST; halvings++, share /= 2) {
    const at = move(from.at, share === 1 ? from.step : from.step.map((by) => share * by));
    const here = look(at);
    if (here.logLikelihood >= least) return { at, here };
  }
  return null;
}
