import { useEffect, useState } from "preact/hooks";
import { isOver } from "../../outbox/sender.ts";
import { words } from "../../words/annotator.ts";
import type { Judging } from "./judging.ts";

/** Sending usually takes less, and is not announced then. */
const QUIET_MS = 1_500;

/** Whether the server has everything, in words: “saved” is shown only when it has. */
export function SavedState({ judging }: { judging: Judging }) {
  const waiting = judging.held.value.outbox.length;
  const way = judging.way.value;
  const isLate = useLate(waiting > 0);
  const trouble = way === "offline" || way === "away";
  const text = trouble ? troubleText(way, waiting) : words.waiting[waiting > 0 ? "saving" : "saved"];
  const isQuiet = waiting > 0 && !isLate && !trouble;
  return (
    <p class={trouble ? "saved-state waiting" : "saved-state"} role="status" aria-busy={isQuiet}>
      {isOver(way) ? "" : text}
      {!judging.keeps.value && waiting > 0 && <span class="only-here">{words.waiting.onlyHere}</span>}
    </p>
  );
}

function troubleText(way: "offline" | "away", waiting: number): string {
  if (waiting === 0) return way === "offline" ? words.waiting.offlineNone : words.waiting.serverAwayNone;
  return way === "offline" ? words.waiting.offline(waiting) : words.waiting.serverAway(waiting);
}

/** True once `condition` has held for a while. */
function useLate(condition: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!condition) return;
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [condition]);
  return condition && late;
}
