import type { Breaks } from "../../../../server/contract/pace.ts";

/** What somebody has done since their last break. */
export interface Since {
  readonly pairs: number;
  /** Of judging. */
  readonly ms: number;
}

export const RESTED: Since = { pairs: 0, ms: 0 };

/** The end is near: a break would only be in the way. */
const LAST_PAIRS = 2;

/** Whether a break is due by the protocol; not in the middle of a conversation, and not just before the end. */
export function isBreakDue(
  breaks: Breaks | undefined,
  { pairs, ms }: Since,
  at: { pairsLeft: number; isMidway: boolean },
): boolean {
  if (breaks === undefined || at.isMidway || at.pairsLeft <= LAST_PAIRS) return false;
  return "everyPairs" in breaks ? pairs >= breaks.everyPairs : ms >= breaks.everyMinutes * 60_000;
}
