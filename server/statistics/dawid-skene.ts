import type { NotEstimable } from "./estimate.ts";

/** Labels of items: one element a label; codes from 0. */
export interface Labelled {
  readonly items: Int32Array;
  readonly annotators: Int32Array;
  readonly labels: Uint8Array;
  readonly itemCount: number;
  readonly annotatorCount: number;
  /** How many labels there are to choose from. */
  readonly classes: number;
  /**
   * Whether the first and the last label are the same thing seen from two sides, as "the first system" and "the second"
   * are where pairs of systems differ: what is learnt of one then holds for the other turned round.
   */
  readonly mirrored: boolean;
}

export interface DawidSkene {
  /** [item × classes + class]: how likely the class is the item's true one. */
  readonly posterior: Float64Array;
  /** How common each class is. */
  readonly prior: Float64Array;
  /** [(annotator × classes + true class) × classes + label]: how often the annotator says the label. */
  readonly confusion: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  readonly logLikelihood: number;
}

const ROUNDS_MAX = 100;
/** Change of the log likelihood, in proportion, below which nothing moves any more. */
const TOLERANCE = 1e-7;
/** Stands for a count of nothing, so that no label is impossible. */
const NOTHING = 1e-10;

/**
 * The true labels of items and how each annotator errs, learnt from each other (Dawid and Skene's model by EM).
 *
 * Begins with each item's shares of labels. Then by turns: the prior of class k is the mean of its posteriors and an
 * annotator's confusion e_kl the share of label l among what they said of items, weighted by how likely those are of
 * class k; the posterior of class k is ∝ prior_k ∏ e_kl over the item's labels, in logarithms. Ends where the log
 * likelihood changes by less than 1e-7 in proportion, or after 100 rounds. Assumes that annotators err independently of
 * each other and alike on all items. Source: A. P. Dawid and A. M. Skene, Applied Statistics 28 (1979).
 * Example: their anaesthetists' data: priors .400, .422, .112, .067, log likelihood −192.891.
 * Edges: refused without labels, with one annotator, and where no item has two labels. An annotator who never met a
 * class has every label alike there. @throws RangeError where a code is out of range.
 */
export function dawidSkene(given: Labelled): DawidSkene | NotEstimable {
  const refused = whyRefused(given);
  if (refused !== null) return { notEstimable: refused };
  const state = {
    posterior: sharesOf(given),
    prior: new Float64Array(given.classes),
    confusion: new Float64Array(given.annotatorCount * given.classes * given.classes),
  };
  let logLikelihood = -Infinity;
  for (let round = 1; ; round++) {
    learn(given, state);
    const next = judge(given, state);
    const converged = Math.abs(next - logLikelihood) <= TOLERANCE * Math.abs(next);
    logLikelihood = next;
    if (converged || round === ROUNDS_MAX) return { ...state, iterations: round, converged, logLikelihood };
  }
}

type State = Pick<DawidSkene, "posterior" | "prior" | "confusion">;

function whyRefused({
  items,
  annotators,
  labels,
  itemCount,
  annotatorCount,
  classes,
}: Labelled): string | null {
  if (items.length === 0) return "no judgments yet";
  const times = new Int32Array(itemCount);
  const first = annotators[0];
  let [several, again] = [false, false];
  for (let i = 0; i < items.length; i++) {
    const [item, annotator] = [items[i]!, annotators[i]!];
    const isIn = item >= 0 && item < itemCount && annotator >= 0 && annotator < annotatorCount;
    if (!isIn || labels[i]! >= classes) throw new RangeError(`Row ${i} has a code that is out of range.`);
    several ||= annotator !== first;
    again ||= ++times[item]! > 1;
  }
  if (!several) return "only one annotator";
  return again ? null : "no comparison has two judgments";
}

function sharesOf({ items, labels, itemCount, classes }: Labelled): Float64Array {
  const shares = new Float64Array(itemCount * classes);
  const times = new Int32Array(itemCount);
  for (let i = 0; i < items.length; i++) {
    shares[items[i]! * classes + labels[i]!]! += 1;
    times[items[i]!]!++;
  }
  for (let item = 0; item < itemCount; item++) {
    const all = times[item]!;
    for (let k = 0; k < classes && all > 0; k++) shares[item * classes + k]! /= all;
  }
  return shares;
}

/** The M step: how common classes are, and how annotators err. */
function learn(given: Labelled, { posterior, prior, confusion }: State): void {
  const { items, annotators, labels, classes, mirrored } = given;
  prior.fill(NOTHING);
  confusion.fill(NOTHING);
  for (let at = 0; at < posterior.length; at += classes) {
    for (let k = 0; k < classes; k++) prior[k]! += posterior[at + k]!;
  }
  for (let i = 0; i < items.length; i++) {
    const from = items[i]! * classes;
    let to = annotators[i]! * classes * classes + labels[i]!;
    for (let k = 0; k < classes; k++, to += classes) confusion[to]! += posterior[from + k]!;
  }
  if (mirrored) {
    turnRound(prior, classes);
    for (let at = 0; at < confusion.length; at += classes * classes) {
      turnRound(confusion.subarray(at, at + classes * classes), classes * classes);
    }
  }
  normalise(prior, classes);
  normalise(confusion, classes);
}

/** Adds to every count the one at the opposite place: class and label exchanged for their mirror images. */
function turnRound(counts: Float64Array, length: number): void {
  for (let at = 0; at < length / 2; at++) {
    const opposite = length - 1 - at;
    counts[at] = counts[opposite] = counts[at]! + counts[opposite]!;
  }
}

/** Makes every `classes` neighbours add up to 1. */
function normalise(counts: Float64Array, classes: number): void {
  for (let at = 0; at < counts.length; at += classes) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += counts[at + k]!;
    for (let k = 0; k < classes; k++) counts[at + k]! /= sum;
  }
}

/** The E step. @returns the log likelihood */
function judge(given: Labelled, { posterior, prior, confusion }: State): number {
  const { items, annotators, labels, classes, itemCount } = given;
  const logPrior = prior.map(Math.log);
  const logConfusion = confusion.map(Math.log);
  for (let at = 0; at < posterior.length; at += classes) posterior.set(logPrior, at);
  for (let i = 0; i < items.length; i++) {
    const to = items[i]! * classes;
    let from = annotators[i]! * classes * classes + labels[i]!;
    for (let k = 0; k < classes; k++, from += classes) posterior[to + k]! += logConfusion[from]!;
  }
  let logLikelihood = 0;
  for (let item = 0; item < itemCount; item++) logLikelihood += toShares(posterior, item * classes, classes);
  return logLikelihood;
}

/** Turns `classes` logarithms into shares that add up to 1. @returns the logarithm of what they added up to */
function toShares(values: Float64Array, at: number, classes: number): number {
  let most = -Infinity;
  for (let k = 0; k < classes; k++) most = Math.max(most, values[at + k]!);
  let sum = 0;
  for (let k = 0; k < classes; k++) sum += values[at + k] = Math.exp(values[at + k]! - most);
  for (let k = 0; k < classes; k++) values[at + k]! /= sum;
  return most + Math.log(sum);
}
