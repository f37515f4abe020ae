import { useEffect, useRef } from "preact/hooks";
import { ActiveTime } from "../../outbox/active-time.ts";

const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "touchmove", "scroll"] as const;

/** Counts how long the pair with this token is worked on; returns how to read it, in milliseconds. */
export function useActiveTime(assignment: string): () => number {
  const counted = useRef<{ assignment: string; time: ActiveTime } | null>(null);
  if (counted.current?.assignment !== assignment) {
    const time = new ActiveTime(document.hidden ? null : performance.now());
    counted.current = { assignment, time };
  }
  useEffect(() => {
    const sign = () => counted.current?.time.sign(performance.now());
    const look = () => (document.hidden ? counted.current?.time.hide(performance.now()) : sign());
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true });
    document.addEventListener("visibilitychange", look);
    return () => {
      for (const name of SIGNS) window.removeEventListener(name, sign);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return () => counted.current?.time.read(performance.now()) ?? 0;
}
