import { clusteringOf, type Clusters, highest } from "./clustering.ts";
import { type Interval, type NoInterval, robustSpread } from "./robust-interval.ts";
import { wilson } from "./wilson.ts";

/** A mean score from 0 to 1; `value` stands even where the interval cannot be had. */
export type MeanScore = ({ readonly value: number } & (Interval | NoInterval)) | NoInterval;

/**
 * What is the target's mean score over judgments: 1 for a win, ½ for a tie, 0 for a loss?
 * The interval is from the variance of the scores, never Wilson's on their sum, since ties make scores less
 * variable than coin flips. Example: 159 wins, 63 ties, 78 losses give .635 [.587, .683].
 * @param scores each from 0 to 1
 */
export function meanScore(scores: Float64Array, clusters: Clusters): MeanScore {
  const n = scores.length;
  if (n === 0) return { notEstimable: "no judgments" };
  const value = sum(scores) / n;
  const influence = scores.map((score) => (score - value) / n);
  return withInterval({ value, scores, influence, clusters });
}

/**
 * The same with every prompt weighing alike, however often it was judged: the mean over prompts of the mean of
 * the prompt's scores. All turns of a prompt are one prompt.
 */
export function meanScoreByPrompt(scores: Float64Array, clusters: Clusters): MeanScore {
  const n = scores.length;
  if (n === 0) return { notEstimable: "no judgments" };
  const perPrompt = new Float64Array(highest(clusters.prompt) + 1);
  for (const prompt of clusters.prompt) perPrompt[prompt]!++;
  const prompts = perPrompt.reduce((count, judgments) => count + (judgments > 0 ? 1 : 0), 0);
  const weights = Float64Array.from(clusters.prompt, (prompt) => 1 / (prompts * perPrompt[prompt]!));
  const value = scores.reduce((total, score, i) => total + score * weights[i]!, 0);
  const influence = scores.map((score, i) => weights[i]! * (score - value));
  return withInterval({ value, scores, influence, clusters });
}

/**
 * All wins or all losses have no spread to estimate an interval from: a score-type interval stands in, as if
 * each prompt had been judged once. All ties say nothing of how scores vary.
 */
function withInterval(given: {
  value: number;
  scores: Float64Array;
  influence: Float64Array;
  clusters: Clusters;
}): MeanScore {
  const { scores, influence, clusters } = given;
  const value = clip(given.value);
  const spread = robustSpread(influence, clusters);
  if ("notEstimable" in spread) return { value, ...spread };
  const same = scores[0]!;
  if (scores.every((score) => score === same)) {
    if (same !== 0 && same !== 1) return { value: same, notEstimable: "every judgment is a tie" };
    const { prompts } = clusteringOf(clusters);
    return {
      value: same,
      ...wilson(same * prompts, prompts),
      method: `Wilson, one try a prompt (${prompts})`,
    };
  }
  const { half, method } = spread;
  return { value, low: clip(value - half), high: clip(value + half), method };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Keeps what rounding pushed out by a hair inside. */
const clip = (value: number): number => Math.min(1, Math.max(0, value));
