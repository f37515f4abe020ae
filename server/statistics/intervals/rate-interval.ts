import { REASONS } from "../../contract/reasons.ts";
import { effectiveJudgments } from "../judgments/effective-judgments.ts";
import { type Interval, isRefused, type NotEstimable } from "../estimate.ts";
import { nameOfEffective, nameOfRobust } from "./method-name.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { samplingVariance } from "./sandwich.ts";
import { scoreLimits } from "./score-limits.ts";
import { wilson } from "./wilson.ts";

/**
 * 95 % interval for the rate of one outcome: what share of judgments are wins (ties, losses)?
 *
 * `outcomes` holds codes (see half-tie.ts), `outcome` the one that is counted. Where no prompt and no annotator
 * repeats, Wilson. Otherwise the score interval of its variance, clustered on what repeats (scoreLimits). Such an
 * interval would be a point where the outcome never or always came, or came equally often in every cluster: there
 * Wilson stands again, on the effective number of judgments (see effectiveJudgments), so that no wins among 90
 * judgments of 30 prompts give 0 to 0.11 and not 0 to 0.
 * Assumes independent clusters. Source: Wilson and the sandwich, see wilson.ts and sandwich.ts.
 * Example: 159 wins on 300 prompts, one judgment each, every annotator once: 0.473 to 0.586.
 * Edges: without judgments refused; several judgments of a single prompt are refused.
 * @throws RangeError where the number of outcomes is not that of the judgments.
 */
export function rateInterval(given: {
  outcomes: Uint8Array;
  outcome: number;
  sampling: Sampling;
}): Interval | NotEstimable {
  const { outcomes, outcome, sampling } = given;
  const n = sampling.judgments;
  if (outcomes.length !== n) throw new RangeError(`${outcomes.length} outcomes for ${n} judgments.`);
  if (n === 0) return { notEstimable: REASONS.noJudgments };
  const rate = countEqual(outcomes, outcome) / n;
  if (sampling.clusteredBy === "nothing") return scoreTypeInterval(rate, n, sampling);
  if (sampling.refused !== null) return sampling.refused;
  const measured = samplingVariance(influenceOn(rate, outcomes, outcome), sampling);
  if (isRefused(measured)) return scoreTypeInterval(rate, effectiveJudgments(sampling.prompts), sampling);
  return { ...scoreLimits(rate, measured), method: nameOfRobust(sampling, measured.df, "score, t") };
}

function scoreTypeInterval(rate: number, n: number, sampling: Sampling): Interval | NotEstimable {
  const interval = wilson(rate * n, n);
  return isRefused(interval) ? interval : { ...interval, method: nameOfEffective("Wilson", sampling, n) };
}

function countEqual(outcomes: Uint8Array, outcome: number): number {
  let count = 0;
  for (let i = 0; i < outcomes.length; i++) if (outcomes[i] === outcome) count++;
  return count;
}

function influenceOn(rate: number, outcomes: Uint8Array, outcome: number): Float64Array {
  const n = outcomes.length;
  const [present, absent] = [(1 - rate) / n, -rate / n];
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) influence[i] = outcomes[i] === outcome ? present : absent;
  return influence;
}
