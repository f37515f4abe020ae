import type { Blocks } from "../../contract/report.ts";
import { whole } from "../cells.ts";
import { fold, type Part, type Section, sectionOf, tablePart } from "../document.ts";
import { counted } from "../numbers.ts";
import { tableOf } from "../tables.ts";

type Day = Blocks["progress"][number];

const DAYS_MAX = 14;
const CAPTION = "Judgments counted up to and including each day (UTC)";

/** How judgments came in, day by day. */
export function progressSection(progress: readonly Day[]): Section {
  if (progress.length === 0) return sectionOf("progress", "No judgments with a date.", []);
  const table = tableOf<{ day: Day; i: number }>({
    ...{ key: "progress", caption: CAPTION, first: "day" },
    ...{ rows: progress.map((day, i) => ({ day, i })), name: ({ day }) => day.day },
    columns: [{ label: "judgments", cell: ({ day }) => whole(day.judgments) }],
    most: { rows: DAYS_MAX, are: "last days", weight: ({ i }) => i },
  });
  const [first, last] = [progress[0]!, progress.at(-1)!];
  return sectionOf(
    "progress",
    `${counted(last.judgments, "judgment")} with a date, ${first === last ? `on ${first.day}` : `from ${first.day} to ${last.day}`} (UTC).`,
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
