import { useEffect, useMemo, useState } from "preact/hooks";
import type { Report } from "../../../server/contract/report.ts";
import { words } from "../../words/results.ts";
import { SECTION_TITLES, type SectionKey } from "../../../server/report-document/document.ts";
import { BlockSection } from "./block-section.tsx";
import { Contents } from "./contents.tsx";
import { Downloads } from "./downloads.tsx";
import { GroupFilter } from "./group-filter.tsx";
import { Heading } from "./heading.tsx";
import { Headline } from "./headline.tsx";
import { LazyJudged } from "./judged/lazy-judged.tsx";
import { lookHref, READING_ROOM } from "./judged/look.ts";
import { useLook } from "./judged/use-look.ts";
import { Notes } from "./notes.tsx";
import { LazyPaper } from "./paper/lazy-paper.tsx";
import { PromptFilter } from "./prompt-filter.tsx";
import type { Shown } from "./report-view.ts";
import { headingOf } from "./section-view.tsx";
import { FURTHER_SECTIONS, hasSection } from "./sections.ts";
import { leadsFrom } from "./setting.ts";
import { addressFor, shownFrom } from "./shown-group.ts";
import { blockShelf } from "./watch-block.ts";
import type { ReportSource } from "./watch-report.ts";

interface Props {
  source: ReportSource;
  report: Report;
  unreachable: boolean;
}

/** A report: what to know first, then the figure with its numbers, then the study, then the further sections. */
export function ReportPage({ source, report, unreachable }: Props) {
  const [shown, show] = useShown(report);
  const { results: resultsMain, look, onClick, change, goBack } = useLook();
  const shelf = useMemo(() => blockShelf(source), [source]);
  useEffect(() => {
    document.title = words.tabTitle(report.publicTitle);
  }, [report.publicTitle]);
  const judged = report.judgments > 0;
  const setting = { study: report.study, hrefOf: leadsFrom(report) };
  const results = (
    <main class="results" ref={resultsMain} hidden={look !== null} onClick={onClick}>
      <Heading report={report} unreachable={unreachable} />
      <Notes report={report} shelf={shelf} />
      {report.groups.length > 1 && <GroupFilter report={report} shown={shown} show={show} />}
      {report.snapshot === null && judged && <PromptFilter part={source.prompts} shelf={shelf} />}
      {report.snapshot === null && judged && (
        <p class="filter">
          <a href={lookHref(READING_ROOM)}>{words.readingRoom}</a>
        </p>
      )}
      {!judged && <p class="nothing">{words.nothingYet}</p>}
      <Headline {...{ report, shown, shelf, setting }} />
      {judged && <LazyPaper source={source} study={report.study} shown={shown} />}
      {judged && <Contents parts={PARTS.filter(({ key }) => hasSection(key, report))} />}
      {FURTHER_SECTIONS.filter(({ key }) => hasSection(key, report)).map((section) => (
        <BlockSection key={section.key} section={section} place={{ shelf, report, shown, setting }} />
      ))}
      <Downloads report={report} source={source} />
    </main>
  );
  return (
    <>
      {results}
      {look !== null && <LazyJudged {...{ source, report, look, goBack, onClick, shelf }} show={change} />}
    </>
  );
}

const PARTS = (Object.entries(SECTION_TITLES) as [SectionKey, string][]).map(([key, title]) => ({
  key,
  heading: headingOf(key),
  title,
}));

/** Whose rows are shown, kept in the address. */
function useShown(report: Report): [Shown, (next: Shown) => void] {
  const [shown, setShown] = useState<Shown>(() => knownGroup(report, shownFrom(location.search)));
  const show = (next: Shown) => {
    history.replaceState(null, "", addressFor(next, location));
    setShown(next);
  };
  return [shown, show];
}

/** A group that the report does not have would leave the page empty. */
function knownGroup(report: Report, shown: Shown): Shown {
  if (shown === "every" || "people" in shown) return shown;
  return report.groups.some((group) => group.name === shown.group) ? shown : "every";
}
