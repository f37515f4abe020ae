import type { Effects } from "../../contract/report-effects.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { differenceInterval } from "../../statistics/intervals/difference-interval.ts";
import { scoreInterval } from "../../statistics/intervals/mean-interval.ts";
import {
  SEEN,
  seenPrompts,
  UNORDERED,
  UNORDERED_AGAIN,
  UNSEEN,
} from "../../statistics/judgments/seen-prompts.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { targetOf } from "../rows/study-structure.ts";
import type { StudyData } from "../rows/study-data.ts";
import { pick, pickScores, rowsOfGroups } from "../rows/gather.ts";
import { NEITHER, preferredIn, scoreFor, someReconstructed } from "../rows/outcomes.ts";
import { hasUnnamed, onlyNamed } from "../rows/only-rows.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { withCount } from "../rows/with-count.ts";

/**
 * Judgments on a prompt of which the annotator had judged another comparison before, and whether they differ: in the
 * target's half-tie rate over its judgments, or in the share of ties where there is no target. The groups that
 * `inGroups` admits.
 */
export function seenOf(data: StudyData, inGroups: (group: number) => boolean): Effects["seenPrompts"] {
  const { facts, rows, annotators, prompts } = onlyNamed(data);
  const own = rowsOfGroups(rows, inGroups);
  if (own.length === 0)
    return { notEstimable: hasUnnamed(data.rows, inGroups) ? REASONS.notNamed : REASONS.noJudgments };
  if (someReconstructed(rows, own)) {
    return {
      notEstimable: NOT_IN_PERCENTAGES.promptOfEach,
    };
  }
  const at = pickScores(rows.at, own);
  const seen = seenPrompts({
    prompts: pick(rows.prompt, own),
    annotators: pick(rows.annotator, own),
    ...{ promptCount: prompts.length, annotatorCount: annotators.length, at },
  });
  return { ...countOf(seen), ...ratesOf(rows, scoresOf(rows, { own, seen, target: targetOf(facts) })) };
}

/** The number of judgments that come again is known even where their order is not. */
function countOf(seen: Uint8Array): { judgments: number; unordered: number } {
  const counts = [0, 0, 0, 0];
  for (let k = 0; k < seen.length; k++) counts[seen[k]!]!++;
  return {
    judgments: counts[SEEN]! + counts[UNORDERED_AGAIN]!,
    unordered: counts[UNORDERED]! + counts[UNORDERED_AGAIN]!,
  };
}

/** Judgments whose order is known: their rows, scores, and 1 for a seen prompt. */
interface Scored {
  readonly at: Int32Array;
  readonly scores: Float64Array;
  readonly isSeen: Uint8Array;
}

/** With a target, its own judgments alone. */
function scoresOf(
  rows: JudgmentRows,
  { own, seen, target }: { own: Int32Array; seen: Uint8Array; target: number | null },
): Scored {
  const at = new Int32Array(own.length);
  const scores = new Float64Array(own.length);
  const isSeen = new Uint8Array(own.length);
  let count = 0;
  for (let k = 0; k < own.length; k++) {
    const i = own[k]!;
    const isOthers = target !== null && rows.low[i] !== target && rows.high[i] !== target;
    if (isOthers || seen[k] === UNORDERED || seen[k] === UNORDERED_AGAIN) continue;
    at[count] = i;
    scores[count] = scoreOf(rows, i, target);
    isSeen[count++] = seen[k] === SEEN ? 1 : 0;
  }
  return { at: at.subarray(0, count), scores: scores.subarray(0, count), isSeen: isSeen.subarray(0, count) };
}

function ratesOf(rows: JudgmentRows, { at, scores, isSeen }: Scored) {
  const sampling = samplingAt(rows, at);
  const part = (which: number) => {
    const places = new Int32Array(at.length);
    let count = 0;
    for (let k = 0; k < at.length; k++) if (isSeen[k] === which) places[count++] = k;
    if (count === 0) return { notEstimable: REASONS.notInOrder };
    const own = places.subarray(0, count);
    const ofPart = count === at.length ? sampling : samplingAt(rows, pick(at, own));
    return withCount(scoreInterval({ scores: pickScores(scores, own), sampling: ofPart }), count);
  };
  const difference = differenceInterval({ scores, second: isSeen, sampling });
  return { seen: part(SEEN), unseen: part(UNSEEN), difference: withCount(difference, at.length) };
}

/** The target's half-tie score; without a target 1 for a tie. */
function scoreOf(rows: JudgmentRows, i: number, target: number | null): number {
  if (target !== null) return scoreFor(rows, i, target);
  return preferredIn(rows, i) === NEITHER ? 1 : 0;
}

const samplingAt = (rows: JudgmentRows, at: Int32Array) =>
  samplingOf(
    { prompt: pick(rows.prompt, at), annotator: pick(rows.annotator, at) },
    { fixedAnnotators: false },
  );
