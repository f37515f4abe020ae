import { useEffect, useState } from "preact/hooks";

const LOOKS_MS = 200;

/** Whether the pair with this token has been visible for so long, as `readMs` counts it; undefined: it need not be. */
export function useRested(assignment: string, minimumMs: number | undefined, readMs: () => number): boolean {
  const [rested, setRested] = useState("");
  useEffect(() => {
    if (minimumMs === undefined) return;
    const timer = setInterval(() => {
      if (readMs() >= minimumMs) setRested(assignment);
    }, LOOKS_MS);
    return () => {
      clearInterval(timer);
      setRested(""); // the time counts anew when the pair is shown again
    };
  }, [assignment]);
  return minimumMs === undefined || rested === assignment;
}
