import type { IssuedLink } from "../../contract/links.ts";
import { pad, widthOf, withoutControls } from "../../report-document/write/plain-text.ts";

/** The links of a study for a terminal, one per line. */
export function linksText(links: readonly IssuedLink[]): string {
  if (links.length === 0) {
    return "No links were issued yet. Create some with tiebreak invite, or on the dashboard.";
  }
  const rows = [
    ["name", "kind", "group", "state", "last used (UTC)", "progress"],
    ...withoutControls(links).map((link) => [
      link.name,
      link.kind,
      link.group ?? "",
      link.state,
      link.usedAt === null ? "never" : minuteOf(link.usedAt),
      progressOf(link),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column]!))));
  return rows
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column]!, "right"))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const minuteOf = (iso: string): string => iso.slice(0, 16).replace("T", " ");

function progressOf({ kind, judged, of, snapshot }: IssuedLink): string {
  if (kind === "results") return snapshot === null ? "live" : `snapshot ${snapshot}`;
  if (judged === null) return "";
  return of === null ? `${judged} judged` : `${judged} of ${of}`;
}
