import { say } from "./run.ts";

/** One Ctrl-C reaches a program twice where npm passes it on: only a later one is a second. */
const SAME_MS = 1000;

interface TwoStops {
  readonly signals: { readonly stop: AbortSignal; readonly abandon: AbortSignal };
  /** Listens no more. */
  readonly end: () => void;
}

/** Ctrl-C once asks to stop, twice to give up what is under way: `told` is said at each. */
export function twoStops(told: { first: string; second: string }): TwoStops {
  const [stop, abandon] = [new AbortController(), new AbortController()];
  let askedAt: number | null = null;
  const asked = () => {
    if (askedAt === null) {
      askedAt = Date.now();
      say(`\n${told.first}`);
      stop.abort();
    } else if (Date.now() - askedAt > SAME_MS && !abandon.signal.aborted) {
      say(told.second);
      abandon.abort();
    }
  };
  process.on("SIGINT", asked).on("SIGTERM", asked);
  return {
    signals: { stop: stop.signal, abandon: abandon.signal },
    end: () => void process.off("SIGINT", asked).off("SIGTERM", asked),
  };
}
