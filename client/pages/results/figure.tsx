import { stackedBars } from "../../../server/charts/stacked-bars.ts";
import type { Pair, Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { Chart, type Draw } from "./chart.tsx";
import { chartWordsFor } from "./chart-words.ts";
import { targetOf } from "./report-view.ts";

/** The stacked bars. */
export function Figure({ report, pairs }: { report: Report; pairs: Pair[] }) {
  return (
    <Chart draw={figureDraw(report, pairs)}>
      {words.figureSays(targetOf(report))} {words.figureGuide} {words.halfTieMeans}
    </Chart>
  );
}

export const figureDraw =
  (report: Report, pairs: Pair[]): Draw =>
  (width) =>
    stackedBars(pairs, { words: chartWordsFor(report, pairs), width, id: "figure" });
