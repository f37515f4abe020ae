import type { Pair, Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { reportCsv } from "./csv.ts";
import { figureFile } from "./figure.tsx";

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
      make: () => figureFile(report, drawn),
    },
  ];
  return (
    <p class="downloads">
      <span>{words.download}</span>
      {files.map(({ label, ending, type, make }) => (
        <button
          key={ending}
          type="button"
          onClick={() => save(`${report.study}-report.${ending}`, make(), type)}
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

function save(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // the download has begun by then; revoking at once would cut it off in some browsers
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
