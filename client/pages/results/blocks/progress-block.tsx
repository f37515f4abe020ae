import { lineChart } from "../../../../server/charts/line-chart.ts";
import type { Blocks } from "../../../../server/contract/report.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import { Chart, type Draw } from "../chart.tsx";
import type { DataTable } from "../data-table.ts";
import { chartFiles, SaveButtons, tableFiles } from "../save-buttons.tsx";
import { TableView } from "../table-view.tsx";
import { countColumn, textColumn } from "./columns.ts";

const says = blocks.progress;

/** How the judgments came in. */
export function ProgressBlock({ block, report }: BlockProps<"progress">) {
  const [first, second] = block;
  if (first === undefined) return <p>{says.none}</p>;
  if (second === undefined) return <p>{says.one(first.judgments, first.day)}</p>;
  const draw = progressDraw(block);
  const table = progressTable(block);
  return (
    <>
      <Chart draw={draw}>{says.figure}</Chart>
      <SaveButtons
        study={report.study}
        name="progress-figure"
        files={[...chartFiles(draw), ...tableFiles(table)]}
      />
      <details>
        <summary>{says.table}</summary>
        <TableView table={table} study={report.study} saved />
      </details>
    </>
  );
}

export function progressDraw(days: Blocks["progress"]): Draw {
  const points = days.map(({ day, judgments }) => ({ at: Date.parse(day), value: judgments }));
  const [first, last] = [days[0], days.at(-1)];
  const ends = [first, last].flatMap((one) => (one ? [`${one.day}: ${words.number(one.judgments)}.`] : []));
  const told = { title: says.figure, description: ends.join(" "), nothing: says.none, count: words.number };
  const moment = (at: number) => new Date(at).toISOString().slice(0, 10);
  return (width) => lineChart(points, { words: { ...told, moment }, width, id: "progress" });
}

export function progressTable(days: Blocks["progress"]): DataTable {
  return {
    name: "progress",
    caption: says.caption,
    columns: [textColumn("day", says.day), countColumn("judgments", says.total)],
    rows: days.map(({ day, judgments }) => ({ cells: [day, judgments] })),
  };
}
