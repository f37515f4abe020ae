import { NOT_IN_PERCENTAGES } from "../../contract/reasons.ts";
import { byPromptInterval } from "../../statistics/intervals/by-prompt-mean.ts";
import { halfTieScores } from "../../statistics/judgments/half-tie.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { listPairs, PairRanges } from "../rows/pair-list.ts";
import type { StudyData } from "../rows/study-data.ts";
import { withCount } from "../rows/with-count.ts";
import { eachRow, samplingOf } from "./pairs.ts";

/** The half-tie rate by prompt of every pair, of all people of the headline, over these judgments. */
export function headlineOf({ facts, rows: counted }: StudyData, rows: JudgmentRows) {
  const pairs = listPairs(facts, new PairRanges(counted));
  const made = eachRow({ facts, rows, pairs, ranges: new PairRanges(rows), groups: [null] }, (row) => {
    const { cell } = row;
    if (cell.judgments > 0 && cell.reconstructed > 0) {
      return { judgments: cell.judgments, halfTieRateByPrompt: { notEstimable: NOT_IN_PERCENTAGES.prompts } };
    }
    const estimate = byPromptInterval({ scores: halfTieScores(cell.halves), sampling: samplingOf(row) });
    return { judgments: cell.judgments, halfTieRateByPrompt: withCount(estimate, cell.judgments) };
  });
  return made.map(({ pair, made: figures }) => ({
    system: pair.system.label,
    against: pair.against.label,
    figures,
  }));
}
