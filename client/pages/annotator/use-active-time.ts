import { effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ActiveTime } from "../../outbox/active-time.ts";

const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "touchmove", "scroll"] as const;

/** Whether somebody takes a break: that time counts for no pair. */
export const onBreak = signal(false);

const isAway = () => onBreak.value || document.hidden; // in this order, so that an effect always follows the signal

/** Counts how long the pair with this token is worked on; returns how to read it, in milliseconds. */
export function useActiveTime(assignment: string): () => number {
  const counted = useRef<{ assignment: string; time: ActiveTime } | null>(null);
  if (counted.current?.assignment !== assignment) {
    const time = new ActiveTime(isAway() ? null : performance.now());
    counted.current = { assignment, time };
  }
  useEffect(() => {
    const look = () => counted.current?.time[isAway() ? "hide" : "sign"](performance.now());
    for (const name of SIGNS) window.addEventListener(name, look, { passive: true });
    document.addEventListener("visibilitychange", look);
    const stop = effect(() => void look());
    return () => {
      stop();
      for (const name of SIGNS) window.removeEventListener(name, look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return () => counted.current?.time.read(performance.now()) ?? 0;
}
