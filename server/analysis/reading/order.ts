import type { ReadingSort } from "../../contract/judged.ts";
import { divisionBetween, divisionWithin, type OutcomeCounts } from "../../statistics/agreement/division.ts";
import type { ResponseTexts } from "../effects/read-texts.ts";
import { isSameComparison } from "../rows/canonical-order.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { halvesFor, isReconstructed } from "../rows/outcomes.ts";
import type { StudyData } from "../rows/study-data.ts";

/** A comparison by the ids of what makes it one; `low` is the lower id. */
export interface ComparisonKey {
  readonly promptId: number;
  readonly turn: number;
  readonly low: number;
  readonly high: number;
}

/** A comparison with what it is sorted by. */
export interface Placed extends ComparisonKey {
  /** The highest come first. */
  readonly value: number;
  /** Judgments that are read. */
  readonly judgments: number;
}

/** Stands for a value that a comparison does not have: below every other. */
export const NO_VALUE = -1e300;

export const keyText = ({ promptId, turn, low, high }: ComparisonKey): string =>
  [promptId, turn, low, high].join(" ");

interface ToPlace {
  readonly sort: Exclude<ReadingSort, "made">;
  /** Whether a group, by its code, is one whose judgments are read. */
  readonly isRead: (group: number) => boolean;
  readonly isWanted: (key: ComparisonKey) => boolean;
  /** For the sort by length. */
  readonly texts: ResponseTexts | null;
}

/** Every wanted comparison with a counted judgment of the groups that are read, with what it is sorted by. */
export function placedComparisons(data: StudyData, to: ToPlace): Placed[] {
  const { rows } = data;
  const placed: Placed[] = [];
  for (let from = 0; from < rows.count;) {
    const [first, at] = [from, [] as number[]];
    for (; from < rows.count && isSameComparison(rows, first, from); from++)
      if (to.isRead(rows.group[from]!)) at.push(from);
    const key = keyOf(data, first);
    if (at.length > 0 && to.isWanted(key))
      placed.push({ ...key, value: valueOf(data, at, to), judgments: at.length });
  }
  return placed;
}

function keyOf({ rows, prompts, facts: { systems } }: StudyData, i: number): ComparisonKey {
  const [one, other] = [systems[rows.low[i]!]!.id, systems[rows.high[i]!]!.id];
  return {
    ...{ promptId: prompts[rows.prompt[i]!]!.id, turn: rows.turn[i]! },
    ...{ low: Math.min(one, other), high: Math.max(one, other) },
  };
}

function valueOf(data: StudyData, at: readonly number[], { sort, texts }: ToPlace): number {
  const { rows } = data;
  switch (sort) {
    case "people":
      return divisionWithin(countsOf(data, at, "people")) ?? NO_VALUE;
    case "models":
      return divisionBetween(countsOf(data, at, "people"), countsOf(data, at, "models")) ?? NO_VALUE;
    case "judgments":
      return at.length;
    case "length":
      return texts === null ? NO_VALUE : lengthDifference(rows, at[0]!, texts);
    case "seconds":
      return meanOf(at.flatMap((i) => (rows.activeMs[i]! < 0 ? [] : [rows.activeMs[i]! / 1000])));
    case "latest":
      return at.reduce((last, i) => (rows.at[i]! > last ? rows.at[i]! : last), NO_VALUE);
  }
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? NO_VALUE : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Reconstructed judgments have no comparison of their own, so nobody can be apart in one. */
function countsOf({ rows, facts }: StudyData, at: readonly number[], of: "people" | "models"): OutcomeCounts {
  const counts: [number, number, number] = [0, 0, 0];
  for (const i of at) {
    const isModel = facts.groups[rows.group[i]!]!.kind === "model";
    if (isModel === (of === "models") && !isReconstructed(rows, i))
      counts[halvesFor(rows, i, rows.low[i]!)]++;
  }
  return counts;
}

/** Characters by which one response is longer than the other, up to the turn that was judged. */
function lengthDifference(rows: JudgmentRows, i: number, texts: ResponseTexts): number {
  const [prompt, turn] = [rows.prompt[i]!, rows.turn[i]!];
  const [one, other] = [rows.low[i]!, rows.high[i]!].map((system) => texts.placeOf({ prompt, system, turn }));
  return one! < 0 || other! < 0 ? NO_VALUE : Math.abs(texts.columns[0]![one!]! - texts.columns[0]![other!]!);
}

/** Sorts by value, then by judgments, the highest first; then by ids, so that there is one order. */
export function byPlace(one: Placed, other: Placed): number {
  return (
    other.value - one.value ||
    other.judgments - one.judgments ||
    one.promptId - other.promptId ||
    one.turn - other.turn ||
    one.low - other.low ||
    one.high - other.high
  );
}

/** A place in the order as text, which leads back to it even when its comparison has moved since. */
export const cursorOf = ({ value, judgments, promptId, turn, low, high }: Placed): string =>
  [value, judgments, promptId, turn, low, high].join(",");

/** The place that a cursor is of; null: the beginning. */
export function placeOf(cursor: string): Placed | null {
  const [value, judgments, promptId, turn, low, high] = cursor.split(",").map(Number);
  if (high === undefined) return null;
  return { value: value!, judgments: judgments!, promptId: promptId!, turn: turn!, low: low!, high };
}
