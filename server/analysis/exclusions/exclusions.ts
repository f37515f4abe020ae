import type { ExclusionEffect } from "../../contract/report-annotators.ts";
import { compareCodeUnits } from "../rows/dense-ids.ts";
import { headlineOf } from "../pairs/headline.ts";
import type { StudyData } from "../rows/study-data.ts";
import { allRows } from "../rows/all-rows.ts";

/** Whom the exclusions in force leave out, and what the headline would be with them and is without. */
export function exclusionEffectOf(data: StudyData): ExclusionEffect {
  const out = data.annotators.flatMap(({ excludedBy }) => (excludedBy === null ? [] : [excludedBy]));
  const rules = [...new Set(out)].sort(compareCodeUnits);
  const summary = { annotators: out.length, judgments: data.excluded.count, rules };
  if (out.length === 0) return { ...summary, pairs: [] };
  const [before, after] = [headlineOf(data, allRows(data)), headlineOf(data, data.rows)];
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
