import type { ReadonlySignal } from "@preact/signals";
import { words } from "../../words/results.ts";
import { lazyView } from "./lazy-view.tsx";
import { ReportPage } from "./report-page.tsx";
import type { ReportSource, Watched } from "./watch-report.ts";

const LazyRefused = lazyView(async () => (await import("./refused.tsx")).Refused);

/** The results: of a share link, or of a study for its signed-in researcher. */
export function ResultsPage({
  source,
  watched,
}: {
  source: ReportSource | null;
  watched: ReadonlySignal<Watched> | null;
}) {
  if (source === null || watched === null) return <LazyRefused why="noLink" />;
  const { part: report, refused, unreachable } = watched.value;
  if (report) return <ReportPage source={source} report={report} unreachable={unreachable} />;
  if (refused !== null)
    return <LazyRefused why={refused} {...("study" in source && { study: source.study })} />;
  return (
    <main class="results">
      <p role="status">{unreachable ? words.unreachable : words.loading}</p>
    </main>
  );
}
