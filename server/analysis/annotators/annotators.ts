import type { AnnotatorFigures } from "../../contract/report-annotators.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { medianOf } from "../../statistics/median.ts";
import { scoreInterval } from "../../statistics/intervals/mean-interval.ts";
import { describeSampling } from "../../statistics/judgments/sampling.ts";
import { sidePreferred, someReconstructed } from "../rows/outcomes.ts";
import type { StudyData } from "../rows/study-data.ts";
import { againstChanceOf, dealtOf, readersOf } from "./against-chance.ts";
import { comparedRows } from "../agreement/agreement-sides.ts";
import { allRows } from "../rows/all-rows.ts";
import { fastOf, oneAnswerOf, rulesOf } from "./annotator-rules.ts";
import { othersOf, type Others } from "./other-annotators.ts";
import { peopleGroups } from "../rows/study-structure.ts";
import type { AnnotatorExtras } from "./read-annotators.ts";
import { type AnnotatorRows, rowsByAnnotator } from "./rows-by-annotator.ts";
import { pick, pickScores, placesWithNumbers } from "../rows/gather.ts";
import { shareOf } from "./share-of.ts";
import { withCount } from "../rows/with-count.ts";

/** Fewer judgments than these do not make three thirds. */
const DRIFT_MIN = 9;

/** How every annotator worked who judged anything, by their names; those who are excluded too. */
export function byAnnotatorOf(data: StudyData, { repeats, checks }: AnnotatorExtras): AnnotatorFigures[] {
  const all = allRows(data);
  const moved = rowsByAnnotator(all, data.annotators.length);
  const compared = comparedRows(all, data.facts);
  const others = othersOf(compared, moved, data);
  const { rows, own } = moved;
  const judged = data.annotators.flatMap((annotator, code) => {
    const at = own[code]!;
    return at.length === 0 ? [] : [{ annotator, code, at }];
  });
  const isPerson = peopleGroups(data.facts);
  const areMade = judged.map(({ at }) => someReconstructed(rows, at));
  const counts = new Uint8Array(data.annotators.length);
  judged.forEach(({ annotator, code }, k) => {
    counts[code] = Number(isPerson(annotator.group) && annotator.excludedBy === null && !areMade[k]!);
  });
  const readers = readersOf(compared, counts);
  const dealt = judged.map(({ annotator, code, at }, k) => ({
    made: areMade[k]!
      ? NOBODYS
      : dealtOf(at, others, `${data.facts.study.seed} answers of ${annotator.name}`),
    reader: readers[code]!,
  }));
  const againstChance = againstChanceOf(dealt, 1 + (data.facts.declared.analysis.looks?.at.length ?? 0));
  return judged.map(({ annotator, code, at }, k) => {
    const figures = {
      ...sharesOf(rows, at),
      againstChance: againstChance[k]!,
      fast: fastOf(rows, at),
      oneAnswer: areMade[k]! ? NOBODYS : oneAnswerOf(at, others),
      checks: checks[code] ?? { passed: 0, of: 0 },
    };
    return {
      annotator: annotator.name,
      group: data.facts.groups[annotator.group]!.name,
      judgments: at.length,
      excluded: annotator.excludedBy,
      ...figures,
      ...(areMade[k]! ? NO_WORK : workOf(rows, at, others)),
      repeats: repeats[code] ?? { same: 0, of: 0 },
      ...rulesOf(figures, data.facts.groups[annotator.group]!.kind === "model"),
      outlier: NO_LONGER,
    };
  });
}

const NOBODYS = { notEstimable: NOT_IN_PERCENTAGES.annotatorOfEach };
const NO_WORK = { agreement: NOBODYS, drift: NOBODYS };
const NO_LONGER = { notEstimable: REASONS.noLongerTested };

function sharesOf(
  rows: AnnotatorRows,
  at: Int32Array,
): Pick<AnnotatorFigures, "left" | "ties" | "medianActiveSeconds"> {
  let [left, decisive, ties] = [0, 0, 0];
  for (const i of at) {
    const side = sidePreferred(rows.choice[i]!);
    if (side === 0) ties++;
    else if (rows.sideKnown[i] === 1) {
      decisive++;
      if (side === 1) left++;
    }
  }
  return {
    medianActiveSeconds: secondsOf(rows, at),
    left: shareOf(left, decisive, REASONS.noDecisiveWithSide),
    ties: shareOf(ties, at.length, REASONS.noJudgments),
  };
}

function secondsOf({ activeMs }: AnnotatorRows, at: Int32Array): number | null {
  const known = new Int32Array(at.length);
  let count = 0;
  for (let k = 0; k < at.length; k++) if (activeMs[at[k]!]! >= 0) known[count++] = activeMs[at[k]!]!;
  const median = medianOf(known.subarray(0, count));
  return median === null ? null : median / 1000;
}

/** What an annotator's judgments look like beside those of the others on the same comparisons. */
function workOf(
  rows: AnnotatorRows,
  at: Int32Array,
  others: Others,
): Pick<AnnotatorFigures, "agreement" | "drift"> {
  const scores = pickScores(others.agreement, at);
  return { agreement: agreementOf(rows, { at, scores }), drift: driftOf(rows, { at, scores }) };
}

interface Scored {
  readonly at: Int32Array;
  /** Agreement with the others, judgment by judgment; NaN where there are none. */
  readonly scores: Float64Array;
}

function agreementOf(rows: AnnotatorRows, { at, scores }: Scored): AnnotatorFigures["agreement"] {
  const shared = placesWithNumbers(scores);
  if (shared.length === 0) return { notEstimable: REASONS.nobodyElse };
  const prompts = pick(rows.prompt, pick(at, shared));
  const sampling = describeSampling({
    prompts,
    annotators: new Int32Array(shared.length),
    promptCount: prompts.reduce((most, prompt) => Math.max(most, prompt), 0) + 1,
    annotatorCount: 1,
    fixedAnnotators: true,
  });
  return withCount(scoreInterval({ scores: pickScores(scores, shared), sampling }), shared.length);
}

/** The same figures for the first, second and last third of their work, in the order in which it was done. */
function driftOf(rows: AnnotatorRows, { at, scores }: Scored): AnnotatorFigures["drift"] {
  if (at.length < DRIFT_MIN) return { notEstimable: REASONS.fewerThan(DRIFT_MIN, "judgments") };
  const times = pickScores(rows.at, at);
  if (times.some(Number.isNaN)) return { notEstimable: REASONS.noTimes };
  const order = Int32Array.from(at.keys()).sort((a, b) => times[a]! - times[b]! || a - b);
  const third = (n: number) =>
    order.slice(Math.round((n * order.length) / 3), Math.round(((n + 1) * order.length) / 3));
  const agreement = (part: Int32Array) => {
    let [known, sum] = [0, 0];
    for (const k of part) {
      if (Number.isNaN(scores[k]!)) continue;
      known++;
      sum += scores[k]!;
    }
    return known === 0 ? null : sum / known;
  };
  const seconds = (part: Int32Array) => secondsOf(rows, pick(at, part));
  return {
    agreement: [agreement(third(0)), agreement(third(1)), agreement(third(2))],
    medianActiveSeconds: [seconds(third(0)), seconds(third(1)), seconds(third(2))],
  };
}
