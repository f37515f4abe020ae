import "./judged.css";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Report } from "../../../../server/contract/report.ts";
import { words } from "../../../words/results-judged.ts";
import type { ReportSource } from "../watch-report.ts";
import { ComparisonList } from "./comparison-list.tsx";
import { LookFilters } from "./look-filters.tsx";
import { type Look, queryOf } from "./look.ts";
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
  const judged = useJudged(source, look);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
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
      {judged.refused !== null && <p class="nothing">{judged.refused}</p>}
      <ComparisonList
        key={queryOf(look, 0)}
        judged={judged}
        annotators={[look.annotator, look.alsoAnnotator]}
      />
    </main>
  );
}
