import type { Outcome } from "../../contract/words.ts";

/** How an outcome is coded in a column: in halves of a win, so that a code over two is its score. */
export const LOSS = 0;
export const TIE = 1;
export const WIN = 2;

/** The half-tie score of one outcome: a win counts 1, a tie ½, a loss 0. */
export function halfTieScore(outcome: Outcome): number {
  return { win: 1, tie: 0.5, loss: 0 }[outcome];
}

/**
 * The half-tie scores of a column of outcome codes. Their mean is the half-tie rate: how often the target is
 * preferred if every tie is split evenly.
 * @throws RangeError where a code is none of LOSS, TIE, WIN.
 */
export function halfTieScores(outcomes: Uint8Array): Float64Array {
  const scores = new Float64Array(outcomes.length);
  for (let i = 0; i < outcomes.length; i++) {
    const code = outcomes[i]!;
    if (code > WIN) throw new RangeError(`${code} in row ${i} is not the code of an outcome.`);
    scores[i] = code / 2;
  }
  return scores;
}
