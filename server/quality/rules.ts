import type { Rule, Seen } from "../contract/quality.ts";
import type { Choice } from "../contract/words.ts";

/** How somebody did where an answer was expected. */
export interface Passed {
  readonly passed: number;
  readonly of: number;
}

/** What grows with each judgment of somebody. */
export interface Tally {
  /** Pairs judged for the first time. */
  readonly judged: number;
  readonly runChoice: Choice;
  readonly run: number;
  /** How many pairs were judged faster than so many words per minute. */
  readonly faster: Readonly<Record<string, number>>;
}

/** What rules look at. */
export interface Work extends Tally {
  readonly gold: Passed;
  readonly attention: Passed;
  readonly repeats: Passed;
}

/** From this share on pairs that were judged too fast stand out: the median is. */
const HALF = 0.5;

/** What a rule sees in somebody's work; null: nothing that stands out, or too little to tell. */
export function foundBy(rule: Rule, work: Work): Seen | null {
  const { signal, threshold, after } = rule;
  if (signal === "straight") {
    const { judged, run } = work;
    return judged >= after && run >= threshold ? { value: run, of: judged } : null;
  }
  if (signal === "speed") {
    const share = shareOf({ passed: work.faster[threshold] ?? 0, of: work.judged });
    return work.judged >= after && share >= HALF ? { value: share, of: work.judged } : null;
  }
  const { of } = work[signal];
  const share = shareOf(work[signal]);
  return of >= after && share < threshold ? { value: share, of } : null;
}

const shareOf = ({ passed, of }: Passed): number => (of === 0 ? 0 : passed / of);

/** One more judgment: the choice as it was shown, and how fast its texts would have been read, in words per minute. */
export function withJudgment(
  before: Tally | null,
  { choice, speed, thresholds }: { choice: Choice; speed: number; thresholds: readonly number[] },
): Tally {
  const { judged, run, runChoice, faster } = before ?? NOTHING;
  const next = thresholds.map((limit) => [limit, (faster[limit] ?? 0) + (speed > limit ? 1 : 0)] as const);
  return {
    judged: judged + 1,
    runChoice: choice,
    run: runChoice === choice ? run + 1 : 1,
    faster: Object.fromEntries(next),
  };
}

const NOTHING: Tally = { judged: 0, runChoice: "tie", run: 0, faster: {} };
