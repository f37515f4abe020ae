import type { IssuedLink } from "../../contract/links.ts";
import { withoutControls } from "../../report-document/write/plain-text.ts";
import { inColumns, minuteOf } from "./columns.ts";

/** The links of a study for a terminal, one per line. */
export function linksText(links: readonly IssuedLink[]): string {
  if (links.length === 0) {
    return "No links were issued yet. Create some with tiebreak invite, or on the dashboard.";
  }
  return inColumns([
    ["name", "kind", "group", "state", "last used (UTC)", "progress", "label"],
    ...withoutControls(links).map((link) => [
      link.name,
      link.kind,
      link.group ?? "",
      link.state,
      link.usedAt === null ? "never" : minuteOf(link.usedAt),
      progressOf(link),
      link.label ?? "",
    ]),
  ]);
}

function progressOf({ kind, judged, of, snapshot, most, sawResultsAt }: IssuedLink): string {
  if (kind === "results") return snapshot === null ? "live" : `snapshot ${snapshot}`;
  if (typeof most === "number") return `at most ${most} join`;
  if (judged === null) return "";
  const saw = sawResultsAt === undefined ? "" : ", after seeing the results";
  return of === null ? `${judged} judged${saw}` : `${judged} of at most ${of}${saw}`;
}
