import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { JudgedComparison } from "../../../../server/contract/judged.ts";
import type { ReportSource } from "../watch-report.ts";
import { fetchJudged } from "./fetch-judged.ts";
import type { Look } from "./look.ts";

export interface Judged {
  comparisons: readonly JudgedComparison[];
  /** Where the next page begins; null: there is none. */
  next: string | null;
  state: "fetching" | "here" | "unreachable";
  /** The server's words why nothing can be shown. */
  refused: string | null;
}

const NOTHING: Judged = { comparisons: [], next: "0", state: "fetching", refused: null };

/** The comparisons of a look, page by page. */
export function useJudged(source: ReportSource, look: Look): Judged & { more: () => void } {
  const [judged, setJudged] = useState(NOTHING);
  const asked = useRef(0); // an answer to an earlier question is not shown
  const ask = useCallback(
    async (before: Judged) => {
      const number = ++asked.current;
      setJudged({ ...before, state: "fetching" });
      const answer = await fetchJudged(source, look, before.next ?? "0");
      if (number === asked.current) setJudged(joined(before, answer));
    },
    [source, look],
  );
  useEffect(() => void ask(NOTHING), [ask]);
  return { ...judged, more: () => void ask(judged) };
}

function joined(before: Judged, answer: Awaited<ReturnType<typeof fetchJudged>>): Judged {
  if ("unreachable" in answer) return { ...before, state: "unreachable" };
  if ("refused" in answer) return { ...before, state: "here", refused: answer.refused };
  const { comparisons, next } = answer.page;
  return {
    comparisons: [...before.comparisons, ...comparisons.filter((one) => !isIn(before.comparisons, one))],
    ...{ next, state: "here", refused: null },
  };
}

/** One that has moved in the order since may come again. */
const isIn = (some: readonly JudgedComparison[], { id }: JudgedComparison): boolean =>
  some.some((one) => one.id === id);
