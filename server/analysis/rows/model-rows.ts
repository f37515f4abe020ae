import type { JudgmentRows } from "./judgment-columns.ts";
import type { StudyFacts } from "./study-structure.ts";

/** A model that has judged: its annotator's code, its group's, and where its rows are. */
interface ModelRows {
  readonly code: number;
  readonly group: number;
  readonly at: Int32Array;
}

/** Every model that has judged, in the order of the report's groups and then of names. */
export function rowsByModel(
  { annotator, group, count }: Pick<JudgmentRows, "annotator" | "group" | "count">,
  { groups }: { readonly groups: readonly Pick<StudyFacts["groups"][number], "kind">[] },
): ModelRows[] {
  const isModel = Uint8Array.from(groups, ({ kind }) => (kind === "model" ? 1 : 0));
  const found = new Map<number, { group: number; at: number[] }>();
  for (let i = 0; i < count; i++) {
    if (isModel[group[i]!] === 0) continue;
    const own = found.get(annotator[i]!) ?? { group: group[i]!, at: [] };
    found.set(annotator[i]!, own);
    own.at.push(i);
  }
  return [...found]
    .map(([code, { group, at }]) => ({ code, group, at: Int32Array.from(at) }))
    .sort((a, b) => a.group - b.group || a.code - b.code);
}
