import type { Blocks } from "../../contract/report.ts";
import { whole } from "../cells.ts";
import { fold, paragraph, type Part, type Section, sectionOf, tablePart } from "../document.ts";
import { tableOf } from "../tables.ts";

type Day = Blocks["progress"][number];

const DAYS_MAX = 14;
const CAPTION = "Judgments counted up to and including each day (UTC)";

/** How judgments came in, day by day. */
export function progressSection(progress: readonly Day[]): Section {
  if (progress.length === 0) return sectionOf("progress", [paragraph("No judgments with a date.")]);
  const table = tableOf<{ day: Day; i: number }>({
    ...{ key: "progress", caption: CAPTION, first: "day" },
    ...{ rows: progress.map((day, i) => ({ day, i })), name: ({ day }) => day.day },
    columns: [{ label: "judgments", cell: ({ day }) => whole(day.judgments) }],
    most: { rows: DAYS_MAX, are: "last days", weight: ({ i }) => i },
  });
  return sectionOf(
    "progress",
    progress.length > 1 ? [figure(progress), fold(CAPTION, [tablePart(table)])] : [tablePart(table)],
  );
}

const figure = (progress: readonly Day[]): Part => ({
  kind: "figure",
  figure: {
    ...{ type: "line", key: "progress" },
    days: progress.map(({ day, judgments }) => ({ day, total: judgments })),
  },
});
