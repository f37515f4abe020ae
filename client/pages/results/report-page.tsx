import { useEffect, useState } from "preact/hooks";
import type { Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { Downloads } from "./downloads.tsx";
import { Figure } from "./figure.tsx";
import { GroupFilter } from "./group-filter.tsx";
import { MajorityTable } from "./majority-table.tsx";
import { NumbersTable } from "./numbers-table.tsx";
import { type Block, blocksOf, figurePairs, type Shown, speakingPair } from "./report-view.ts";
import { Sentence } from "./sentence.tsx";
import { addressFor, shownFrom } from "./shown-group.ts";

/** A report: what to know first, then the figure, then words, then numbers. */
export function ReportPage({ report, unreachable }: { report: Report; unreachable: boolean }) {
  const [shown, setShown] = useState<Shown>(() => knownGroup(report, shownFrom(location.search)));
  const show = (next: Shown) => {
    history.replaceState(null, "", addressFor(next, location));
    setShown(next);
  };
  useEffect(() => {
    document.title = words.tabTitle(report.publicTitle);
  }, [report.publicTitle]);
  const drawn = figurePairs(report, shown);
  const blocks = blocksOf(report, shown);
  return (
    <main class="results">
      <Heading report={report} unreachable={unreachable} />
      <Notes notes={report.notes} />
      {report.groups.length > 1 && <GroupFilter report={report} shown={shown} show={show} />}
      {report.judgments === 0 && <p class="nothing">{words.nothingYet}</p>}
      <section aria-labelledby="figure-heading">
        <h2 id="figure-heading">{words.figure}</h2>
        <Figure report={report} pairs={drawn} />
        <Downloads report={report} drawn={drawn} />
      </section>
      {report.judgments > 0 && <InWords blocks={blocks} />}
      <section aria-labelledby="numbers-heading">
        <h2 id="numbers-heading">{words.tables}</h2>
        <NumbersTable blocks={blocks} />
        <MajorityTable blocks={blocks} />
      </section>
    </main>
  );
}

function InWords({ blocks }: { blocks: Block[] }) {
  return (
    <section aria-labelledby="words-heading" class="in-words">
      <h2 id="words-heading">{words.inWords}</h2>
      <ul>
        {blocks.map((block) => {
          const pair = speakingPair(block);
          return (
            pair && (
              <li key={JSON.stringify([block.system, block.against])}>
                <Sentence pair={pair} />
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}

function Heading({ report, unreachable }: { report: Report; unreachable: boolean }) {
  const { repeats, surplus } = report;
  return (
    <header class="heading">
      <p class="study">
        {words.study} <bdi>{report.study}</bdi>
      </p>
      <h1>
        <bdi>{report.publicTitle}</bdi>
      </h1>
      <p class="made-of">
        {words.madeOf(report)}
        {repeats + surplus > 0 && <span>{words.keptApart(repeats, surplus)}</span>}
        <span>
          {words.seed} <code>{report.seed}</code>
        </span>
        <span>
          {words.estimator} <code>{report.estimator}</code>
        </span>
      </p>
      <p class="state" role="status">
        {unreachable ? words.stale : words.states[report.state]}
        {!unreachable && report.state === "open" && ` ${words.live}`}
      </p>
    </header>
  );
}

function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <aside class="notes" aria-labelledby="notes-heading">
      <h2 id="notes-heading">{words.noteFirst}</h2>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </aside>
  );
}

/** A group that the report does not have would leave the page empty. */
function knownGroup(report: Report, shown: Shown): Shown {
  if (shown === "every" || "people" in shown) return shown;
  return report.groups.some((group) => group.name === shown.group) ? shown : "every";
}
