import { CHOICES, type JudgmentRows, ORIGINS } from "../rows/judgment-columns.ts";
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

const LEFT = CHOICES.indexOf("left");
const RIGHT = CHOICES.indexOf("right");

/** The code of the system that a choice prefers; −1: neither. */
export function preferredBy(
  choice: number,
  left: number,
  { low, high }: { low: number; high: number },
): number {
  if (choice !== LEFT && choice !== RIGHT) return -1;
  return (choice === LEFT) === (left === low) ? low : high;
}

/** 1 where `system` is preferred, ½ where neither is, else 0. */
export const halfTieScore = (preferred: number, system: number): number =>
  preferred === -1 ? 0.5 : preferred === system ? 1 : 0;

const RECONSTRUCTED = ORIGINS.indexOf("reconstructed");

/** Whether some of these rows were rebuilt from published percentages, so that their prompts were made up. */
export const someRebuilt = (rows: JudgmentRows, at: Int32Array): boolean =>
  at.some((i) => rows.origin[i] === RECONSTRUCTED);

/** Columns of some rows, as `samplingOf` takes them. */
export const columnsAt = (rows: JudgmentRows, at: ArrayLike<number>) => ({
  prompt: Int32Array.from(at, (i) => rows.prompt[i]!),
  annotator: Int32Array.from(at, (i) => rows.annotator[i]!),
});

/** The system that row `i` prefers; −1: neither. */
export const preferredIn = (rows: JudgmentRows, i: number): number =>
  preferredBy(rows.choice[i]!, rows.left[i]!, { low: rows.low[i]!, high: rows.high[i]! });

/** 1 for the same preference, one half where exactly one is a tie, 0 for opposite ones. Source: LIMA, arXiv 2305.11206. */
export const tieDiscounted = (one: number, other: number): number =>
  one === other ? 1 : one === -1 || other === -1 ? 0.5 : 0;
