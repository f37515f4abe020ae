import { relativeDifference, scaleOf } from "../../statistics/judgments/text-features.ts";
import type { LogisticData } from "../../statistics/regression/logistic-pass.ts";
import type { Trials } from "../../statistics/regression/logistic-influence.ts";
import { isSameComparison } from "../rows/canonical-order.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { scoreFor } from "../rows/outcomes.ts";
import { pick } from "../rows/gather.ts";
import type { ResponseTexts } from "./read-texts.ts";

/** The place of each feature in the model: on which side the first system stood, then what its text has more of. */
export const SIDE = 0;
export const LENGTH = 1;

/** The judgments of some groups whose two responses are known, as a logistic model takes them. */
export interface StyleRows {
  /** A row is a comparison shown one way round; plus is the system with the lower code. */
  readonly data: LogisticData;
  /** Judgment by judgment, in canonical order; `success`: of the system with the lower code. */
  readonly trials: Trials;
  readonly prompt: Int32Array;
  readonly annotator: Int32Array;
  /** By the place of a feature: whether there is anything to tell it by. */
  readonly scales: readonly number[];
}

/** Differences are relative (see text-features.ts) and in standard deviations over the comparisons. */
export function styleRows(
  rows: JudgmentRows,
  texts: ResponseTexts,
  given: { systems: number; inGroups: (group: number) => boolean },
): StyleRows {
  const collected = collect(rows, texts, given.inGroups);
  const { taken, trialRow, rowOf, isFirst, sides } = collected;
  const places = placesOf(rows, texts, rowOf);
  const differences = texts.columns.map((column) => differencesOf(column, places));
  const scales = differences.map((column) => scaleOf(column.filter((_, r) => isFirst[r] === 1)));
  differences.forEach((column, j) => {
    if (scales[j]! > 0) for (let r = 0; r < column.length; r++) column[r]! /= scales[j]!;
  });
  const success = new Float64Array(taken.length);
  const trials = new Float64Array(rowOf.length);
  const successes = new Float64Array(rowOf.length);
  for (let k = 0; k < trialRow.length; k++) {
    const i = taken[k]!;
    success[k] = scoreFor(rows, i, rows.low[i]!);
    trials[trialRow[k]!]!++;
    successes[trialRow[k]!]! += success[k]!;
  }
  return {
    data: {
      ...{ plus: pick(rows.low, rowOf), minus: pick(rows.high, rowOf), strengths: given.systems },
      ...{ features: [sides, ...differences], trials, successes },
    },
    trials: { row: trialRow, success },
    ...{ prompt: pick(rows.prompt, taken), annotator: pick(rows.annotator, taken) },
    scales: [sides.some((side) => side !== 0) ? 1 : 0, ...scales],
  };
}

interface Collected {
  /** The judgments in the model, and the row of the model that each belongs to. */
  readonly taken: Int32Array;
  readonly trialRow: Int32Array;
  /** By row of the model: one of its judgments, whether it is its comparison's first row, and the lower system's side. */
  readonly rowOf: Int32Array;
  readonly isFirst: Uint8Array;
  readonly sides: Float64Array;
}

/** Walks comparison by comparison: the judgments of one stand together. */
function collect(rows: JudgmentRows, texts: ResponseTexts, inGroups: (group: number) => boolean): Collected {
  const [taken, trialRow, rowOf] = [0, 0, 0].map(() => new Int32Array(rows.count)) as Int32Array[] as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const isFirst = new Uint8Array(rows.count);
  const sides = new Float64Array(rows.count);
  const open = [-1, -1, -1]; // the comparison's rows by side: left, right, not known
  let [count, rowCount, isKnown, isNew] = [0, 0, false, true];
  for (let i = 0; i < rows.count; i++) {
    if (i === 0 || !isSameComparison(rows, i - 1, i)) {
      open.fill(-1);
      [isKnown, isNew] = [areKnown(rows, texts, i), true];
    }
    if (!isKnown || !inGroups(rows.group[i]!)) continue;
    const side = rows.sideKnown[i] === 0 ? 2 : rows.left[i] === rows.low[i] ? 0 : 1;
    if (open[side] === -1) {
      sides[rowCount] = [0.5, -0.5, 0][side]!;
      isFirst[rowCount] = isNew ? 1 : 0;
      rowOf[rowCount] = i;
      open[side] = rowCount++;
      isNew = false;
    }
    taken[count] = i;
    trialRow[count++] = open[side]!;
  }
  return {
    ...{ taken: taken.subarray(0, count), trialRow: trialRow.subarray(0, count) },
    ...{ rowOf: rowOf.subarray(0, rowCount), isFirst, sides: sides.slice(0, rowCount) },
  };
}

function areKnown(rows: JudgmentRows, texts: ResponseTexts, i: number): boolean {
  return (
    placeOf(rows, texts, { i, system: rows.low }) >= 0 && placeOf(rows, texts, { i, system: rows.high }) >= 0
  );
}

function placeOf(
  rows: JudgmentRows,
  texts: ResponseTexts,
  { i, system }: { i: number; system: Int32Array },
): number {
  return texts.placeOf({ prompt: rows.prompt[i]!, system: system[i]!, turn: rows.turn[i]! });
}

/** By row of the model the places of the texts of the low and the high system. */
function placesOf(rows: JudgmentRows, texts: ResponseTexts, rowOf: Int32Array): [Int32Array, Int32Array] {
  const [low, high] = [new Int32Array(rowOf.length), new Int32Array(rowOf.length)];
  for (let r = 0; r < rowOf.length; r++) {
    low[r] = placeOf(rows, texts, { i: rowOf[r]!, system: rows.low });
    high[r] = placeOf(rows, texts, { i: rowOf[r]!, system: rows.high });
  }
  return [low, high];
}

function differencesOf(column: Float64Array, [low, high]: [Int32Array, Int32Array]): Float64Array {
  const differences = new Float64Array(low.length);
  for (let r = 0; r < low.length; r++) {
    differences[r] = relativeDifference(column[low[r]!]!, column[high[r]!]!);
  }
  return differences;
}
