import { REASONS } from "../../contract/reasons.ts";
import type { NotEstimable } from "../estimate.ts";
import { type Random, randomBelow } from "../resampling/random.ts";
import { normalCdf } from "../special/normal-cdf.ts";

/** How often an annotator's answers are dealt anew. */
const DEALS = 2000;
/** With more judgments the distribution over all deals is as good as normal. */
const DEALT_MOST = 200;
/** An annotator is shown to be better than chance below this. */
export const BETTER_BELOW = 0.05;

const ROUNDING = 1e-12;

/** An annotator's agreement with the others, beside what their own answers would give on other comparisons. */
export interface DealtAnswers {
  readonly judgments: number;
  readonly agreement: number;
  /** Mean over all ways to deal the annotator's own answers over these comparisons. */
  readonly chance: number;
  /** Share of the ways that agree at least as well as the annotator did. */
  readonly p: number;
  readonly method: string;
}

/**
 * Does an annotator agree with the others better than their own answers would, had these been dealt over the comparisons
 * by lot?
 *
 * `said[i]` is the annotator's answer to comparison i (0, 1, 2) and `worth[3 i + k]` the agreement with the others that
 * answer k would have there. The observed agreement is the mean of worth[3 i + said[i]]. Were the answers made
 * without regard to the comparison, each of the n! ways to deal them over the n comparisons would be equally likely;
 * p is the share of them that agree at least as well. What an annotator says how often stays as it is: so neither a
 * taste for ties nor a system that mostly wins passes for reading. From 2,000 deals, one added to both counts because
 * the observed deal is one of the ways; above 200 judgments from the normal distribution with the exact mean and
 * variance over all ways, Σ_i Σ_j d_ij² / (n² (n − 1)) for the mean, where d_ij is the worth of answer j at comparison i less the
 * means of its row and column, plus the mean of all. One-sided.
 * Sources: E. J. G. Pitman, Supplement to the Journal of the Royal Statistical Society 4 (1937); moments and the normal
 * limit: W. Hoeffding, Annals of Mathematical Statistics 22 (1951). Assumes that a careless annotator answers comparisons
 * independently of each other. Example: answers 0 and 2 where each is right in its own place alone: 1 of 2 ways, p about ½.
 * Edges: refused without judgments, and where every deal agrees alike, as when all answers are the same.
 */
export function dealtAnswers(given: {
  said: Uint8Array;
  worth: Float64Array;
  random: Random;
}): DealtAnswers | NotEstimable {
  const { said, worth, random } = given;
  const n = said.length;
  if (n === 0) return { notEstimable: REASONS.nobodyElse };
  const { agreement, chance, deviation } = momentsOf(said, worth);
  if (deviation < ROUNDING) {
    const isOne = said.every((one) => one === said[0]);
    return { notEstimable: isOne ? REASONS.sameAnswers : REASONS.dealtAlike };
  }
  const figures = { judgments: n, agreement, chance };
  if (n > DEALT_MOST) {
    const p = normalCdf((chance - agreement) / deviation);
    return { ...figures, p, method: "own answers dealt anew, normal approximation (one-sided)" };
  }
  const method = `own answers dealt anew ${DEALS.toLocaleString("en")} times (one-sided)`;
  return { ...figures, p: shareOfDeals(said, { worth, least: n * agreement, random }), method };
}

function momentsOf(said: Uint8Array, worth: Float64Array) {
  const n = said.length;
  const counts = new Float64Array(3);
  const columns = new Float64Array(3); // mean worth of each answer over the comparisons
  let agreement = 0;
  for (let i = 0; i < n; i++) {
    counts[said[i]!]!++;
    for (let k = 0; k < 3; k++) columns[k]! += worth[3 * i + k]! / n;
    agreement += worth[3 * i + said[i]!]! / n;
  }
  const [first, second, third] = [counts[0]!, counts[1]!, counts[2]!];
  const mean = (a: number, b: number, c: number) => (first * a + second * b + third * c) / n;
  const [c0, c1, c2] = [columns[0]!, columns[1]!, columns[2]!];
  const chance = mean(c0, c1, c2);
  let squares = 0;
  for (let at = 0; at < worth.length; at += 3) {
    const [a, b, c] = [worth[at]!, worth[at + 1]!, worth[at + 2]!];
    const row = mean(a, b, c);
    const apart = (one: number, column: number) => (one - row - column + chance) ** 2;
    squares += n * mean(apart(a, c0), apart(b, c1), apart(c, c2));
  }
  return { agreement, chance, deviation: n < 2 ? 0 : Math.sqrt(squares / (n - 1)) / n };
}

/** Only answers other than the most frequent one are dealt: all comparisons that are left get that one. */
function shareOfDeals(
  said: Uint8Array,
  { worth, least, random }: { worth: Float64Array; least: number; random: Random },
): number {
  const n = said.length;
  const counts = [0, 0, 0];
  for (const one of said) counts[one]!++;
  const most = counts.indexOf(Math.max(...counts));
  const rare = said.filter((one) => one !== most);
  const places = Int32Array.from(said, (_, i) => i);
  let base = 0;
  for (let i = 0; i < n; i++) base += worth[3 * i + most]!;
  let hits = 0;
  for (let deal = 0; deal < DEALS; deal++) {
    let sum = base;
    for (let j = 0; j < rare.length; j++) {
      const drawn = j + randomBelow(random, n - j);
      const place = places[drawn]!;
      places[drawn] = places[j]!;
      places[j] = place;
      sum += worth[3 * place + rare[j]!]! - worth[3 * place + most]!;
    }
    if (sum >= least - n * ROUNDING) hits++;
  }
  return (1 + hits) / (1 + DEALS);
}
