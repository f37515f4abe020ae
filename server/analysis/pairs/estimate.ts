import type { Pair, Rate, Score } from "../../contract/report.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { byPromptInterval } from "../../statistics/intervals/by-prompt-mean.ts";
import type { Estimate } from "../../statistics/estimate.ts";
import { halfTieScores } from "../../statistics/judgments/half-tie.ts";
import { majorityCounts, outcomesByComparison } from "../../statistics/judgments/majority.ts";
import { scoreInterval } from "../../statistics/intervals/mean-interval.ts";
import { rateInterval } from "../../statistics/intervals/rate-interval.ts";
import type { Sampling } from "../../statistics/judgments/sampling.ts";
import type { Cell } from "../rows/cell.ts";
import type { Halves } from "../rows/outcomes.ts";

type Estimates = Pick<Pair, "win" | "tie" | "loss" | "halfTieRate" | "halfTieRateByPrompt" | "byMajority">;

/**
 * Every figure of one row. Counts and rates always stand. Judgments that were reconstructed from percentages carry
 * the percentages and nothing else: which prompt a judgment is about, and who made it, was made up, so
 * whatever weighs prompts, joins the judgments of a comparison or clusters is refused.
 */
export function estimate(cell: Cell, sampling: Sampling): Estimates {
  const refused = whyRefused(cell, sampling);
  const reconstructed = cell.reconstructed > 0 ? NOT_IN_PERCENTAGES.prompts : null;
  const scores = halfTieScores(cell.halves);
  const rate = (halves: Halves) => rateOf(cell, halves, { sampling, refused });
  return {
    win: rate(2),
    tie: rate(1),
    loss: rate(0),
    halfTieRate: scoreOf(scoreInterval({ scores, sampling }), cell, refused),
    halfTieRateByPrompt:
      reconstructed === null
        ? scoreOf(byPromptInterval({ scores, sampling }), cell, refused)
        : { notEstimable: reconstructed },
    byMajority: reconstructed === null ? majoritiesOf(cell) : { notEstimable: reconstructed },
  };
}

/** Why no interval of this row can be had, whatever the method; null where one may. */
function whyRefused(cell: Cell, sampling: Sampling): string | null {
  if (cell.judgments === 0) return REASONS.noJudgments;
  if (cell.reconstructed === 0 || sampling.clusteredBy === "nothing") return null;
  return NOT_IN_PERCENTAGES.repeats;
}

function majoritiesOf({ halves, comparison, comparisons }: Cell): ReturnType<typeof majorityCounts> {
  return majorityCounts(
    outcomesByComparison({ outcomes: halves, comparisons: comparison, comparisonCount: comparisons }),
  );
}

function rateOf(
  { judgments, halves }: Cell,
  outcome: Halves,
  { sampling, refused }: { sampling: Sampling; refused: string | null },
): Rate {
  let count = 0;
  for (let i = 0; i < halves.length; i++) if (halves[i] === outcome) count++;
  const rate = judgments === 0 ? null : count / judgments;
  const interval =
    refused === null ? rateInterval({ outcomes: halves, outcome, sampling }) : { notEstimable: refused };
  return { count, rate, ...interval };
}

/** A refusal takes the interval away, and the value with it only where there is nothing to take a mean of. */
function scoreOf(score: Estimate, { judgments }: Cell, refused: string | null): Score {
  if (judgments === 0) return { notEstimable: REASONS.noJudgments };
  if (refused !== null && score.value !== undefined)
    return { value: score.value, n: judgments, notEstimable: refused };
  if (!("notEstimable" in score)) return score;
  const { value, notEstimable } = score;
  return value === undefined ? { notEstimable } : { value, n: judgments, notEstimable };
}
