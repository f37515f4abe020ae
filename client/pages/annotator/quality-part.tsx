import { useEffect, useState } from "preact/hooks";
import type { Judging } from "./judging.ts";

const RETRY_MS = 3000;

type Parts = typeof import("./quality/index.ts");

/** What the page has to say about how somebody works: its code and words are fetched when it is shown. */
export function QualityPart({ part, judging }: { part: keyof Parts; judging: Judging }) {
  const [parts, setParts] = useState<Parts>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = () =>
      void import("./quality/index.ts").then(setParts, () => {
        timer = setTimeout(load, RETRY_MS);
      });
    load();
    return () => clearTimeout(timer);
  }, []);
  const Part = parts?.[part];
  return Part ? <Part judging={judging} /> : null;
}
