import type { Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { dayAndTime } from "./moment.ts";

/** The title, how much was judged, and whether the figures still move. */
export function Heading({ report, unreachable }: { report: Report; unreachable: boolean }) {
  const { snapshot, state } = report;
  return (
    <header class="heading">
      <p class="study">
        {words.study} <bdi>{report.study}</bdi>
      </p>
      <h1 tabIndex={-1}>
        <bdi>{report.publicTitle}</bdi>
      </h1>
      <p class="made-of">{words.madeOf(report)}</p>
      {snapshot === null ? (
        <p class="state" role="status">
          {unreachable ? words.stale : words.states[state]}
          {!unreachable && state === "open" && ` ${words.live}`}
        </p>
      ) : (
        <p class="frozen">
          {words.frozen(dayAndTime(snapshot.takenAt), snapshot.number)}
          <span class="mark">
            {words.dataHash} <code>{snapshot.dataHash}</code>
          </span>
        </p>
      )}
    </header>
  );
}

/** What a reader must know before any figure. */
export function Notes({ notes }: { notes: string[] }) {
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
