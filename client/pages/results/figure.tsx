import { stackedBars } from "../../../server/charts/stacked-bars.ts";
import type { Pair, Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { Chart, type Draw } from "./chart.tsx";
import { chartWordsFor } from "./chart-words.ts";
import type { DataTable } from "./data-table.ts";
import { targetOf } from "./report-view.ts";
import { chartFiles, SaveButtons, tableFiles } from "./save-buttons.tsx";

interface Props {
  report: Report;
  pairs: Pair[];
  /** The same in numbers. */
  twin: DataTable;
}

/** The stacked bars, and the files of the figure and of its numbers. */
export function Figure({ report, pairs, twin }: Props) {
  const draw = figureDraw(report, pairs);
  return (
    <>
      <Chart draw={draw}>
        {words.figureSays(targetOf(report))} {words.figureGuide} {words.halfTieMeans}
      </Chart>
      <SaveButtons study={report.study} name="figure" files={[...chartFiles(draw), ...tableFiles(twin)]} />
    </>
  );
}

export const figureDraw =
  (report: Report, pairs: Pair[]): Draw =>
  (width) =>
    stackedBars(pairs, { words: chartWordsFor(report, pairs), width, id: "figure" });
