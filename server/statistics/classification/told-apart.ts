import { wilson } from "../intervals/wilson.ts";
import { isRefused } from "../estimate.ts";
import { type Factor, factorise, solve } from "../linear-algebra/cholesky.ts";
import { type Random, randomBelow } from "../resampling/random.ts";

/** Two texts for each prompt, as numbers. */
interface PairedFeatures {
  /** Prompt by prompt: the features of the first source's text less those of the second's. */
  readonly differences: Float64Array;
  readonly prompts: number;
  readonly features: number;
}

const FOLDS = 5;

/** How well texts of two sources are told apart. */
interface ToldApart {
  /** The share of prompts on which the classifier says rightly which text is whose; a text that it cannot place counts ½. */
  readonly accuracy: number;
  /** The same where every prompt's two texts have changed places by the toss of a coin: what chance alone gives. */
  readonly byChance: () => number;
}

/**
 * How often does a linear classifier that has learnt from other prompts say which of a prompt's two texts is from which source?
 *
 * The prompts are dealt into five folds. For each, weights w are learnt from the differences d of the other folds by ridge
 * regression of “the first source” on them, w = (Σ d dᵀ + λ diag s²)⁻¹ Σ ±d, where ± says which text came first, s² are the mean
 * squares of the features in those folds (so features are standardised there alone) and λ is the number of features; a prompt is
 * right where w · d has the sign of its source. There is no intercept: both texts of a prompt are shown together, so chance is
 * exactly ½, whatever the prompts are like. `byChance` learns and tests anew with the sources changed at random within prompts, which
 * gives the exact permutation test of “nothing tells them apart”.
 * Sources: ridge as classifier: T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning (2009), 3.4 and 4.2;
 * permutation with learning repeated: M. Ojala and G. Garriga, Journal of Machine Learning Research 11 (2010).
 * Example: a feature that is larger in every text of the first source is right on every prompt. Edge: texts without any difference
 * are right on half. @throws RangeError where the differences are not prompts × features, or prompts are fewer than the folds.
 */
export function toldApart(data: PairedFeatures, random: Random): ToldApart {
  const { differences, prompts, features } = data;
  if (differences.length !== prompts * features || prompts < FOLDS)
    throw new RangeError(`${differences.length} differences of ${prompts} prompts and ${features} features.`);
  const fold = foldsOf(prompts, random);
  const learnt = factorsOf(data, fold);
  const accuracyOf = (isTurned: Uint8Array) => accuracy({ ...data, fold, isTurned }, learnt);
  return {
    accuracy: accuracyOf(new Uint8Array(prompts)),
    byChance: () => accuracyOf(Uint8Array.from({ length: prompts }, () => random() & 1)),
  };
}

function foldsOf(prompts: number, random: Random): Uint8Array {
  const fold = Uint8Array.from({ length: prompts }, (_, i) => i % FOLDS);
  for (let i = prompts - 1; i > 0; i--) {
    const j = randomBelow(random, i + 1);
    [fold[i], fold[j]] = [fold[j]!, fold[i]!];
  }
  return fold;
}

/** For each fold, the matrix that its weights are solved with: it does not depend on which source came first. */
function factorsOf({ differences, prompts, features }: PairedFeatures, fold: Uint8Array): Factor[] {
  const squares = Array.from({ length: FOLDS }, () => new Float64Array(features * features));
  const sizes = new Int32Array(FOLDS);
  for (let i = 0; i < prompts; i++) {
    const of = squares[fold[i]!]!;
    sizes[fold[i]!]!++;
    const row = i * features;
    for (let j = 0; j < features; j++) {
      const d = differences[row + j]!;
      if (d !== 0) for (let l = 0; l <= j; l++) of[j * features + l]! += d * differences[row + l]!;
    }
  }
  return squares.map((_, k) => {
    const others = new Float64Array(features * features);
    for (const [other, of] of squares.entries())
      if (other !== k) for (let at = 0; at < others.length; at++) others[at]! += of[at]!;
    const ridge = features / (prompts - sizes[k]!);
    for (let j = 0; j < features; j++) others[j * features + j]! *= 1 + ridge;
    return factorise(others, features);
  });
}

function accuracy(
  data: PairedFeatures & { fold: Uint8Array; isTurned: Uint8Array },
  learnt: readonly Factor[],
): number {
  const { differences, prompts, features, fold, isTurned } = data;
  const sums = learnt.map(() => new Float64Array(features));
  for (let i = 0; i < prompts; i++) {
    const [sum, sign, row] = [sums[fold[i]!]!, isTurned[i] === 1 ? -1 : 1, i * features];
    for (let j = 0; j < features; j++) sum[j]! += sign * differences[row + j]!;
  }
  const weights = learnt.map((factor, k) => {
    const others = new Float64Array(features);
    for (const [other, sum] of sums.entries())
      if (other !== k) for (let j = 0; j < features; j++) others[j]! += sum[j]!;
    return solve(factor, others);
  });
  let right = 0;
  for (let i = 0; i < prompts; i++) {
    const [w, row] = [weights[fold[i]!]!, i * features];
    let score = 0;
    for (let j = 0; j < features; j++) score += w[j]! * differences[row + j]!;
    if (isTurned[i] === 1) score = -score;
    right += score > 0 ? 1 : score === 0 ? 0.5 : 0;
  }
  return right / prompts;
}

/** Two prompts learn from each other, which makes a cross-validated share vary more than as many tosses: by this factor. */
const SHARED = 1 + 2 / Math.PI;

/**
 * A 95 % interval for a cross-validated accuracy over prompts: Wilson's, over n / (1 + 2/π) prompts.
 *
 * A prompt is right or wrong by the sign of a sum over the prompts that were learnt from. Two prompts have one of about n terms in
 * common; for normal sums their signs then correlate by 2/(πn), so the variance of the share is 1 + 2/π times that of n tosses. That
 * is so where nothing tells the sources apart and features are many; where something does, the interval is somewhat wide. An
 * unbiased variance does not exist: Y. Bengio and Y. Grandvalet, Journal of Machine Learning Research 5 (2004). The arcsine law of
 * signs: W. Sheppard (1899). Example: 0.5 of 200 prompts: [0.413, 0.587]. @param prompts at least 1
 */
export function accuracyInterval(accuracy: number, prompts: number): { low: number; high: number } {
  const n = prompts / SHARED;
  const ends = wilson(accuracy * n, n);
  return isRefused(ends) ? { low: 0, high: 1 } : ends;
}
