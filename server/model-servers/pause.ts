/** Waits so many milliseconds, or until `signal` is aborted. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** By the platform's timer. */
export function pause(ms: number, signal: AbortSignal): ReturnType<Pause> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
