import { onlyRows } from "../rows/only-rows.ts";
import type { StudyData } from "../rows/study-data.ts";

/**
 * A study as if some annotators, by their names in the report, were excluded, beside what it is now: whoever is excluded
 * already stands in neither.
 */
export function asIfExcluded(data: StudyData, names: readonly string[]): StudyData {
  const out = new Set(names);
  const isOut = Uint8Array.from(data.annotators, ({ name }) => (out.has(name) ? 1 : 0));
  const kept = onlyRows(data, ({ annotator }, i) => isOut[annotator[i]!] === 0);
  const moved = onlyRows(data, ({ annotator }, i) => isOut[annotator[i]!] === 1);
  return {
    ...kept,
    excluded: moved.rows,
    annotators: data.annotators.map((one, code) => ({
      ...one,
      excludedBy: isOut[code] === 1 ? "as if excluded" : null,
    })),
  };
}
