import type { ReadonlySignal } from "@preact/signals";
import { words } from "../../words/results.ts";
import { addressOfPart } from "./prompt-part.ts";
import { ReportPage } from "./report-page.tsx";
import type { ReportSource, Watched } from "./watch-report.ts";
import { withBase } from "../../base-path.ts";

/** The results: of a share link, or of a study for its signed-in researcher. */
export function ResultsPage({
  source,
  watched,
}: {
  source: ReportSource | null;
  watched: ReadonlySignal<Watched> | null;
}) {
  if (source === null || watched === null) return <Refused says={words.errors.noLink} toDashboard />;
  const { part: report, refused, unreachable } = watched.value;
  if (report) return <ReportPage source={source} report={report} unreachable={unreachable} />;
  if (refused === "notFound" && "study" in source) {
    return <Refused says={words.errors.notFound(source.study)} toDashboard />;
  }
  if (refused === "noPart") return <NoPart />;
  if (refused === "notAllowed") return <Refused says={words.errors.notAllowed} toDashboard />;
  if (refused === "signIn") return <Refused says={words.errors.signIn} toDashboard />;
  if (refused !== null) return <Refused says={words.errors.linkNotValid} />;
  return (
    <main class="results">
      <p role="status">{unreachable ? words.errors.unreachable : words.loading}</p>
    </main>
  );
}

function NoPart() {
  return (
    <main class="results">
      <h1>{words.promptParts.none}</h1>
      <p>
        <a href={addressOfPart(null, location)}>{words.promptParts.showAll}</a>
      </p>
    </main>
  );
}

function Refused({ says, toDashboard = false }: { says: string; toDashboard?: boolean }) {
  return (
    <main class="results">
      <h1>{words.errors.title}</h1>
      <p>{says}</p>
      {toDashboard && (
        <p>
          <a href={withBase("/dashboard")}>{words.errors.toDashboard}</a>
        </p>
      )}
    </main>
  );
}
