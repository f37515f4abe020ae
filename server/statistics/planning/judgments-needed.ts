import { REASONS } from "../../contract/reasons.ts";
import { linearisedByPrompt } from "../intervals/by-prompt-mean.ts";
import { isRefused, type NotEstimable } from "../estimate.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { unclusteredVariance, varianceParts } from "../intervals/sandwich.ts";
import { scoreLimits } from "../intervals/score-limits.ts";
import {
  type MeasuredVariance,
  measuredVariance,
  ofAnnotators,
  type OneWay,
  type VarianceParts,
} from "../intervals/two-way.ts";

/** Of fewer annotators nobody can tell how much annotators differ, so that more prompts alone are no remedy. */
const FEW_ANNOTATORS = 10;

interface Needed {
  readonly halfWidth: number;
  readonly prompts: number;
  readonly judgments: number;
  /** Of those who are a sample of annotators, as many as that takes; null where the annotators are fixed. */
  readonly annotators: number | null;
  /** Why the annotators at hand are too few however many prompts they judge; null where they may be enough. */
  readonly limit: string | null;
}

/**
 * How many prompts and annotators, with as many judgments a prompt as now, would give the half-tie rate by prompt a
 * 95 % interval of this half-width (half of high less low)?
 *
 * With V the variance of the estimate on P prompts, N prompts have V P / N, if annotators grow in number with them:
 * A N / P. N is the smallest whole number from 2 for which the score interval of V P / N is so narrow, with the degrees of
 * freedom that N prompts would have: the number of clusters grows in the same proportion. At N = P that is the interval of the
 * report. More prompts for the same A annotators leave what annotators differ in: with d = max(0, V_a − V_pa) no number
 * of prompts does where the interval of d is wider, on A − 1 df (of uneven annotators, on what they are worth, less 1), and with fewer than 10 annotators d is too little known to tell;
 * `limit` then says so. Assumes that further prompts and annotators are like those at hand. Source: the interval's own
 * formula, solved for its size. Example: prompts' means with standard deviation 0.4, one judgment each: 249 prompts for
 * 0.05. Edges: refused where no interval can be had, and where prompts' means do not vary.
 * @throws RangeError where the half-width is not above 0, or the scores are not as many as the judgments.
 */
export function judgmentsNeeded(given: {
  scores: Float64Array;
  sampling: Sampling;
  halfWidth: number;
}): Needed | NotEstimable {
  const { scores, sampling, halfWidth } = given;
  if (!(halfWidth > 0)) throw new RangeError(`${halfWidth} is no half-width.`);
  if (scores.length !== sampling.judgments)
    throw new RangeError(`${scores.length} scores for ${sampling.judgments} judgments.`);
  if (sampling.refused !== null) return sampling.refused;
  const { influence, value } = linearisedByPrompt(scores, sampling);
  const parts = varianceParts(influence, sampling);
  if (isRefused(parts)) return parts;
  if (isRefused(measuredVariance(parts))) return { notEstimable: REASONS.promptsDoNotVary };
  const now = sampling.prompts.count;
  const isNarrow = (measured: MeasuredVariance) => halfOf(scoreLimits(value, measured)) <= halfWidth;
  const prompts = smallestFrom(2, (count) => isNarrow(grownTo(parts, count, now)));
  const grown = (count: number) => Math.ceil((prompts * count) / now);
  return {
    ...{ halfWidth, prompts, judgments: grown(sampling.judgments) },
    annotators: sampling.fixedAnnotators ? null : grown(sampling.annotators.count),
    limit: limitOf(isNarrow(staysOf(parts, sampling, influence)), sampling),
  };
}

/** The variance with more prompts, and more annotators in the same proportion. */
function grownTo(
  { main, annotators, crossed }: VarianceParts,
  prompts: number,
  now: number,
): MeasuredVariance {
  const grown = ({ variance, clusters }: OneWay): OneWay => ({
    variance: (variance * now) / prompts,
    clusters: Math.max(2, (clusters * prompts) / now),
  });
  const measured = measuredVariance({
    main: grown(main),
    annotators: annotators === null ? null : grown(annotators),
    crossed: (crossed * now) / prompts,
  });
  return isRefused(measured) ? { variance: 0, df: 1 } : measured; // so many prompts that nothing is left of it
}

/** What the annotators at hand differ in, which no number of prompts takes away, on what they are worth. */
function staysOf(parts: VarianceParts, { clusteredBy }: Sampling, influence: Float64Array): MeasuredVariance {
  const { main, annotators } = parts;
  if (clusteredBy !== "annotator")
    return { variance: ofAnnotators(parts), df: (annotators ?? main).clusters - 1 };
  const alone = unclusteredVariance(influence);
  const variance = typeof alone === "number" ? Math.max(0, main.variance - alone) : 0;
  return { variance, df: main.clusters - 1 };
}

const halfOf = ({ low, high }: { low: number; high: number }): number => (high - low) / 2;

function limitOf(isEnough: boolean, { annotators, clusteredBy }: Sampling): string | null {
  if (clusteredBy !== "both" && clusteredBy !== "annotator") return null;
  const { count } = annotators;
  if (count >= FEW_ANNOTATORS && isEnough) return null;
  return `the number of annotators is the limit: more prompts for the same ${count} annotators would not do`;
}

/** The smallest whole number from `least` on for which `holds`, which holds for all numbers above one for which it does. */
function smallestFrom(least: number, holds: (n: number) => boolean): number {
  if (holds(least)) return least;
  let [low, high] = [least, least + 1];
  while (!holds(high)) [low, high] = [high, high + 2 * (high - low)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
