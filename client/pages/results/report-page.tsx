import { useEffect, useMemo, useState } from "preact/hooks";
import type { Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { AboutBox } from "./about-box.tsx";
import { BlockSection } from "./block-section.tsx";
import { Contents } from "./contents.tsx";
import { Downloads } from "./downloads.tsx";
import { Figure } from "./figure.tsx";
import { LazyJudged } from "./judged/lazy-judged.tsx";
import { leadsFrom, lookAt } from "./judged/leads.ts";
import { useLook } from "./judged/use-look.ts";
import { GroupFilter } from "./group-filter.tsx";
import { Heading, Notes } from "./heading.tsx";
import { InWords } from "./in-words.tsx";
import { MajorityTable } from "./majority-table.tsx";
import { pairsTable } from "./pairs-table.ts";
import { PromptFilter } from "./prompt-filter.tsx";
import { blocksOf, figurePairs, type Shown } from "./report-view.ts";
import { SECTIONS } from "./sections.ts";
import { addressFor, shownFrom } from "./shown-group.ts";
import { TableView } from "./table-view.tsx";
import { blockShelf } from "./watch-block.ts";
import type { ReportSource } from "./watch-report.ts";

interface Props {
  source: ReportSource;
  report: Report;
  unreachable: boolean;
}

/** A report: what to know first, then the figure, then words, then numbers, then what stands beside them. */
export function ReportPage({ source, report, unreachable }: Props) {
  const [shown, show] = useShown(report);
  const { results: resultsMain, look, onClick, goBack } = useLook();
  const shelf = useMemo(() => blockShelf(source), [source]);
  useEffect(() => {
    document.title = words.tabTitle(report.publicTitle);
  }, [report.publicTitle]);
  const blocks = blocksOf(report, shown);
  const judged = report.judgments > 0;
  const leads = leadsFrom(report);
  const numbers = pairsTable(blocks, leads && ((pair, outcome) => leads(lookAt(pair, outcome))));
  const results = (
    <main class="results" ref={resultsMain} hidden={look !== null} onClick={onClick}>
      <Heading report={report} unreachable={unreachable} />
      <Notes notes={report.notes} />
      {report.groups.length > 1 && <GroupFilter report={report} shown={shown} show={show} />}
      {report.snapshot === null && judged && <PromptFilter part={source.prompts} shelf={shelf} />}
      {!judged && <p class="nothing">{words.nothingYet}</p>}
      <section aria-labelledby="figure-heading">
        <h2 id="figure-heading">{words.figure}</h2>
        <Figure report={report} pairs={figurePairs(report, shown)} twin={numbers} />
      </section>
      {judged && <InWords report={report} blocks={blocks} shelf={shelf} leads={leads} />}
      <AboutBox report={report} />
      {judged && <Contents parts={PARTS} />}
      <section aria-labelledby="numbers-heading">
        <h2 id="numbers-heading" tabIndex={-1}>
          {words.tables}
        </h2>
        <TableView table={numbers} study={report.study} saved />
        <MajorityTable blocks={blocks} study={report.study} leads={leads} />
      </section>
      {judged &&
        SECTIONS.map((section) => (
          <BlockSection key={section.name} section={section} place={{ shelf, report, shown }} />
        ))}
      <Downloads report={report} source={source} />
    </main>
  );
  return (
    <>
      {results}
      {look !== null && (
        <LazyJudged source={source} report={report} look={look} goBack={goBack} onClick={onClick} />
      )}
    </>
  );
}

const PARTS = [
  { heading: "numbers-heading", title: words.tables },
  ...SECTIONS.map(({ name, title }) => ({ heading: `${name}-heading`, title })),
];

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
