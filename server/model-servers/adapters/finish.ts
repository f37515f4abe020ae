import type { Finish } from "../model-call.ts";

/**
 * What a server's word for the end of a reply means, in whatever words: a word that speaks of a limit is a cut, one of a
 * filter a refusal. A word that nobody knows is "unknown", and nobody takes such a reply to be whole.
 */
export function finishOf(word: string | null): Finish {
  const said = (word ?? "")
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  if (COMPLETE.has(said)) return "complete";
  return MEANINGS.find(([pattern]) => pattern.test(said))?.[1] ?? "unknown";
}

const COMPLETE = new Set([
  ...[
    "stop",
    "end_turn",
    "stop_sequence",
    "eos",
    "eos_token",
    "end_of_sequence",
    "end_of_text",
    "stop_token",
  ],
  ...["complete", "completed", "end", "finished", "tool_use", "tool_calls", "tool_call", "function_call"],
  "finish_reason_stop",
]);

const MEANINGS: readonly (readonly [RegExp, Finish])[] = [
  [/filter|refus|safety|recitation|blocked|prohibited|policy|moderat|sensitive|spii|guardrail/, "refused"],
  [/length|limit|max|context|truncat|budget|incomplete|cut/, "length"],
  [/pause/, "paused"],
  [/error|fail|abort|cancel|malformed|overload|timeout|timed_out/, "failed"],
];
