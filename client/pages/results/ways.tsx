import type { Report } from "../../../server/contract/report.ts";
import { withBase } from "../../base-path.ts";
import { words } from "../../words/results.ts";
import { lookHref, READING_ROOM } from "./judged/look.ts";
import { type FileToSave, SaveButtons, textFile } from "./save-buttons.tsx";
import { fetchFull, type ReportSource } from "./watch-report.ts";

/** What can be done with the report as a whole: read what was judged, put another study beside it, print, and download. */
export function Ways({ report, source }: { report: Report; source: ReportSource }) {
  const whole: FileToSave = {
    label: words.downloads.json,
    ending: "json",
    make: async () => textFile(`${JSON.stringify(await fetchFull(source), null, 2)}\n`, "application/json"),
  };
  return (
    <div class="ways">
      {report.snapshot === null && report.judgments > 0 && (
        <a href={lookHref(READING_ROOM)}>{words.readingRoom}</a>
      )}
      {report.snapshot === null && "study" in source && (
        <a href={withBase(`/results/${encodeURIComponent(source.study)}?beside=`)}>{words.besideAnother}</a>
      )}
      <button type="button" class="plain" onClick={() => void print()}>
        {words.print}
      </button>
      <SaveButtons study={report.study} name="report" label={words.downloadWhole} files={[whole]} />
    </div>
  );
}

/** Prints the page once everything is there; as it is, where the code for that does not come. */
export const print = (): Promise<void> =>
  import("./print-page.ts").then(
    ({ printPage }) => printPage(),
    () => window.print(),
  );
