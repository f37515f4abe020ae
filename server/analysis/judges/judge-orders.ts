import type { Estimate } from "../../contract/report-estimates.ts";
import type { Judge } from "../../contract/report-judges.ts";
import { REASONS } from "../../contract/reasons.ts";
import { isRefused } from "../../statistics/estimate.ts";
import { rateInterval } from "../../statistics/intervals/rate-interval.ts";
import { signTest } from "../../statistics/tests/sign-test.ts";
import type { StudyData } from "../rows/study-data.ts";
import { isBeyondHalf } from "../pairs/conclusion.ts";
import { NEITHER, sidePreferred, systemPreferred } from "../rows/outcomes.ts";
import { columnsAt, type JudgeRows } from "./judge-data.ts";
import { samplingOf } from "../rows/sampling-of.ts";

type Orders = Pick<
  Judge,
  | "bothOrders"
  | "ties"
  | "consistency"
  | "flips"
  | "firstPosition"
  | "positionP"
  | "positionBias"
  | "selfConsistency"
>;

const FLAGGED_BELOW = 0.01;
const FLAGGED_FROM = 10;

/**
 * What a model makes of the order in which it sees two responses, and of being asked again. A judge without a lean
 * changes its mind to the left as often as to the right, so the two kinds of flip are compared by a sign test.
 * Source: L. Zheng and others, arXiv 2306.05685, section 3.3 (position bias and consistency).
 */
export function ordersOf({ rows, again }: Pick<StudyData, "rows" | "again">, judge: JudgeRows): Orders {
  const first = judge.otherOrders.map((k) => again.first[k]!);
  const other = judge.otherOrders.map((k) => again.choice[k]!);
  const flips = { firstTwice: 0, secondTwice: 0, withTie: 0 };
  const same: boolean[] = [];
  judge.otherOrders.forEach((k, j) => {
    const i = again.row[k]!;
    const pair = { low: rows.low[i]!, high: rows.high[i]! };
    const [one, two] = [
      systemPreferred(first[j]!, { left: rows.left[i]!, ...pair }),
      systemPreferred(other[j]!, { left: again.left[k]!, ...pair }),
    ];
    same.push(one === two);
    if (one === two) return;
    if (one === NEITHER || two === NEITHER) flips.withTie++;
    else if (sidePreferred(first[j]!) === 1) flips.firstTwice++;
    else flips.secondTwice++;
  });
  const at = { verdicts: judge.at, again: judge.otherOrders.map((k) => again.row[k]!) };
  const placed = sidesOf({ rows, again }, judge);
  const lean = judge.otherOrders.length > 0 ? [flips.firstTwice, flips.secondTwice] : countsOf(placed.left);
  const test = signTest(lean[0]!, lean[1]!);
  const positionP = isRefused(test) ? null : test.p;
  const firstPosition = shareOf(rows, placed.at, placed.left, {
    ifNone: REASONS.noDecisiveWithSides,
  });
  const repeated = Array.from(
    judge.repeats,
    (k) => sidePreferred(again.choice[k]!) === sidePreferred(again.first[k]!),
  );
  const asked = judge.repeats.map((k) => again.row[k]!);
  return {
    bothOrders: judge.otherOrders.length,
    ties: shareOf(
      rows,
      at.verdicts,
      Array.from(at.verdicts, (i) => sidePreferred(rows.choice[i]!) === 0),
    ),
    consistency: shareOf(rows, at.again, same, { ifNone: REASONS.noBothOrders }),
    flips,
    firstPosition,
    positionP,
    positionBias:
      positionP !== null &&
      positionP < FLAGGED_BELOW &&
      lean[0]! + lean[1]! >= FLAGGED_FROM &&
      isBeyondHalf(firstPosition, lean[0]! - lean[1]!),
    selfConsistency: shareOf(rows, asked, repeated, { ifNone: REASONS.noRepeats }),
  };
}

/** Decisive judgments of either order whose sides are known: the row each is about, and whether it chose the left one. */
export function sidesOf(
  { rows, again }: Pick<StudyData, "rows" | "again">,
  judge: JudgeRows,
): { at: Int32Array; left: boolean[] } {
  const firstOf = new Map(Array.from(judge.otherOrders, (k) => [again.row[k]!, again.first[k]!]));
  const both = [
    ...Array.from(judge.at, (i) => [i, firstOf.get(i) ?? rows.choice[i]!] as const),
    ...Array.from(judge.otherOrders, (k) => [again.row[k]!, again.choice[k]!] as const),
  ].filter(([i, choice]) => rows.sideKnown[i] === 1 && sidePreferred(choice) !== 0);
  return {
    at: Int32Array.from(both, ([i]) => i),
    left: both.map(([, choice]) => sidePreferred(choice) === 1),
  };
}

const countsOf = (left: readonly boolean[]): [number, number] => {
  const count = left.filter(Boolean).length;
  return [count, left.length - count];
};

/** The share of `met` among rows, clustered on prompts, and on annotators where they are no model. */
export function shareOf(
  rows: StudyData["rows"],
  at: Int32Array,
  met: readonly boolean[],
  {
    ifNone = REASONS.noJudgments,
    fixedAnnotators = true,
  }: { ifNone?: string; fixedAnnotators?: boolean } = {},
): Estimate {
  const n = met.length;
  if (n === 0) return { notEstimable: ifNone };
  const value = met.filter(Boolean).length / n;
  const sampling = samplingOf(columnsAt(rows, at), { fixedAnnotators });
  const outcomes = Uint8Array.from(met, (one) => (one ? 1 : 0));
  const interval = rateInterval({ outcomes, outcome: 1, sampling });
  return { value, n, ...interval };
}
