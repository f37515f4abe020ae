import { REASONS } from "../../contract/reasons.ts";
import { drawBinomial, type Outwards } from "./draw-binomial.ts";
import { type Interval, isRefused, type NotEstimable, UPPER } from "../estimate.ts";
import { quantileSorted } from "../quantile.ts";
import type { Random } from "./random.ts";
import { exactBinomial } from "../intervals/exact-binomial.ts";

/** How many studies are drawn from the one at hand. */
const RESAMPLES = 1000;

/** Drawing how often a mean comes takes as long as drawing about so many prompts. */
const PROMPTS_PER_CLASS = 30;

/**
 * 95 % interval for the mean over prompts by resampling: which means would studies have whose prompts are drawn from
 * these, with replacement, each with all its judgments?
 *
 * `means` are the prompts' mean scores, 0 to 1, in an order that does not depend on how they are stored. As many
 * prompts are drawn as there are, 1,000 times over; the limits are the quantiles at 2.5 % and 97.5 %, between two
 * neighbours by their distance. Where many prompts share a mean only the number of times that each mean comes is
 * drawn, by conditional binomials, which has the same distribution. It takes annotators as they are, so it stands
 * beside the two-way interval and not in its place; with few prompts it is somewhat too narrow. Source: B. Efron,
 * Annals of Statistics 7 (1979); whole prompts: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their
 * Application (1997), section 3.8.
 * Edges: refused without prompts and with one. Where every prompt has the same mean, resampling would give a point:
 * at 0 or 1 the exact binomial interval on the number of prompts stands instead, between them it is refused.
 * @throws RangeError where a mean is outside 0 to 1.
 */
export function resampledByPrompt(given: { means: Float64Array; random: Random }): Interval | NotEstimable {
  const means = given.means.slice().sort();
  if (!means.every((mean) => mean >= 0 && mean <= 1))
    throw new RangeError("A prompt's mean is not in 0 to 1.");
  const prompts = means.length;
  if (prompts === 0) return { notEstimable: REASONS.noJudgments };
  if (prompts === 1) return { notEstimable: REASONS.onePrompt };
  if (means[0] === means[prompts - 1]) return intervalOfSame(means[0]!, prompts);
  const classes = classesOf(means);
  const isShared = classes.values.length * PROMPTS_PER_CLASS < prompts;
  const draw = isShared ? () => drawByClass(classes, given.random) : () => drawOneByOne(means, given.random);
  const drawn = Float64Array.from({ length: RESAMPLES }, draw).sort();
  return {
    low: quantileSorted(drawn, 1 - UPPER),
    high: quantileSorted(drawn, UPPER),
    method: `prompts resampled ${RESAMPLES.toLocaleString("en")} times, percentiles`,
  };
}

function intervalOfSame(mean: number, prompts: number): Interval | NotEstimable {
  if (mean > 0 && mean < 1) return { notEstimable: REASONS.sameMean };
  const share = exactBinomial(mean * prompts, prompts);
  return isRefused(share) ? share : { ...share, method: `exact binomial (${prompts} prompts)` };
}

interface Classes {
  readonly values: number[];
  readonly counts: number[];
  /** Of how often each class is drawn, by how many are left to draw. */
  readonly known: (Outwards | undefined)[][];
}

function classesOf(sorted: Float64Array): Classes {
  const classes: Classes = { values: [], counts: [], known: [] };
  for (const mean of sorted) {
    if (mean === classes.values.at(-1)) classes.counts[classes.counts.length - 1]!++;
    else {
      classes.values.push(mean);
      classes.counts.push(1);
      classes.known.push([]);
    }
  }
  return classes;
}

/** How often each mean comes: of what is left to draw, a share as large as its share of the prompts left. */
function drawByClass({ values, counts, known }: Classes, random: Random): number {
  const prompts = counts.reduce((sum, count) => sum + count, 0);
  let [toDraw, behind, sum] = [prompts, prompts, 0];
  for (let c = 0; c < values.length && toDraw > 0; c++) {
    const times = drawBinomial(random, { n: toDraw, p: counts[c]! / behind }, known[c]);
    sum += times * values[c]!;
    toDraw -= times;
    behind -= counts[c]!;
  }
  return sum / prompts;
}

function drawOneByOne(means: Float64Array, random: Random): number {
  const each = Math.floor(2 ** 32 / means.length); // random numbers that stand for one prompt
  const fair = each * means.length;
  let sum = 0;
  for (let k = 0; k < means.length;) {
    const number = random();
    if (number >= fair) continue;
    sum += means[Math.floor(number / each)]!;
    k++;
  }
  return sum / means.length;
}
