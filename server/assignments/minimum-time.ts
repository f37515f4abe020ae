import type { MinimumTime } from "../contract/quality.ts";
import { wordsOfPair } from "../statistics/judgments/words-in.ts";

/**
 * How long a pair is visible before it can be judged, in milliseconds.
 * @param shown.texts of the prompt and both responses, each a JSON list of turns
 */
export function minimumMsOf(
  { seconds, per100Words }: MinimumTime,
  { turn, texts }: { turn: number; texts: readonly string[] },
): number {
  const words = per100Words === 0 ? 0 : wordsOfPair(turn, texts);
  return Math.round(1000 * (seconds + (per100Words * words) / 100));
}
