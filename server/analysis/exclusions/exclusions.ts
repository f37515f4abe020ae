import type { ExclusionEffect } from "../../contract/report-annotators.ts";
import { NOT_IN_PERCENTAGES } from "../../contract/reasons.ts";
import { byPromptInterval } from "../../statistics/intervals/by-prompt-mean.ts";
import { halfTieScores } from "../../statistics/judgments/half-tie.ts";
import { compareCodeUnits } from "../rows/dense-ids.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { listPairs, PairRanges } from "../rows/pair-list.ts";
import { eachRow, samplingOf } from "../pairs/pairs.ts";
import type { StudyData } from "../rows/study-data.ts";
import { allRows } from "../rows/all-rows.ts";
import { withCount } from "../rows/with-count.ts";

/** Whom the exclusions in force leave out, and what the headline would be with them and is without. */
export function exclusionEffectOf(data: StudyData): ExclusionEffect {
  const out = data.annotators.flatMap(({ excludedBy }) => (excludedBy === null ? [] : [excludedBy]));
  const rules = [...new Set(out)].sort(compareCodeUnits);
  const summary = { annotators: out.length, judgments: data.excluded.count, rules };
  if (out.length === 0) return { ...summary, pairs: [] };
  const [before, after] = [headline(data, allRows(data)), headline(data, data.rows)];
  return {
    ...summary,
    pairs: before.map((pair, i) => ({
      system: pair.system,
      against: pair.against,
      before: pair.figures,
      after: after[i]!.figures,
    })),
  };
}

/** The half-tie rate by prompt of every pair, of all people of the headline, over these judgments. */
function headline({ facts, rows: counted }: StudyData, rows: JudgmentRows) {
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
