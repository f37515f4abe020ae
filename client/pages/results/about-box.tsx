import type { ComponentChildren } from "preact";
import { isolated } from "../../../server/charts/isolate.ts";
import type { Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { dayAndTime } from "./moment.ts";

const { about: says } = words;

/** What the figures rest on: who judged what, how they were asked, and what was declared beforehand. */
export function AboutBox({ report }: { report: Report }) {
  const { about, analysis, slots, snapshot } = report;
  return (
    <section class="about" aria-labelledby="about-heading">
      <h2 id="about-heading">{says.title}</h2>
      <dl>
        <Line term={says.judged}>
          {says.counts(report)}
          {report.repeats + report.surplus > 0 && `; ${words.keptApart(report.repeats, report.surplus)}`}
        </Line>
        <Line term={says.by}>
          <Groups groups={report.groups} />
        </Line>
        <Line term={says.recruitment}>
          <bdi>{about.recruitment ?? says.notSaid}</bdi>
        </Line>
        <Line term={says.question}>
          <bdi>{about.question}</bdi>
        </Line>
        <Line term={says.options}>{about.options.map(isolated).join(" · ")}</Line>
        {about.guidelines !== null && (
          <Line term={says.guidelines}>
            <details>
              <summary>{says.readGuidelines}</summary>
              <p class="guidelines" dir="auto">
                {withoutMarks(about.guidelines)}
              </p>
            </details>
          </Line>
        )}
        <Line term={says.planned}>{says.slots(slots)}</Line>
        <Line term={says.declared}>
          {analysis.status === "exploratory" ? says.nothingDeclared : says.declaration(analysis)}
        </Line>
        <Line term={says.exclusions}>
          <bdi>{analysis.exclusion}</bdi> {says.inFact}
        </Line>
        <Line term={says.status}>{says.statuses[analysis.status]}</Line>
        {snapshot !== null && (
          <Line term={says.snapshot}>
            {says.snapshotIs(snapshot.number, dayAndTime(snapshot.takenAt), snapshot.reason)}
          </Line>
        )}
        <Line term={says.marks}>
          <Marks report={report} />
        </Line>
      </dl>
    </section>
  );
}

/** Markdown for reading as it stands: no marks of bold, and a dot before what is listed. */
const withoutMarks = (markdown: string): string =>
  markdown.replace(/\*\*(.+?)\*\*/g, "$1").replace(/^[-*] /gm, "\u2022 ");

function Line({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Groups({ groups }: { groups: Report["groups"] }) {
  return (
    <ul>
      {groups
        .filter(({ judgments, headline }) => judgments > 0 || headline)
        .map((group) => (
          <li key={group.name}>
            <bdi>{group.name}</bdi> {says.group(group)}
            {group.kind !== "model" && !group.headline && says.apart}
          </li>
        ))}
    </ul>
  );
}

/** What somebody needs to check that they look at the same figures. */
function Marks({ report: { seed, estimator, analysis, snapshot } }: { report: Report }) {
  const marks = [
    [words.seed, seed],
    [words.estimator, estimator],
    ...(analysis.protocolHash === null ? [] : [[says.protocol, analysis.protocolHash.slice(0, 12)]]),
    ...(snapshot === null ? [] : [[words.dataHash, snapshot.dataHash]]),
  ];
  return (
    <>
      {marks.map(([name, value]) => (
        <span class="mark" key={name}>
          {name} <code>{value}</code>
        </span>
      ))}
    </>
  );
}
