import { REASONS } from "../../contract/reasons.ts";
import { FIRST, SECOND, TIED } from "./counts.ts";
import type { NotEstimable } from "../estimate.ts";
import { NO_MORE_THAN_CHANCE } from "./fleiss-kappa.ts";

/** What three measures of agreement would be by chance; null where there is nothing to take shares of. */
export interface ChanceAgreement {
  readonly tieDiscounted: number | null;
  readonly exact: number | null;
  readonly nonTie: number | null;
}

/**
 * How often would two judges agree who know nothing of the comparison and choose independently, each with their own
 * shares p and q of first system, tie and second system?
 *
 * Exact: Σ_k p_k q_k. Tie-discounted: that, and half of where exactly one says tie, (p_t (1 − q_t) + (1 − p_t) q_t) / 2.
 * Non-tie: given that neither says tie, with the shares among what is left. `said` counts what either side said.
 * Source: the chance level of J. Cohen's kappa, Educational and Psychological Measurement 20 (1960), of which the
 * tie-discounted one is that with linear weights. Example: shares ¼, ½, ¼ on both sides give 0.375 exact, 0.625
 * tie-discounted, ½ non-tie. Edges: without judgments all are null; non-tie where a side has only ties.
 */
export function chanceAgreement([one, other]: readonly [Float64Array, Float64Array]): ChanceAgreement {
  const [p, q] = [sharesOf(one), sharesOf(other)];
  if (p === null || q === null) return { tieDiscounted: null, exact: null, nonTie: null };
  const agreed = p[FIRST] * q[FIRST] + p[SECOND] * q[SECOND];
  const exact = agreed + p[TIED] * q[TIED];
  const oneTied = p[TIED] * (1 - q[TIED]) + (1 - p[TIED]) * q[TIED];
  const decisive = (p[FIRST] + p[SECOND]) * (q[FIRST] + q[SECOND]);
  return {
    tieDiscounted: exact + oneTied / 2,
    exact,
    nonTie: decisive === 0 ? null : agreed / decisive,
  };
}

/**
 * What agreement has beyond chance, as a share of what it could have: (agreement − chance) / (1 − chance). Refused where
 * chance is not known or agrees always, as where both always say the same one thing.
 */
export function kappaOf(agreement: number, chance: number | null): number | NotEstimable {
  if (chance === null || 1 - chance < NO_MORE_THAN_CHANCE) return { notEstimable: REASONS.bothSaySame };
  const beyond = agreement - chance;
  return Math.abs(beyond) < NO_MORE_THAN_CHANCE ? 0 : beyond / (1 - chance);
}

/** The chance level to stand beside an agreement: equal to it, to the last digit, where the two differ by rounding alone. */
export const chanceBeside = (agreement: number | undefined, chance: number | null): number | null =>
  agreement !== undefined && chance !== null && Math.abs(agreement - chance) < NO_MORE_THAN_CHANCE
    ? agreement
    : chance;

function sharesOf(said: Float64Array): [number, number, number] | null {
  const [first, tied, second] = [said[FIRST]!, said[TIED]!, said[SECOND]!];
  const n = first + tied + second;
  return n === 0 ? null : [first / n, tied / n, second / n];
}
