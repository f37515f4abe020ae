import { type JudgmentRows, rowsAt } from "./judgment-columns.ts";
import { type RePresentations, NO_RE_PRESENTATIONS } from "./re-presentations.ts";
import type { StudyData } from "./study-data.ts";

/** A study with some of its rows alone, and what models judged again of those. */
export function onlyRows(data: StudyData, isKept: (rows: JudgmentRows, i: number) => boolean): StudyData {
  const { rows, excluded, leftOut, again } = data;
  const kept = placesOf(rows, isKept);
  return {
    ...data,
    rows: rowsAt({ ...rows }, kept),
    excluded: rowsAt({ ...excluded }, placesOf(excluded, isKept)),
    ...(leftOut && { leftOut: rowsAt({ ...leftOut }, placesOf(leftOut, isKept)) }),
    again: againAt(again, kept, rows.count),
  };
}

/** A study without its votes that have no name: what is about single annotators, or about two of them, is computed from it. */
export const onlyNamed = (data: StudyData): StudyData =>
  hasUnnamed(data.rows) || hasUnnamed(data.excluded)
    ? onlyRows(data, ({ unnamed }, i) => unnamed[i] === 0)
    : data;

/** Whether some judgments, of some groups or of all, have no name. */
export function hasUnnamed(
  { unnamed, group, count }: Pick<JudgmentRows, "unnamed" | "group" | "count">,
  inGroups: (group: number) => boolean = () => true,
): boolean {
  for (let i = 0; i < count; i++) if (unnamed[i] === 1 && inGroups(group[i]!)) return true;
  return false;
}

function placesOf(rows: JudgmentRows, isKept: (rows: JudgmentRows, i: number) => boolean): Int32Array {
  const places = new Int32Array(rows.count);
  let found = 0;
  for (let i = 0; i < rows.count; i++) if (isKept(rows, i)) places[found++] = i;
  return places.slice(0, found);
}

/** What was judged again, with the rows under their new numbers. */
function againAt(again: RePresentations, kept: Int32Array, rows: number): RePresentations {
  if (again.count === 0) return NO_RE_PRESENTATIONS;
  const now = new Int32Array(rows).fill(-1);
  kept.forEach((row, i) => (now[row] = i));
  const places = Int32Array.from(again.row.keys()).filter((k) => now[again.row[k]!]! >= 0);
  return {
    count: places.length,
    row: places.map((k) => now[again.row[k]!]!),
    isOtherOrder: Uint8Array.from(places, (k) => again.isOtherOrder[k]!),
    left: places.map((k) => again.left[k]!),
    choice: Uint8Array.from(places, (k) => again.choice[k]!),
    first: Uint8Array.from(places, (k) => again.first[k]!),
  };
}
