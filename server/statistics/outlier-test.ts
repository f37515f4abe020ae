import type { Random } from "./random.ts";
import { logGamma } from "./special/log-gamma.ts";

/**
 * How unusual an annotator's judgments are beside those of others, as one p value: Fisher's combination of one p value
 * a judgment.
 *
 * `others[3 × j + k]` is how many other judgments of the same pair of systems said k (0, 1, 2: the second system, a tie,
 * the first), `said[j]` what this annotator said. A judgment's p is the share of all of them, its own among them, that
 * said more, with a random part of those that said the same: uniform where the annotator is like the others, however
 * few answers there are to give. M = −2 Σ ln p is then χ² with 2 degrees of freedom a judgment. Done once for each
 * direction; the smaller of both is doubled. Source: W.-L. Chiang and others, Chatbot Arena, arXiv 2403.04132, section
 * on anomalous users, where equal answers all count as more, which finds fewer of those who answer at random, and M is
 * looked at for five random numbers of judgments, here once for all of them.
 * Edge: without judgments that others made too, null.
 */
export function outlierTest(given: {
  said: Uint8Array;
  others: Int32Array;
  random: Random;
}): { p: number; judgments: number } | null {
  const { said, others, random } = given;
  let [up, down, judgments] = [0, 0, 0];
  for (let j = 0; j < said.length; j++) {
    const [low, middle, high] = [others[3 * j]!, others[3 * j + 1]!, others[3 * j + 2]!];
    const all = low + middle + high;
    if (all === 0) continue;
    const more = said[j] === 2 ? 0 : said[j] === 1 ? high : high + middle;
    const same = 1 + others[3 * j + said[j]!]!;
    const part = (random() + 0.5) / 2 ** 32; // never 0, never 1
    up -= Math.log((more + part * same) / (all + 1));
    down -= Math.log((all + 1 - more - part * same) / (all + 1));
    judgments++;
  }
  if (judgments === 0) return null;
  return { p: Math.min(1, 2 * evenChiSquareTail(Math.max(up, down), judgments)), judgments };
}

/**
 * P(χ² with 2n degrees of freedom > 2x) = Σ_{k<n} e^{−x} x^k / k!, a finite sum of Poisson probabilities, from its
 * largest term downwards so that nothing underflows.
 */
export function evenChiSquareTail(x: number, n: number): number {
  if (x <= 0) return 1;
  const largest = Math.min(n - 1, Math.floor(x));
  const logLargest = largest * Math.log(x) - x - logGamma(largest + 1);
  let sum = 1;
  let term = 1;
  for (let k = largest; k > 0 && term > 1e-18; k--) sum += term *= k / x;
  term = 1;
  for (let k = largest + 1; k < n && term > 1e-18; k++) sum += term *= x / k;
  return Math.min(1, Math.exp(logLargest) * sum);
}
