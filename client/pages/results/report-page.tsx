import { useEffect, useMemo, useState } from "preact/hooks";
import type { Report } from "../../../server/contract/report.ts";
import { words } from "../../words/results.ts";
import { isolateTexts } from "../../../server/report-document/isolate-texts.ts";
import { pairsSection } from "../../../server/report-document/sections/pairs.ts";
import { comparedText } from "../../../server/report-document/sentences.ts";
import { verdictSentences } from "../../../server/report-document/verdict-summary.ts";
import { FurtherSectionView } from "./further-section.tsx";
import { GroupFilter } from "./group-filter.tsx";
import { Heading } from "./heading.tsx";
import { Headline } from "./headline.tsx";
import { LazyContents } from "./lazy-contents.tsx";
import { LazyJudged } from "./judged/lazy-judged.tsx";
import { useLook } from "./judged/use-look.ts";
import { Notes } from "./notes.tsx";
import { LazyPaper } from "./paper/lazy-paper.tsx";
import { PromptFilter } from "./prompt-filter.tsx";
import { type Shown, shownReport } from "./report-view.ts";
import { FURTHER_SECTIONS, hasSection } from "./sections.ts";
import { leadsFrom } from "./setting.ts";
import { addressFor, shownFrom } from "./shown-group.ts";
import { useBlock } from "./use-block.ts";
import { Verdicts } from "./verdicts.tsx";
import { type BlockShelf, blockShelf } from "./watch-block.ts";
import type { ReportSource } from "./watch-report.ts";
import { Ways } from "./ways.tsx";

interface Props {
  source: ReportSource;
  report: Report;
  unreachable: boolean;
}

/** A report for five minutes: what was compared, the verdicts, the figure, what weakens them, and all else folded to its finding. */
export function ReportPage({ source, report, unreachable }: Props) {
  const [shown, show] = useShown(report);
  const { results: resultsMain, look, onClick, change, goBack } = useLook();
  const shelf = useMemo(() => blockShelf(source), [source]);
  const title = comparedText(report);
  useEffect(() => {
    document.title = words.tabTitle(title);
  }, [title]);
  const judged = report.judgments > 0;
  const setting = { study: report.study, hrefOf: leadsFrom(report) };
  const place = { shelf, report, shown, setting };
  const { pairs, verdicts } = useHeadline(place);
  const further = FURTHER_SECTIONS.filter(({ key }) => hasSection(key, report));
  const [fetched, setFetched] = useState(0);
  const results = (
    <div class="with-contents" hidden={look !== null}>
      <main class="results" ref={resultsMain} onClick={onClick}>
        <Heading report={report} unreachable={unreachable} />
        <Ways report={report} source={source} />
        <Notes report={report} shelf={shelf} />
        {judged ? <Verdicts sentences={verdicts} /> : <p class="nothing">{words.nothingYet}</p>}
        {report.groups.length > 1 && <GroupFilter report={report} shown={shown} show={show} />}
        {report.snapshot === null && judged && <PromptFilter part={source.prompts} shelf={shelf} />}
        {judged && <Headline pairs={pairs} setting={setting} />}
        {judged && <LazyPaper source={source} study={report.study} shown={shown} />}
        {further.map((section, i) => (
          <FurtherSectionView
            key={section.key}
            {...{ section, place, isItsTurn: i <= fetched }}
            done={() => setFetched((before) => Math.max(before, i + 1))}
          />
        ))}
      </main>
      {further.length > 1 && (
        <LazyContents
          sections={[...(judged ? (["pairs"] as const) : []), ...further.map(({ key }) => key)]}
        />
      )}
    </div>
  );
  return (
    <>
      {results}
      {look !== null && <LazyJudged {...{ source, report, look, goBack, onClick, shelf }} show={change} />}
    </>
  );
}

/** What stands above the folds; a verdict comes with the tests, which are fetched only where there may be one. */
function useHeadline({ shelf, report, shown }: { shelf: BlockShelf; report: Report; shown: Shown }) {
  const { part: tests } = useBlock(shelf, "tests", report.analysis.status === "confirmatory");
  return useMemo(() => {
    const own = isolateTexts(shownReport(report, tests, shown));
    return { pairs: pairsSection(own), verdicts: verdictSentences(own) };
  }, [report, tests, shown]);
}

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
