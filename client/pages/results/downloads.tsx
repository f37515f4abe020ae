import type { Pair, Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { reportCsv } from "./csv.ts";
import { figureDraw } from "./figure.tsx";
import { chartFile } from "./chart.tsx";
import { saveFile, textFile } from "./save-file.ts";

/** The report as files, made here from what is on the page. JSON and CSV hold every row, the figure what is shown. */
export function Downloads({ report, drawn }: { report: Report; drawn: Pair[] }) {
  const files = [
    {
      label: words.downloads.json,
      ending: "json",
      type: "application/json",
      make: () => `${JSON.stringify(report, null, 2)}\n`,
    },
    { label: words.downloads.csv, ending: "csv", type: "text/csv", make: () => reportCsv(report) },
    {
      label: words.downloads.svg,
      ending: "svg",
      type: "image/svg+xml",
      make: () => chartFile(figureDraw(report, drawn)),
    },
  ];
  return (
    <p class="downloads">
      <span>{words.download}</span>
      {files.map(({ label, ending, type, make }) => (
        <button
          key={ending}
          type="button"
          onClick={() => saveFile(`${report.study}-report.${ending}`, textFile(make(), type))}
        >
          {label}
        </button>
      ))}
      <button type="button" onClick={() => window.print()}>
        {words.print}
      </button>
    </p>
  );
}
