import type { ScoreRange } from "../intervals/score-limits.ts";

/** @throws RangeError where a score is NaN or outside the range, or there are not as many as judgments. */
export function requireScores(scores: Float64Array, judgments: number, { low, high }: ScoreRange): void {
  if (scores.length !== judgments) {
    throw new RangeError(`${scores.length} scores for ${judgments} judgments.`);
  }
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (!(score >= low && score <= high))
      throw new RangeError(`Score ${score} in row ${i} is not in ${low} to ${high}.`);
  }
}
