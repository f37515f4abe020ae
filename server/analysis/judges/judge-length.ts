import type { Judge } from "../../contract/report-judges.ts";
import { REASONS } from "../../contract/reasons.ts";
import { differenceInterval } from "../../statistics/intervals/difference-interval.ts";
import { isRefused } from "../../statistics/estimate.ts";
import { signTest } from "../../statistics/tests/sign-test.ts";
import type { StudyData } from "../rows/study-data.ts";
import { isBeyondHalf } from "../pairs/conclusion.ts";
import type { BesidePeople } from "./judge-beside.ts";
import { preferredIn } from "../rows/outcomes.ts";
import { columnsAt, type JudgeRows } from "./judge-data.ts";
import { shareOf } from "./judge-orders.ts";
import type { ResponseTexts } from "../effects/read-texts.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { withCount } from "../rows/with-count.ts";

const FLAGGED_BELOW = 0.01;
const FLAGGED_SHARE = 0.6;

/** A decisive judgment, and whether it was for the longer response. */
interface Told {
  readonly at: number;
  readonly longer: boolean;
}

/** How much longer the response of `low` is than that of `high`, in characters; NaN where one was never loaded. */
export function lengthDifference(rows: StudyData["rows"], texts: ResponseTexts, i: number): number {
  const of = (system: number) => texts.placeOf({ prompt: rows.prompt[i]!, turn: rows.turn[i]!, system });
  const [low, high] = [of(rows.low[i]!), of(rows.high[i]!)];
  return low < 0 || high < 0 ? NaN : texts.columns[0]![low]! - texts.columns[0]![high]!;
}

/** Whether a model prefers the longer of two responses, and whether people do so as much on the same comparisons. */
export function lengthOf(
  data: StudyData,
  judge: JudgeRows,
  { beside, texts }: { beside: BesidePeople; texts: ResponseTexts },
): Judge["length"] {
  const { rows } = data;
  const told = (i: number): Told[] => {
    const [preferred, difference] = [preferredIn(rows, i), lengthDifference(rows, texts, i)];
    if (preferred === -1 || Number.isNaN(difference) || difference === 0) return [];
    return [{ at: i, longer: (preferred === rows.low[i]) === difference > 0 }];
  };
  const own = Array.from(judge.at).flatMap(told);
  const decided = new Set(own.map(({ at }) => at));
  const people = Array.from(judge.at).flatMap((i, k) => {
    const [from, to] = beside.ranges[k]!;
    return decided.has(i) ? Array.from(beside.people.subarray(from, to)).flatMap(told) : [];
  });
  const alsoByPeople = new Set(people.map(({ at }) => comparisonOf(rows, at)));
  const share = (some: typeof own, by: "people" | "model") =>
    shareOf(
      rows,
      Int32Array.from(some, ({ at }) => at),
      some.map(({ longer }) => longer),
      {
        ifNone: by === "model" ? REASONS.noDecisiveOfLengths : REASONS.noPeopleDecided,
        fixedAnnotators: by === "model",
      },
    );
  const longer = own.filter((one) => one.longer).length;
  const test = signTest(longer, own.length - longer);
  const p = isRefused(test) ? null : test.p;
  const longerPreferred = share(own, "model");
  const lean = longer / own.length - 0.5;
  const leans = Math.abs(lean) >= FLAGGED_SHARE - 0.5 && isBeyondHalf(longerPreferred, lean);
  return {
    longerPreferred,
    p,
    prefersLength: p !== null && p < FLAGGED_BELOW && leans,
    people: share(people, "people"),
    difference: differenceOf(
      rows,
      people,
      own.filter(({ at }) => alsoByPeople.has(comparisonOf(rows, at))),
    ),
  };
}

const comparisonOf = ({ low, high, prompt, turn }: StudyData["rows"], i: number): string =>
  `${low[i]} ${high[i]} ${prompt[i]} ${turn[i]}`;

/** The model's mean score less that of people, clustered on prompts, which both share, and on people. */
function differenceOf(
  rows: StudyData["rows"],
  people: readonly Told[],
  model: readonly Told[],
): Judge["length"]["difference"] {
  if (people.length === 0) return { notEstimable: REASONS.noPeopleDecided };
  const all = [...people, ...model];
  const samplingOfSome = (some: readonly Told[], fixedAnnotators: boolean) =>
    samplingOf(
      columnsAt(
        rows,
        some.map((one) => one.at),
      ),
      { fixedAnnotators },
    );
  const firstSampling = samplingOfSome(
    people,
    people.some(({ at }) => rows.unnamed[at] === 1),
  );
  const repeats = firstSampling.clusteredBy === "both" || firstSampling.clusteredBy === "annotator";
  const sampling = samplingOfSome(all, !repeats);
  const scores = Float64Array.from(all, ({ longer }) => (longer ? 1 : 0));
  const kinds = Uint8Array.from(all, (_, k) => (k < people.length ? 0 : 1));
  return withCount(differenceInterval({ scores, second: kinds, sampling, firstSampling }), all.length);
}
