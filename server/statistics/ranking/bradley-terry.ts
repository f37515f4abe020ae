import { REASONS } from "../../contract/reasons.ts";
import type { NotEstimable } from "../estimate.ts";
import { type Maximum, maximise } from "./newton.ts";
import type { PairModel } from "./pair-model.ts";
import type { PairedCounts } from "../judgments/paired-counts.ts";
import { isStronglyConnected } from "./strong-components.ts";

/**
 * A system i is preferred to j with probability σ(β_i − β_j) = 1 / (1 + exp(β_j − β_i)); a tie is half a preference
 * each way.
 */
export const BRADLEY_TERRY: PairModel = {
  hasTies: false,
  write({ wins, ties, losses, difference }, _logNu, terms) {
    const smaller = Math.exp(-Math.abs(difference));
    const larger = 1 / (1 + smaller);
    const p = difference >= 0 ? larger : smaller * larger;
    const judgments = wins + ties + losses;
    const points = wins + ties / 2;
    const behind = difference >= 0 ? judgments - points : points; // what the weaker of the two got
    terms.logLikelihood = -judgments * Math.log1p(smaller) - behind * Math.abs(difference);
    terms.slope = points - judgments * p;
    terms.curvature = judgments * smaller * larger * larger;
  },
};

/**
 * How strong is each system, if one number a system tells who is preferred? Log strengths β with mean 0 that make the
 * judgments most likely.
 *
 * Assumes that strengths explain every pair: no system is good against one and bad against another but by chance. A
 * tie counts as half a win for each, as the rankings of Chatbot Arena do; the log-likelihood Σ points log p is then
 * one only in form. `start`: parameters to begin at, such as those of a fit to similar counts. Source: R. Bradley and
 * M. Terry, Biometrika 39 (1952); E. Zermelo, Mathematische Zeitschrift 29 (1929). Solved by Newton's method.
 * Example: 0 beats 1 three times of four: β = (½ ln 3, −½ ln 3). Edges: refused where strengths are not finite, with
 * fewer than two systems, and where fewer digits are left than a fit needs; all ties give strengths of 0.
 */
export function bradleyTerry(counts: PairedCounts, start?: Float64Array): Maximum | NotEstimable {
  if (counts.systems < 2) return { notEstimable: REASONS.twoSystems };
  if (!isStronglyConnected(counts)) return { notEstimable: REASONS.unconnected };
  return maximise(
    BRADLEY_TERRY,
    counts,
    (start ?? new Float64Array(counts.systems)).slice(0, counts.systems),
  );
}
