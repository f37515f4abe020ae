import type { FullReport } from "../../contract/report.ts";
import { whole } from "../cells.ts";
import { type Block, type DocumentSection, paragraph, tableBlock } from "../document.ts";
import { tableOf } from "../tables.ts";

type Day = FullReport["progress"][number];

const DAYS_MAX = 14;

/** How judgments came in, day by day. */
export function progressSection({ progress }: FullReport): DocumentSection {
  const table = tableOf<{ day: Day; i: number }>({
    ...{ key: "progress", caption: "Judgments counted up to and with a day (UTC)", first: "day" },
    ...{ rows: progress.map((day, i) => ({ day, i })), name: ({ day }) => day.day },
    columns: [{ label: "judgments", cell: ({ day }) => whole(day.judgments) }],
    most: { rows: DAYS_MAX, are: "last days", weight: ({ i }) => i },
  });
  return {
    key: "progress",
    title: "Progress",
    blocks:
      progress.length === 0
        ? [paragraph("No judgments with a date.")]
        : [...(progress.length > 1 ? [figure(progress)] : []), tableBlock(table)],
  };
}

const figure = (progress: readonly Day[]): Block => ({
  kind: "figure",
  figure: {
    ...{ type: "line", key: "progress" },
    days: progress.map(({ day, judgments }) => ({ day, total: judgments })),
  },
});
