/**
 * How likely somebody who chooses by the same odds each time gives one answer `length` times in a row or more, somewhere
 * among `draws` answers: P(longest run ≥ length).
 *
 * Exact, by the distribution of the latest answer and how long it has been given; a run that is reached stays reached. Work
 * grows with draws × length × answers. Assumes independent answers of the same odds, so that it is too small for people
 * whose answers hang together, as where one system is better throughout and stands on one side by chance.
 * Source: the embedded Markov chain of J. C. Fu and M. V. Koutras, Journal of the American Statistical Association 89
 * (1994), for several letters.
 * Edges: 1 for a length of 1 with a draw at all, 0 where the length exceeds the draws.
 * @param odds of each answer, which sum to 1 @param length whole, at least 1 @param draws whole, at least 0
 */
export function longestRunTail(odds: readonly number[], length: number, draws: number): number {
  if (draws < length) return 0;
  if (length <= 1) return 1;
  // chance[answer][run - 1], of runs that are still shorter than the length
  let chance = odds.map((odd) => [odd, ...new Array<number>(length - 2).fill(0)]);
  let reached = 0;
  for (let draw = 1; draw < draws; draw++) {
    const ofAnswer = chance.map((runs) => runs.reduce((sum, one) => sum + one, 0));
    const all = ofAnswer.reduce((sum, one) => sum + one, 0);
    reached += chance.reduce((sum, runs, answer) => sum + runs[length - 2]! * odds[answer]!, 0);
    chance = chance.map((runs, answer) => [
      (all - ofAnswer[answer]!) * odds[answer]!,
      ...runs.slice(0, -1).map((one) => one * odds[answer]!),
    ]);
  }
  return reached;
}
