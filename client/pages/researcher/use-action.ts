import { useState } from "preact/hooks";
import type { Refused } from "./owner-api.ts";
import { asRefused } from "./use-loaded.ts";

/** Runs one thing at a time and keeps why it failed. */
export function useAction(): {
  working: boolean;
  refused: Refused | null;
  run: (action: () => Promise<void>) => void;
} {
  const [working, setWorking] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const run = (action: () => Promise<void>) => {
    if (working) return;
    setWorking(true);
    setRefused(null);
    action()
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setWorking(false));
  };
  return { working, refused, run };
}
