import type { ChartWords } from "../../../server/charts/chart-words.ts";
import type { Pair, Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import { targetOf } from "./report-view.ts";
import { scoreWords } from "./score-words.ts";
import { sentenceText } from "./sentence.tsx";

/** The chart's words for this report: its description tells every drawn row. */
export function chartWordsFor(report: Report, drawn: Pair[]): ChartWords {
  return {
    ...words,
    title: words.figureSays(targetOf(report)),
    description: drawn.map(sentenceText).join(" "),
    count: words.number,
    percent: (proportion) => words.percent(proportion),
    score: (score) => scoreWords(score),
    row: sentenceText,
  };
}
