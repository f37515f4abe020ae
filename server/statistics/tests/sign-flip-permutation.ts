import { REASONS } from "../../contract/reasons.ts";
import type { NotEstimable } from "../estimate.ts";
import type { Random } from "../resampling/random.ts";
import type { LeanClass } from "./lean-class.ts";
import { drawnSignFlips, SIGN_FLIP_DRAWS } from "./sign-flip-draws.ts";
import { exactSignFlips, greatestCommonDivisor } from "./sign-flip-exact.ts";

interface SignFlipTest {
  p: number;
  /** Prompts that lean to either side; the others weigh nothing. */
  prompts: number;
  method: string;
}

/**
 * Two-sided sign-flip permutation test of the mean over prompts: if the two systems were interchangeable, how often
 * would the half-tie rate by prompt be at least this far from one half?
 *
 * Prompt p leans by v_p = (wins − losses) / judgments of the prompt, twice its mean score's distance from ½. Were the
 * systems interchangeable, each prompt might as well have leaned the other way, all its judgments and turns together:
 * the 2^P ways to put a sign before each |v_p| are equally likely, and p is the share of them whose sum is at least
 * as far from 0 as the one observed. `sums` holds wins − losses of each prompt, `sizes` its number of judgments.
 *
 * Exact by convolution where the |v_p| lie on a grid that fits (see exactSignFlips), else from 100,000 drawn flips,
 * with one added to both counts because the observed signs are one of the ways. Assumes independent prompts; signs
 * for single judgments would take those of a prompt for independent and reject too often.
 * Source: R. A. Fisher, The Design of Experiments (1935), section 21; the added one: B. Phipson and G. Smyth,
 * Statistical Applications in Genetics and Molecular Biology 9 (2010). Example: three prompts that all lean to the
 * target: 2 of 8 ways, p = 0.25. With one judgment a prompt it is the sign test.
 * Edges: refused without judgments, and where no prompt leans. A sum of 0 gives 1.
 * @throws RangeError where the columns differ in length, a size is below 1, or a sum is larger than its size.
 */
export function signFlipTest(given: {
  sums: Int32Array;
  sizes: Int32Array;
  random: Random;
}): SignFlipTest | NotEstimable {
  const { sums, sizes, random } = given;
  if (sums.length !== sizes.length) throw new RangeError(`${sums.length} sums for ${sizes.length} prompts.`);
  if (sums.length === 0) return { notEstimable: REASONS.noJudgments };
  const classes = leanClasses(sums, sizes);
  if (classes.length === 0) return { notEstimable: REASONS.noPromptLeans };
  const prompts = classes.reduce((total, { count }) => total + count, 0);
  const exact = exactSignFlips(classes);
  if (exact !== null) return { p: exact, prompts, method: "exact sign flips by prompt" };
  const method = `${SIGN_FLIP_DRAWS.toLocaleString("en")} drawn sign flips by prompt`;
  return { p: drawnSignFlips(classes, random), prompts, method };
}

/** Prompts that lean, sorted into classes from the smallest lean to the largest, whatever their order was. */
function leanClasses(sums: Int32Array, sizes: Int32Array): LeanClass[] {
  const classes = new Map<number, { first: number; count: number; net: number }>();
  for (let i = 0; i < sums.length; i++) {
    const [sum, size] = [sums[i]!, sizes[i]!];
    if (size < 1 || Math.abs(sum) > size)
      throw new RangeError(`Prompt ${i} has ${sum} of ${size} judgments.`);
    if (sum === 0) continue;
    const lean = Math.abs(sum) / size; // equal fractions give equal numbers
    const found = classes.get(lean);
    if (found === undefined) classes.set(lean, { first: i, count: 1, net: Math.sign(sum) });
    else {
      found.count++;
      found.net += Math.sign(sum);
    }
  }
  const sorted = [...classes].sort(([a], [b]) => a - b);
  return sorted.map(([, { first, count, net }]) => {
    const [sum, size] = [Math.abs(sums[first]!), sizes[first]!];
    const common = greatestCommonDivisor(sum, size);
    return { numerator: sum / common, denominator: size / common, count, net };
  });
}
