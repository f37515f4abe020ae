import { REASONS } from "../../contract/reasons.ts";
import { bradleyTerry } from "./bradley-terry.ts";
import type { NotEstimable } from "../estimate.ts";
import { type Maximum, maximise } from "./newton.ts";
import type { PairModel } from "./pair-model.ts";
import type { PairedCounts } from "../judgments/paired-counts.ts";
import { isStronglyConnected } from "./strong-components.ts";

/** With π = exp β and D = π_i + π_j + ν √(π_i π_j): i is preferred with π_i / D, a tie has ν √(π_i π_j) / D. */
export const DAVIDSON: PairModel = {
  hasTies: true,
  write({ wins, ties, losses, difference }, logNu, terms) {
    const behind = -Math.abs(difference); // everything relative to the stronger of the two
    const [stronger, weaker] = [1, Math.exp(behind)];
    const tied = Math.exp(logNu + behind / 2);
    const all = stronger + weaker + tied;
    const judgments = wins + ties + losses;
    const sign = difference >= 0 ? 1 : -1;
    const pTie = tied / all;
    const pDecisive = (stronger + weaker) / all;
    const net = (sign * (stronger - weaker)) / all;
    const upsets = sign > 0 ? losses : wins;
    terms.logLikelihood = upsets * behind + ties * (logNu + behind / 2) - judgments * Math.log(all);
    terms.slope = (wins - losses - judgments * net) / 2;
    terms.tieSlope = ties - judgments * pTie;
    terms.curvature = (judgments * (pDecisive - net * net)) / 4;
    terms.mixedCurvature = (-judgments * net * pTie) / 2;
    terms.tieCurvature = judgments * pTie * pDecisive;
  },
};

/**
 * How strong is each system, and how likely are ties, most so between equals? Log strengths β with mean 0 and ν ≥ 0
 * that make the judgments most likely.
 *
 * Assumes what Bradley–Terry assumes, and that one ν serves all pairs: at equal strengths ν / (2 + ν) of judgments are
 * ties. The last parameter of the result is log ν; it is missing where there are no ties: ν is then 0, the edge of its
 * range, and the rest is Bradley–Terry. Source: R. Davidson, Journal of the American Statistical Association 65 (1970).
 * Example: see the tests for his puddings. Edges: refused where strengths are not finite, and where ν is not: see
 * tiesAreBounded; with nothing but ties it never is.
 */
export function davidson(counts: PairedCounts, start?: Float64Array): Maximum | NotEstimable {
  const { systems } = counts;
  if (total(counts.ties) === 0) return bradleyTerry(counts, start);
  if (systems < 2) return { notEstimable: REASONS.twoSystems };
  if (!isStronglyConnected(counts)) return { notEstimable: REASONS.unconnected };
  if (total(counts.wins) + total(counts.losses) === 0) return { notEstimable: REASONS.onlyTies };
  if (!tiesAreBounded(counts)) return { notEstimable: REASONS.unboundedTies };
  return maximise(DAVIDSON, counts, start?.length === systems + 1 ? start : startOf(counts));
}

/** ν of a fit; 0 where it has no parameter for ties. */
export function nuOf({ parameters }: Maximum, systems: number): number {
  return parameters.length > systems ? Math.exp(parameters[systems]!) : 0;
}

/**
 * Whether ν is finite. It is not where numbers b can be given to the systems so that every win is by at least 1 and
 * every tie between systems at most 1 apart: b times a growing factor, with ν growing along, makes the judgments ever
 * more likely. Such numbers exist unless some round of systems holds more wins than ties (a pair in which both won is
 * one), which Bellman and Ford's method finds: b_loser ≤ b_winner − 1, b_tied ≤ b_other + 1.
 * @internal
 */
export function tiesAreBounded({ systems, low, high, wins, ties, losses }: PairedCounts): boolean {
  if (low.some((_, pair) => wins[pair]! > 0 && losses[pair]! > 0)) return true;
  const b = new Float64Array(systems);
  const atMost = (system: number, most: number) => {
    const isLowered = b[system]! > most;
    if (isLowered) b[system] = most;
    return isLowered;
  };
  for (let pass = 0; pass <= systems; pass++) {
    let isLowered = false;
    for (let pair = 0; pair < low.length; pair++) {
      const [i, j] = [low[pair]!, high[pair]!];
      if (ties[pair]! > 0) {
        isLowered = atMost(i, b[j]! + 1) || isLowered;
        isLowered = atMost(j, b[i]! + 1) || isLowered;
      }
      if (wins[pair]! > 0) isLowered = atMost(j, b[i]! - 1) || isLowered;
      if (losses[pair]! > 0) isLowered = atMost(i, b[j]! - 1) || isLowered;
    }
    if (!isLowered) return false;
  }
  return true;
}

function startOf({ systems, wins, ties, losses }: PairedCounts): Float64Array {
  const start = new Float64Array(systems + 1);
  start[systems] = Math.log((2 * total(ties)) / (total(wins) + total(losses))); // exact at equal strengths
  return start;
}

const total = (counts: Int32Array) => counts.reduce((sum, count) => sum + count, 0);
