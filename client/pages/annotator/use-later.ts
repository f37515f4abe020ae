import { useEffect, useState } from "preact/hooks";

const TRIES_AGAIN_MS = 3_000;

/** A part of the page whose code is fetched once it is needed, and again until it has come; null until then. */
export function useLater<Part>(load: () => Promise<Part>, isNeeded = true): Part | null {
  const [part, setPart] = useState<Part | null>(null);
  useEffect(() => {
    if (!isNeeded) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetchPart = (): Promise<void> =>
      load().then(
        (loaded) => setPart(() => loaded),
        () => {
          timer = setTimeout(() => void fetchPart(), TRIES_AGAIN_MS);
        },
      );
    void fetchPart();
    return () => clearTimeout(timer);
  }, [isNeeded]);
  return part;
}
