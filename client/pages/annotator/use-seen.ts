import { useLayoutEffect, useState } from "preact/hooks";

export interface Seen {
  readonly left: boolean;
  readonly right: boolean;
}

type Side = keyof Seen;

const NEITHER: Seen = { left: false, right: false };
/** So much of an answer must be above the bar of choices for its start to have been on screen. */
const START_PX = 48;

/** Which answers of the pair have had their start on the screen. */
export function useSeen(assignment: string): Seen {
  const [seen, setSeen] = useState({ assignment, ...NEITHER });
  const current = seen.assignment === assignment ? seen : { assignment, ...NEITHER };
  useLayoutEffect(() => {
    const look = () =>
      setSeen((before) => {
        const was = before.assignment === assignment ? before : { assignment, ...NEITHER };
        const left = was.left || isStartOnScreen("left");
        const right = was.right || isStartOnScreen("right");
        return was === before && left === was.left && right === was.right
          ? before
          : { assignment, left, right };
      });
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
      observer.disconnect();
    };
  }, [assignment]);
  return current;
}

function isStartOnScreen(side: Side): boolean {
  const answer = document.querySelector(`[data-judged="${side}"]`)?.getBoundingClientRect();
  if (!answer) return false;
  const bar = document.querySelector(".choice-bar")?.getBoundingClientRect();
  const end = Math.min(window.innerHeight, bar?.top ?? Infinity);
  return answer.bottom > 0 && answer.top + Math.min(START_PX, answer.height) <= end;
}
