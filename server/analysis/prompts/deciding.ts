import { REASONS } from "../../contract/reasons.ts";
import type { Estimate } from "../../contract/report-estimates.ts";
import type { Conclusion } from "../../contract/report-pair-tests.ts";
import type { Deciding } from "../../contract/report-prompts.ts";
import type { Analysis } from "../../contract/studies.ts";
import type { NotEstimable } from "../../statistics/estimate.ts";
import { halfTieScores } from "../../statistics/judgments/half-tie.ts";
import { promptPulls } from "../../statistics/judgments/prompt-influence.ts";
import type { Sampling } from "../../statistics/judgments/sampling.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import { isBeyondHalf } from "../pairs/conclusion.ts";
import { estimateFor, promptScores, promptWeights } from "../pairs/two-targets.ts";
import type { Cell } from "../rows/cell.ts";
import { pick, pickBytes } from "../rows/gather.ts";
import { samplingOf } from "../rows/sampling-of.ts";

/** Names of a set; more are counted. */
const NAMED_MAX = 100;

interface Declared {
  readonly cell: Cell;
  readonly sampling: Sampling;
  readonly estimate: Analysis["estimate"];
  readonly target: Conclusion["target"];
  /** As for the tests of the same row, so that the same judgments have the same interval. */
  readonly seed: string;
}

/** The declared rate of a row with the interval of its target, and the fewest prompts without which it would be another. */
export function decidingPrompts(
  given: Declared,
  nameOf: (prompt: number) => string,
): { rate: Estimate; deciding: Deciding | NotEstimable; isIn: (prompt: number) => boolean } {
  const { cell, sampling, estimate } = given;
  const scores = promptScores(cell.halves, sampling);
  const pulls = promptPulls({ means: scores.means, weights: promptWeights(scores, estimate) });
  const { side, order, toHalf, isShared } = pulls;
  const place = new Int32Array(order.length);
  order.forEach((prompt, k) => (place[prompt] = k));
  const without = (count: number) => estimateOf(given, place, count);
  const rate = without(0);
  const none = (notEstimable: string) => ({ rate, deciding: { notEstimable }, isIn: () => false });
  if (side === 0) return none(REASONS.evenAlready);
  const isDecided = isBeyondHalf(rate, side);
  if (!isDecided && toHalf === null) return none(REASONS.allOnOneSide);
  const most = toHalf ?? order.length - 1;
  const prompts = isDecided ? fewest(most, (count) => distanceOf(without(count), side)) : most;
  return {
    rate,
    deciding: {
      until: isDecided ? "interval holds one half" : "rate reaches one half",
      ...{ prompts, share: prompts / order.length },
      names: Array.from(order.subarray(0, Math.min(prompts, NAMED_MAX)), nameOf),
      ...{ others: isShared(prompts), without: without(prompts) },
    },
    isIn: (prompt) => place[prompt]! < prompts,
  };
}

/** The declared rate without the first `count` prompts of an order; `place`: by prompt its place there. */
function estimateOf(
  { cell, sampling, estimate, target, seed }: Declared,
  place: Int32Array,
  count: number,
): Estimate {
  const { code } = sampling.prompts;
  const rows = new Int32Array(cell.judgments);
  let kept = 0;
  for (let i = 0; i < code.length; i++) if (place[code[i]!]! >= count) rows[kept++] = i;
  const at = rows.subarray(0, kept);
  const halves = pickBytes(cell.halves, at);
  const taken = samplingOf(
    { prompt: pick(cell.prompt, at), annotator: pick(cell.annotator, at) },
    { fixedAnnotators: sampling.fixedAnnotators },
  );
  return estimateFor(target, {
    ...{ scores: halfTieScores(halves), prompts: promptScores(halves, taken), sampling: taken, estimate },
    random: (of) => seededRandom(`${seed} ${of}`),
  });
}

/** How far an interval is from holding one half, seen from the side on which the rate is: above 0 where it leaves it out. */
const distanceOf = (estimate: Estimate, side: number): number =>
  "low" in estimate ? side * ((side > 0 ? estimate.low : estimate.high) - 0.5) : 0;

/** As many steps in a row cut by a line; the next halves, so that no shape of the distances makes the search long. */
const BY_LINE = 5;

/**
 * A number from 1 to `most` that is enough while one less is not; `most` is, and 0 is not. It is looked for where a line through
 * both ends crosses 0 (regula falsi; an end that stays twice counts half, the Illinois rule), so that few numbers are tried;
 * where more can be less than enough again, a smaller one may be passed over.
 * @param distance above 0 where a number is not enough
 */
function fewest(most: number, distance: (count: number) => number): number {
  const low = { at: 0, distance: distance(0) };
  const high = { at: most, distance: distance(most) };
  let last: typeof low | null = null;
  for (let step = 1; high.at - low.at > 1; step++) {
    const part = step % (BY_LINE + 1) === 0 ? 0.5 : low.distance / (low.distance - high.distance);
    const between = Math.round(low.at + part * (high.at - low.at));
    const at = Math.min(Math.max(between, low.at + 1), high.at - 1);
    const found = distance(at);
    const moved = found > 0 ? low : high;
    if (moved === last) (moved === low ? high : low).distance /= 2;
    Object.assign(moved, { at, distance: found });
    last = moved;
  }
  return high.at;
}
