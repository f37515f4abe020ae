import type { Report } from "../../../server/contract/report.ts";
import { isolateTexts } from "../../../server/report-document/isolate-texts.ts";
import { comparedText, extent, stateText } from "../../../server/report-document/sentences.ts";
import { words } from "../../words/results.ts";
import { dayAndTime } from "./moment.ts";

/** What was compared, how much was judged, and whether the figures still move. */
export function Heading({ report, unreachable }: { report: Report; unreachable: boolean }) {
  const { snapshot, state } = report;
  return (
    <header class="heading">
      <p class="study">
        {words.study} <bdi>{report.study}</bdi> · <bdi>{report.publicTitle}</bdi>
      </p>
      <h1 tabIndex={-1}>{comparedText(isolateTexts(report))}</h1>
      <p class="made-of">{extent(report)}</p>
      {snapshot === null ? (
        <p class="state" role="status">
          {unreachable ? words.stale : stateText(report)}
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
