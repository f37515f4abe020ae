import type { Judging } from "./judging.ts";
import { useLater } from "./use-later.ts";

type Parts = typeof import("./quality/index.ts");

/** What the page has to say about how somebody works: its code and words are fetched when it is shown. */
export function QualityPart({ part, judging }: { part: keyof Parts; judging: Judging }) {
  const Part = useLater(() => import("./quality/index.ts"))?.[part];
  return Part ? <Part judging={judging} /> : null;
}
