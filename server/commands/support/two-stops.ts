import { say } from "./run.ts";

/** npm may pass one Ctrl-C on twice: only one that comes later than this is a second. */
const SAME_MS = 1000;

export interface TwoStops {
  readonly signals: { readonly stop: AbortSignal; readonly abandon: AbortSignal };
  /** Stops listening for Ctrl-C. */
  readonly end: () => void;
}

/** Ctrl-C once asks to stop, twice to abandon what is in progress; `told` has the message for each. */
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
