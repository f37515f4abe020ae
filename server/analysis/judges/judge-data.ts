import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { rowsByModel } from "../rows/model-rows.ts";
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
export function judgesOf({ facts, rows, again }: StudyData): JudgeRows[] {
  const judges = rowsByModel(rows, facts);
  const found = new Map(
    judges.map(({ code }) => [code, { otherOrders: [] as number[], repeats: [] as number[] }]),
  );
  for (let k = 0; k < again.count; k++) {
    const own = found.get(rows.annotator[again.row[k]!]!);
    own?.[again.isOtherOrder[k] === 1 ? "otherOrders" : "repeats"].push(k);
  }
  return judges.map(({ code, at }) => {
    const { otherOrders, repeats } = found.get(code)!;
    return { code, at, otherOrders: Int32Array.from(otherOrders), repeats: Int32Array.from(repeats) };
  });
}

/** Columns of some rows, as `samplingOf` takes them. */
export const columnsAt = (rows: JudgmentRows, at: ArrayLike<number>) => ({
  prompt: Int32Array.from(at, (i) => rows.prompt[i]!),
  annotator: Int32Array.from(at, (i) => rows.annotator[i]!),
});

/** 1 for the same preference, one half where exactly one is a tie, 0 for opposite ones. Source: LIMA, arXiv 2305.11206. */
export const tieDiscounted = (one: number, other: number): number =>
  one === other ? 1 : one === NEITHER || other === NEITHER ? 0.5 : 0;
