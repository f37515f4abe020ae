import { useEffect, useState } from "preact/hooks";
import { isOver } from "../../outbox/sender.ts";
import { words } from "../../words/annotator.ts";
import type { Judging } from "./judging.ts";

/** Sending usually takes less; saying so each time would only flicker. */
const QUIET_MS = 1_500;

/** Whether everything is saved, in words. */
export function SavedState({ judging }: { judging: Judging }) {
  const waiting = judging.held.value.outbox.length;
  const way = judging.way.value;
  const isLate = useLate(waiting > 0);
  const trouble = way === "offline" || way === "away";
  const text = trouble ? troubleText(way, waiting) : isLate ? words.waiting.saving : words.waiting.saved;
  return (
    <p class={trouble ? "saved-state waiting" : "saved-state"} role="status">
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
