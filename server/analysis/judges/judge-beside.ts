import type { StudyData } from "../rows/study-data.ts";
import type { JudgeRows } from "./judge-data.ts";
import { isSameComparison } from "../rows/canonical-order.ts";
import { NEITHER, preferredIn } from "../rows/outcomes.ts";
import { peopleGroups } from "../rows/study-structure.ts";

/** What people said of the comparisons that a model judged. */
export interface BesidePeople {
  /** Rows of people of the headline on those comparisons. */
  readonly people: Int32Array;
  /** For each of the judge's rows: where in `people` those of its comparison begin and end. */
  readonly ranges: readonly (readonly [number, number])[];
  /** For each of the judge's rows the system that people prefer by plurality; −1 neither; null: no people judged it. */
  readonly verdicts: readonly (number | null)[];
}

/** Rows of one comparison stand together, so people are found by walking to both sides. */
export function besidePeople({ rows, facts }: StudyData, { at }: JudgeRows): BesidePeople {
  const isPerson = peopleGroups(facts);
  const people: number[] = [];
  const ranges: [number, number][] = [];
  for (const i of at) {
    const from = people.length;
    let first = i;
    while (first > 0 && isSameComparison(rows, first - 1, i)) first--;
    for (let j = first; j < rows.count && isSameComparison(rows, j, i); j++)
      if (isPerson(rows.group[j]!)) people.push(j);
    ranges.push([from, people.length]);
  }
  const verdicts = ranges.map(([from, to], k) =>
    to === from ? null : pluralityOf(rows, people.slice(from, to), rows.low[at[k]!]!),
  );
  return { people: Int32Array.from(people), ranges, verdicts };
}

/** The system that most prefer; a draw among those with most is −1, neither. */
export function pluralityOf(rows: StudyData["rows"], at: readonly number[], low: number): number {
  const counts = { low: 0, tie: 0, high: 0 };
  let high = -1;
  for (const i of at) {
    const preferred = preferredIn(rows, i);
    high = rows.high[i]!;
    if (preferred === NEITHER) counts.tie++;
    else if (preferred === low) counts.low++;
    else counts.high++;
  }
  if (counts.low > counts.tie && counts.low > counts.high) return low;
  return counts.high > counts.tie && counts.high > counts.low ? high : NEITHER;
}
