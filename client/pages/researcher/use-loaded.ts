import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Refused } from "./owner-api.ts";

interface Loaded<T> {
  value: T | null;
  refused: Refused | null;
  /** Fetches again now. */
  again: () => void;
  /** Puts what another call returned in its place. */
  set: (value: T) => void;
}

/** Fetches at once, then every `everyMs` while the page can be seen. What arrived last stays on a failure. */
export function useLoaded<T>(fetchIt: () => Promise<T>, everyMs: number): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const current = useRef(fetchIt);
  current.current = fetchIt;
  const set = useCallback((next: T) => {
    setValue(next);
    setRefused(null);
  }, []);
  const again = useCallback(() => {
    current.current().then(set, (error: unknown) => setRefused(asRefused(error)));
  }, [set]);
  useEffect(() => {
    again();
    const ifSeen = () => {
      if (!document.hidden) again();
    };
    const timer = setInterval(ifSeen, everyMs);
    document.addEventListener("visibilitychange", ifSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ifSeen);
    };
  }, [again, everyMs]);
  return { value, refused, again, set };
}

export function asRefused(error: unknown): Refused {
  return error instanceof Refused ? error : new Refused(0, "");
}
