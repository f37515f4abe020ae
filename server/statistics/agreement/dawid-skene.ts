import { REASONS } from "../../contract/reasons.ts";
import type { NotEstimable } from "../estimate.ts";
import { squarem } from "../linear-algebra/squarem.ts";

/** Labels of items: one element a label; codes from 0. @internal */
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
  /** [(annotator × classes + label) × classes + true class]: how often the annotator says the label. */
  readonly confusion: Float64Array;
  /** How many walks over the labels it took. */
  readonly iterations: number;
  readonly logLikelihood: number;
}

/** Walks over all labels, beyond which the search is given up. */
const ROUNDS_MAX = 300;
/** No share moves by more in a step of EM where it has settled. */
const SETTLED = 1e-6;
/** Stands for a count of nothing, so that no label is impossible. */
const NOTHING = 1e-10;
/** Likelihoods are multiplied down to this; what is left of the range of numbers holds one item's product. */
const SMALL = 1e-90;
/** Labels of an item up to which products of shares stay in the range of numbers: no share is below 1e-17. */
const FEW = 12;

/**
 * The true labels of items and how each annotator errs, learnt from each other (Dawid and Skene's model by EM).
 *
 * Begins with each item's shares of labels. Then by turns: the prior of class k is the mean of its posteriors and an
 * annotator's confusion e_kl the share of label l among what they said of items, weighted by how likely those are of
 * class k; the posterior of class k is ∝ prior_k ∏ e_kl over the item's labels. Squared extrapolation (see squarem.ts)
 * shortens the way. Ends where a step of EM moves no share by more than 1e-6; refused where that takes more than 300
 * walks over the labels. Assumes that annotators err independently of each other and alike on all items.
 * Source: A. P. Dawid and A. M. Skene, Applied Statistics 28 (1979).
 * Example: their anaesthetists' data: priors .400, .422, .112, .067, log likelihood −192.891.
 * Edges: refused without labels, with one annotator, and where no item has two labels. An annotator who never met a
 * class has every label alike there. @throws RangeError where a code is out of range.
 */
export function dawidSkene(given: Labelled): DawidSkene | NotEstimable {
  const refused = whyRefused(given);
  if (refused !== null) return { notEstimable: refused };
  const said = byItem(given);
  const posterior = new Float64Array(given.itemCount * given.classes);
  const found = squarem({
    start: normalised(countShares(said), given),
    look: (model) => {
      const counts = noCounts(given);
      const height = judge(said, model, { posterior, counts });
      return { height, next: normalised(counts, given) };
    },
    bringBack: (model) => {
      for (let j = 0; j < model.length; j++) model[j] = Math.max(NOTHING, model[j]!);
      normalise(model, given.classes);
    },
    settled: SETTLED,
    looksMost: ROUNDS_MAX,
  });
  if (!found.converged) return { notEstimable: REASONS.notConverged(ROUNDS_MAX) };
  const { at, height: logLikelihood, looks: iterations } = found;
  return {
    prior: priorOf(at, given),
    confusion: confusionOf(at, given),
    posterior,
    iterations,
    logLikelihood,
  };
}

/** How common classes are, and behind that how annotators err: as counts or as shares. */
type Model = Float64Array;

const priorOf = (model: Model, { classes }: { classes: number }) => model.subarray(0, classes);
const confusionOf = (model: Model, { classes }: { classes: number }) => model.subarray(classes);

/** Labels in the order of their items. */
interface Said {
  readonly classes: number;
  readonly annotatorCount: number;
  /** Item i has the labels from [i] to [i + 1]. */
  readonly from: Int32Array;
  /** Where a label of its annotator stands in the model for true class 0; the other classes follow. */
  readonly place: Int32Array;
}

function whyRefused({
  items,
  annotators,
  labels,
  itemCount,
  annotatorCount,
  classes,
}: Labelled): string | null {
  if (items.length === 0) return REASONS.noJudgments;
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
  if (!several) return REASONS.oneAnnotator;
  return again ? null : REASONS.noPairedJudgments;
}

function byItem({ items, annotators, labels, itemCount, annotatorCount, classes }: Labelled): Said {
  const from = new Int32Array(itemCount + 1);
  for (const item of items) from[item + 1]!++;
  for (let item = 0; item < itemCount; item++) from[item + 1]! += from[item]!;
  const next = from.slice();
  const place = new Int32Array(items.length);
  for (let i = 0; i < items.length; i++)
    place[next[items[i]!]!++] = classes * (1 + annotators[i]! * classes + labels[i]!);
  return { classes, annotatorCount, from, place };
}

const noCounts = ({ annotatorCount, classes }: Pick<Labelled, "annotatorCount" | "classes">): Model =>
  new Float64Array(classes + annotatorCount * classes * classes).fill(NOTHING);

/** Where EM begins: each item's shares of labels, counted as if they were posteriors. */
function countShares(said: Said): Model {
  const { classes, from, place } = said;
  const labelOf = (at: number) => (at / classes - 1) % classes;
  const counts = noCounts(said);
  const shares = new Float64Array(classes);
  for (let item = 0; item + 1 < from.length; item++) {
    const [start, end] = [from[item]!, from[item + 1]!];
    shares.fill(0);
    for (let i = start; i < end; i++) shares[labelOf(place[i]!)]! += 1 / (end - start);
    count(counts, said, item, { shares, at: 0 });
  }
  return counts;
}

