import { useEffect, useState } from "preact/hooks";
import type { Sheet } from "../../../server/contract/judging.ts";

/** What only some studies need: comments, flags and so on. */
export type More = typeof import("./more/index.ts");

const TRIES_AGAIN_MS = 3_000;

/** The code of what a study lets people say besides a choice, fetched once the page knows that it does; null until then. */
export function useMore(sheet: Sheet | null): More | null {
  const [more, setMore] = useState<More | null>(null);
  const isNeeded = Boolean(
    sheet && (sheet.comment ?? sheet.flags ?? sheet.messages ?? sheet.guess ?? sheet.runningFigure),
  );
  useEffect(() => {
    if (!isNeeded) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = (): Promise<void> =>
      import("./more/index.ts").then(setMore, () => {
        timer = setTimeout(() => void load(), TRIES_AGAIN_MS);
      });
    void load();
    return () => clearTimeout(timer);
  }, [isNeeded]);
  return more;
}
