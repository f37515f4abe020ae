import "./judged.css";
import "./reading.css";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Report } from "../../../../server/contract/report.ts";
import { words } from "../../../words/results-judged.ts";
import type { BlockShelf } from "../watch-block.ts";
import type { ReportSource } from "../watch-report.ts";
import { ComparisonList } from "./comparison-list.tsx";
import { useNextAndPrevious } from "./keys.ts";
import { LookForm } from "./look-form.tsx";
import { LookFilters } from "./look-filters.tsx";
import { type Look, queryOf } from "./look.ts";
import { useJudged } from "./use-judged.ts";

interface Props {
  source: ReportSource;
  report: Report;
  look: Look;
  goBack: () => void;
  onClick: (event: MouseEvent) => void;
  show: (look: Look) => void;
  shelf: BlockShelf;
}

/** The reading room: comparisons with their texts and judgments, those behind a figure or of the whole study. */
export function JudgedView({ source, report, look, goBack, onClick, show, shelf }: Props) {
  const judged = useJudged(source, look);
  useNextAndPrevious();
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
      <LookForm {...{ report, look, show, shelf }} isMember={"study" in source} />
      <LookFilters look={look} />
      {judged.refused !== null && <p class="nothing">{judged.refused}</p>}
      <ComparisonList
        key={queryOf(look, "0")}
        judged={judged}
        annotators={[look.annotator, look.alsoAnnotator]}
        study={"study" in source ? source.study : null}
      />
    </main>
  );
}
