import type { Pair, Rate, Score } from "../contract/report.ts";
import { clusteringOf, type Clusters } from "../statistics/clustering.ts";
import { majorityCounts } from "../statistics/majority.ts";
import { meanScore, meanScoreByPrompt } from "../statistics/mean-score.ts";
import { rateInterval } from "../statistics/rate-interval.ts";
import type { Cell, Halves } from "./cell.ts";

export type Estimates = Pick<
  Pair,
  "win" | "tie" | "loss" | "halfTieRate" | "halfTieRateByPrompt" | "byMajority"
>;

const NONE_YET = "no judgments yet";
const REBUILT = "reconstructed from published percentages";

/**
 * Every figure of one row. Counts and rates always stand. Judgments that were rebuilt from percentages carry
 * the percentages and nothing else: which prompt a judgment is about, and who made it, was made up, so
 * whatever weighs prompts, joins the judgments of a comparison or clusters is refused.
 */
export function estimate(cell: Cell, { annotatorsFixed }: { annotatorsFixed: boolean }): Estimates {
  const clusters = { prompt: cell.prompt, annotator: cell.annotator, fixedAnnotators: annotatorsFixed };
  const refused = whyRefused(cell, clusters);
  const rebuilt =
    cell.reconstructed > 0 ? `${REBUILT}: how the judgments fell on prompts is not in them` : null;
  const scores = Float64Array.from(cell.halves, (halves) => halves / 2);
  const rate = (halves: Halves) => rateOf(cell, halves, { clusters, refused });
  return {
    win: rate(2),
    tie: rate(1),
    loss: rate(0),
    halfTieRate: scoreOf(() => meanScore(scores, clusters), cell, refused),
    halfTieRateByPrompt:
      rebuilt === null
        ? scoreOf(() => meanScoreByPrompt(scores, clusters), cell, refused)
        : { notEstimable: rebuilt },
    byMajority: rebuilt === null ? majorityCounts(cell.halves, cell.comparison) : { notEstimable: rebuilt },
  };
}

/** Why no interval of this row can be had, whatever the method; null where one may. */
function whyRefused(cell: Cell, clusters: Clusters): string | null {
  if (cell.judgments === 0) return NONE_YET;
  if (cell.reconstructed === 0 || clusteringOf(clusters).by === "nothing") return null;
  return `${REBUILT}: who judged which prompt more than once is not in them`;
}

function rateOf(
  { judgments, halves }: Cell,
  outcome: Halves,
  { clusters, refused }: { clusters: Clusters; refused: string | null },
): Rate {
  const hits = Uint8Array.from(halves, (each) => (each === outcome ? 1 : 0));
  const count = hits.reduce((sum, hit) => sum + hit, 0);
  const rate = judgments === 0 ? null : count / judgments;
  return { count, rate, ...(refused === null ? rateInterval(hits, clusters) : { notEstimable: refused }) };
}

/** A refusal takes the interval away, and the value with it only where there is nothing to take a mean of. */
function scoreOf(compute: () => Score, { judgments }: Cell, refused: string | null): Score {
  if (judgments === 0) return { notEstimable: NONE_YET };
  const score = compute();
  return refused !== null && "value" in score ? { value: score.value, notEstimable: refused } : score;
}
