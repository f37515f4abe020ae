import "./judged.css";
import { useEffect, useRef } from "preact/hooks";
import type { Report } from "../../../../server/contract/report.ts";
import { judged as words } from "../../../words/en/results-judged.ts";
import type { ReportSource } from "../watch-report.ts";
import { ComparisonItem } from "./comparison-item.tsx";
import { LookFilters } from "./look-filters.tsx";
import type { Look } from "./look.ts";
import { useJudged } from "./use-judged.ts";

interface Props {
  source: ReportSource;
  report: Report;
  look: Look;
  goBack: () => void;
  onClick: (event: MouseEvent) => void;
}

/** The comparisons and judgments behind a figure: who said what about which texts. */
export function JudgedView({ source, report, look, goBack, onClick }: Props) {
  const { comparisons, next, state, refused, more } = useJudged(source, look);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.title;
    document.title = words.tabTitle(report.publicTitle);
    return () => {
      document.title = before;
    };
  }, [report.publicTitle]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [look]);
  return (
    <main class="results judged" onClick={onClick}>
      <p>
        <button type="button" class="plain back" onClick={goBack}>
          <span aria-hidden="true">←</span> {words.back}
        </button>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      <LookFilters look={look} />
      {refused !== null && <p class="nothing">{refused}</p>}
      <ol class="comparisons">
        {comparisons.map((one) => (
          <li key={JSON.stringify([one.prompt, one.turn, one.system, one.against])}>
            <ComparisonItem comparison={one} />
          </li>
        ))}
      </ol>
      <p role="status" class="quiet">
        {state === "fetching" && words.fetching}
        {state === "unreachable" && words.unreachable}
        {state === "here" && refused === null && saidOf(comparisons.length, next)}
      </p>
      {refused === null && state !== "fetching" && (next !== null || state === "unreachable") && (
        <button type="button" onClick={more}>
          {state === "unreachable" ? words.tryAgain : words.more}
        </button>
      )}
    </main>
  );
}

const saidOf = (count: number, next: number | null): string =>
  count === 0 && next === null ? words.none : words.shown(count);
