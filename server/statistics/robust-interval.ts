import { type Clustering, clusteringOf, type Clusters } from "./clustering.ts";
import { clusterVariance, twoWayVariance } from "./sandwich.ts";
import { studentQuantile } from "./special/student-t.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly method: string;
}
export interface NoInterval {
  readonly notEstimable: string;
}
/** An estimate's spread: half the width of its interval, or why it has none. `standardError` 0: see each caller. */
export type Spread =
  { readonly half: number; readonly standardError: number; readonly method: string } | NoInterval;

/**
 * The half-width of the 95 % interval of an estimate, robust to whatever repeats in its judgments: nothing,
 * prompts, annotators, or both. The quantile is Student's t with the smaller number of clusters less one.
 * A model or a group's only annotator is fixed: the interval is then about other prompts, not other annotators.
 */
export function robustSpread(influence: Float64Array, clusters: Clusters): Spread {
  const clustering = clusteringOf(clusters);
  const reason = whyNot(clustering, influence.length);
  if (reason !== null) return { notEstimable: reason };
  const variance = varianceBy(clustering, influence, clusters);
  const df = degreesOfFreedom(clustering, influence.length);
  const standardError = Math.sqrt(Math.max(0, variance));
  return {
    half: studentQuantile(0.975, df) * standardError,
    standardError,
    method: methodName(clustering, df),
  };
}

/** Why these judgments allow no interval; null where they do. */
export function whyNot({ by, prompts, annotators }: Clustering, n: number): string | null {
  if (n === 0) return "no judgments";
  if (n === 1) return "only one judgment";
  if (prompts === 1) return "only one prompt";
  if (by.includes("annotator") && annotators === 1) return "only one annotator";
  return null;
}

function varianceBy({ by }: Clustering, influence: Float64Array, clusters: Clusters): number {
  if (by === "prompt and annotator") return twoWayVariance(influence, clusters);
  return clusterVariance(influence, by === "annotator" ? clusters.annotator : clusters.prompt);
}

function degreesOfFreedom({ by, prompts, annotators }: Clustering, n: number): number {
  if (by === "nothing") return n - 1;
  if (by === "prompt and annotator") return Math.min(prompts, annotators) - 1;
  return (by === "prompt" ? prompts : annotators) - 1;
}

function methodName({ by, fixedAnnotators }: Clustering, df: number): string {
  if (by === "nothing") return `variance of the scores (t, ${df} df)`;
  const fixed = fixedAnnotators ? ", annotator fixed" : "";
  return by === "prompt and annotator"
    ? `two-way cluster-robust by prompt and annotator (t, ${df} df)`
    : `cluster-robust by ${by} (t, ${df} df${fixed})`;
}
