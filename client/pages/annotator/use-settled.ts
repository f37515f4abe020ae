import { useLayoutEffect, useState } from "preact/hooks";

/** So long after it appeared a pair takes no answer: a key or tap that comes sooner was meant for the pair before. */
const SETTLING_MS = 400;

/** Whether the pair with this token has been on the screen for long enough to be answered. */
export function useSettled(assignment: string): boolean {
  const [settled, setSettled] = useState<string | null>(null);
  useLayoutEffect(() => {
    setSettled(null);
    let timer: ReturnType<typeof setTimeout> | undefined;
    // from the frame in which it is painted, however long that takes; a page that nobody sees paints none
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setSettled(assignment), SETTLING_MS);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [assignment]);
  return settled === assignment;
}
