import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { NEITHER } from "../rows/outcomes.ts";
import type { StudyData } from "../rows/study-data.ts";

/** What is known of one judge: its rows, and what it said again. */
export interface JudgeRows {
  /** The annotator's code. */
  readonly code: number;
  /** Rows with its verdicts, in canonical order. */
  readonly at: Int32Array;
  /** Places in `StudyData.again` of its judgments in the other order, and of its repeats. */
  readonly otherOrders: Int32Array;
  readonly repeats: Int32Array;
}

/** Every model that has judged, in the order of the report's groups and then of names. */
export function judgesOf({ facts, annotators, rows, again }: StudyData): JudgeRows[] {
  const isModel = Uint8Array.from(annotators, ({ group }) => (facts.groups[group]!.kind === "model" ? 1 : 0));
  const found = new Map<number, Record<"at" | "otherOrders" | "repeats", number[]>>();
  for (let i = 0; i < rows.count; i++) {
    const code = rows.annotator[i]!;
    if (isModel[code] === 0) continue;
    const own = found.get(code) ?? { at: [], otherOrders: [], repeats: [] };
    found.set(code, own);
    own.at.push(i);
  }
  for (let k = 0; k < again.count; k++) {
    const own = found.get(rows.annotator[again.row[k]!]!);
    own?.[again.isOtherOrder[k] === 1 ? "otherOrders" : "repeats"].push(k);
  }
  return [...found]
    .map(([code, { at, otherOrders, repeats }]) => ({
      ...{ code, at: Int32Array.from(at) },
      ...{ otherOrders: Int32Array.from(otherOrders), repeats: Int32Array.from(repeats) },
    }))
    .sort((a, b) => annotators[a.code]!.group - annotators[b.code]!.group || a.code - b.code);
}

/** Columns of some rows, as `samplingOf` takes them. */
export const columnsAt = (rows: JudgmentRows, at: ArrayLike<number>) => ({
  prompt: Int32Array.from(at, (i) => rows.prompt[i]!),
  annotator: Int32Array.from(at, (i) => rows.annotator[i]!),
});

/** 1 for the same preference, one half where exactly one is a tie, 0 for opposite ones. Source: LIMA, arXiv 2305.11206. */
export const tieDiscounted = (one: number, other: number): number =>
  one === other ? 1 : one === NEITHER || other === NEITHER ? 0.5 : 0;
