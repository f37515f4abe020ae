import type { Report } from "../../../server/contract/report.ts";
import { words } from "../../words/results.ts";
import { printPage } from "./print-page.ts";
import { type FileToSave, SaveButtons } from "./save-buttons.tsx";
import { textFile } from "./save-file.ts";
import { fetchFull, type ReportSource } from "./watch-report.ts";

/** The whole report as a file, and on paper. */
export function Downloads({ report, source }: { report: Report; source: ReportSource }) {
  const whole: FileToSave = {
    label: words.downloads.json,
    ending: "json",
    make: async () => textFile(`${JSON.stringify(await fetchFull(source), null, 2)}\n`, "application/json"),
  };
  return (
    <div class="whole">
      <SaveButtons study={report.study} name="report" label={words.downloadWhole} files={[whole]} />
      <button type="button" class="plain" onClick={() => void printPage()}>
        {words.print}
      </button>
    </div>
  );
}