/** Adds an item's shares, `classes` of them from `at`, to how common classes are and to what its annotators said. */
function count(
  counts: Model,
  { classes, from, place }: Said,
  item: number,
  { shares, at }: { shares: Float64Array; at: number },
): void {
  const [start, end] = [from[item]!, from[item + 1]!];
  for (let k = 0; k < classes; k++) {
    const share = shares[at + k]!;
    counts[k]! += share;
    for (let i = start; i < end; i++) counts[place[i]! + k]! += share;
  }
}

/** The M step: counts made shares. */
function normalised(counts: Model, { classes, mirrored }: Labelled): Model {
  if (mirrored) {
    turnRound(counts, { from: 0, length: classes });
    const length = classes * classes;
    for (let from = classes; from < counts.length; from += length) turnRound(counts, { from, length });
  }
  normalise(counts, classes);
  return counts;
}

/** Adds to every count the one at the opposite place: class and label exchanged for their mirror images. */
function turnRound(counts: Model, { from, length }: { from: number; length: number }): void {
  for (let at = from, opposite = from + length - 1; at <= opposite; at++, opposite--) {
    counts[at] = counts[opposite] = counts[at]! + counts[opposite]!;
  }
}

/** Makes the prior add up to 1, and what an annotator says of each class. */
function normalise(model: Model, classes: number): void {
  toShares(model, { from: 0, step: 1, count: classes });
  for (let from = classes; from < model.length; from += classes * classes)
    for (let k = 0; k < classes; k++) toShares(model, { from: from + k, step: classes, count: classes });
}

/**
 * The E step, and the counts for the next M step in the same walk. An item without labels is as likely of each class as
 * classes are common, and counts nowhere.
 * @returns the log likelihood
 */
function judge(said: Said, model: Model, made: { posterior: Float64Array; counts: Model }): number {
  const { classes, from, place } = said;
  const { posterior, counts } = made;
  let logLikelihood = 0;
  // A logarithm costs more than all the rest of an item: likelihoods are multiplied for as long as numbers hold them.
  let likelihood = 1;
  for (let item = 0, at = 0; item + 1 < from.length; item++, at += classes) {
    const start = from[item]!;
    const end = from[item + 1]!;
    if (classes === 3 && end > start && end - start <= FEW) {
      // `weigh` and `count` written out, since a report walks its labels hundreds of times; the same to the last bit.
      // Numbers taken from a list in one go would take twice as long.
      let first = model[0]!;
      let second = model[1]!;
      let third = model[2]!;
      for (let i = start; i < end; i++) {
        const label = place[i]!;
        first *= model[label]!;
        second *= model[label + 1]!;
        third *= model[label + 2]!;
      }
      const sum = second + (first + third);
      likelihood *= sum;
      counts[0]! += posterior[at] = first /= sum;
      counts[1]! += posterior[at + 1] = second /= sum;
      counts[2]! += posterior[at + 2] = third /= sum;
      for (let i = start; i < end; i++) {
        const label = place[i]!;
        counts[label]! += first;
        counts[label + 1]! += second;
        counts[label + 2]! += third;
      }
    } else {
      if (end - start > FEW) logLikelihood += weighMany(said, model, item, posterior);
      else likelihood *= weigh(said, model, item, posterior);
      if (end > start) count(counts, said, item, { shares: posterior, at });
    }
    if (likelihood < SMALL) {
      logLikelihood += Math.log(likelihood);
      likelihood = 1;
    }
  }
  return logLikelihood + Math.log(likelihood);
}

/** The posterior of an item with few labels, put into its place. @returns its likelihood */
function weigh({ classes, from, place }: Said, model: Model, item: number, posterior: Float64Array): number {
  const [start, end] = [from[item]!, from[item + 1]!];
  for (let k = 0; k < classes; k++) {
    let product = model[k]!;
    for (let i = start; i < end; i++) product *= model[place[i]! + k]!;
    posterior[item * classes + k] = product;
  }
  return toShares(posterior, { from: item * classes, step: 1, count: classes });
}

/** The same by logarithms, for any number of labels. @returns the logarithm of its likelihood */
function weighMany(
  { classes, from, place }: Said,
  model: Model,
  item: number,
  posterior: Float64Array,
): number {
  const at = item * classes;
  for (let k = 0; k < classes; k++) {
    let sum = Math.log(model[k]!);
    for (let i = from[item]!; i < from[item + 1]!; i++) sum += Math.log(model[place[i]! + k]!);
    posterior[at + k] = sum;
  }
  const most = Math.max(...posterior.subarray(at, at + classes));
  for (let k = 0; k < classes; k++) posterior[at + k] = Math.exp(posterior[at + k]! - most);
  return most + Math.log(toShares(posterior, { from: at, step: 1, count: classes }));
}

/** Every `step`th of `count` values from `from`. */
interface Places {
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

/**
 * Divides values by their sum. Adds from both ends at once, so that mirrored values have the same sum to the last bit:
 * EM may stay near a saddle for many rounds, where the smallest difference grows.
 * @returns the sum
 */
function toShares(values: Float64Array, { from, step, count }: Places): number {
  const end = from + count * step;
  let sum = count % 2 === 1 ? values[from + ((count - 1) / 2) * step]! : 0;
  for (let low = from, high = end - step; low < high; low += step, high -= step)
    sum += values[low]! + values[high]!;
  for (let at = from; at < end; at += step) values[at]! /= sum;
  return sum;
}
