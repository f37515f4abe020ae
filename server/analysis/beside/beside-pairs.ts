import { isHeadline } from "../../report-document/headline.ts";
import type { Beside, BesidePair } from "../../contract/beside.ts";
import { NOT_IN_PERCENTAGES } from "../../contract/reasons.ts";
import { type Estimate, isRefused } from "../../statistics/estimate.ts";
import { differenceOfMeans } from "../../statistics/intervals/difference-of-means.ts";
import { robustInterval } from "../../statistics/intervals/robust-interval.ts";
import { halfTieScores } from "../../statistics/judgments/half-tie.ts";
import { describeSampling, type Sampling } from "../../statistics/judgments/sampling.ts";
import { holm } from "../../statistics/tests/holm.ts";
import { linearised } from "../pairs/two-targets.ts";
import { eachRow, pairsToReport, samplingOf } from "../pairs/pairs.ts";
import { type Cell, cellOf } from "../rows/cell.ts";
import type { StudyData } from "../rows/study-data.ts";
import type { CommonTexts } from "./read-beside.ts";

interface TwoStudies {
  readonly first: StudyData;
  readonly second: StudyData;
  readonly common: CommonTexts;
  readonly estimate: Beside["estimate"];
  /** Whether p values wait. */
  readonly interim: boolean;
}

/** The judgments of one pair and group in one study, with codes that mean the same in both studies. */
interface Side {
  readonly cell: Cell;
  readonly scores: Float64Array;
  readonly sampling: Sampling;
  readonly prompt: Int32Array;
  readonly annotator: Int32Array;
}

/** Every pair that was judged in both studies, from the view of the first: all people, then groups of the same name. */
export function besidePairs(studies: TwoStudies): BesidePair[] {
  const { first, second } = studies;
  const isInSecond = (name: string) => second.facts.groups.some((group) => group.name === name);
  const groups = [null, ...first.facts.groups.map(({ name }) => name).filter(isInSecond)];
  const own = pairsToReport(first, groups);
  const other = pairsToReport(second, groups);
  const found: { row: BesidePair; p: number | null }[] = [];
  for (const { pair, taken, made } of eachRow(own, (row) => ({ row }))) {
    const codes = [pair.system, pair.against].map(({ code }) => secondCode(studies, code));
    if (codes.some((code) => code < 0)) continue;
    const [system, against] = codes as [number, number];
    const range = other.ranges.of({
      system: { code: system, label: "" },
      against: { code: against, label: "" },
    });
    const isTaken = groupsIn(second, taken.name);
    const cells = [made.row.cell, cellOf(second.rows, { ...range, system, inGroups: isTaken })] as const;
    if (cells.some(({ judgments }) => judgments === 0)) continue;
    const shown = { system: pair.system.label, against: pair.against.label, group: taken.name };
    found.push(
      besidePair(studies, shown, [sideOf(cells[0], taken, 0, studies), sideOf(cells[1], taken, 1, studies)]),
    );
  }
  return withHolm(found, studies.interim);
}

/** The code in the second study of a system of the first; −1: it has none. */
function secondCode({ first, second }: TwoStudies, code: number | null): number {
  const name = code === null ? undefined : first.facts.systems[code]!.name;
  return second.facts.systems.findIndex((system) => system.name === name);
}

/** All people of the headline, or one group. */
function groupsIn({ facts }: StudyData, name: string | null): (group: number) => boolean {
  const isIn = facts.groups.map((group) => (name === null ? isHeadline(group) : group.name === name));
  return (group) => isIn[group] === true;
}

type Taken = Parameters<typeof samplingOf>[0]["taken"];

function sideOf(cell: Cell, taken: Taken, study: 0 | 1, studies: TwoStudies): Side {
  const { first, second, common } = studies;
  const annotators = new Map(first.annotators.map(({ name }, code) => [name, code]));
  const isFirst = study === 0;
  const promptOf = (code: number) => {
    const same = isFirst ? code : common.promptInFirst[code]!;
    return same >= 0 ? same : first.prompts.length + code;
  };
  const annotatorOf = (code: number) =>
    isFirst ? code : (annotators.get(second.annotators[code]!.name) ?? first.annotators.length + code);
  return {
    cell,
    scores: halfTieScores(cell.halves),
    sampling: samplingOf({ cell, taken }),
    prompt: cell.prompt.map(promptOf),
    annotator: cell.annotator.map(annotatorOf),
  };
}

function besidePair(
  studies: TwoStudies,
  shown: Pick<BesidePair, "system" | "against" | "group">,
  sides: readonly [Side, Side],
): { row: BesidePair; p: number | null } {
  const [first, second] = sides;
  const inSecond = new Set(second.prompt);
  const shared = new Set(first.prompt.filter((prompt) => inSecond.has(prompt)));
  const { difference, p } = differenceOf(studies, first, second);
  const isPart = shared.size > 0 && (shared.size < first.cell.prompts || shared.size < second.cell.prompts);
  const row = {
    ...shown,
    first: figuresOf(studies, first),
    second: figuresOf(studies, second),
    difference,
    sharedPrompts: shared.size,
    onSharedPrompts: isPart
      ? differenceOf(studies, onlyOn(first, shared), onlyOn(second, shared)).difference
      : null,
    pHolm: null,
  };
  return { row, p };
}

function figuresOf({ estimate }: TwoStudies, { cell, scores, sampling }: Side): BesidePair["first"] {
  const { judgments, prompts, annotators } = cell;
  const rate = robustInterval(linearised(scores, { sampling, estimate }), sampling, { low: 0, high: 1 });
  return { judgments, prompts, annotators, rate: withN(rate, judgments) };
}

function differenceOf(
  { estimate }: TwoStudies,
  first: Side,
  second: Side,
): { difference: BesidePair["difference"]; p: number | null } {
  if (first.cell.reconstructed + second.cell.reconstructed > 0)
    return { difference: { notEstimable: NOT_IN_PERCENTAGES.promptOfEach }, p: null };
  for (const { sampling } of [first, second])
    if (sampling.refused !== null) return { difference: sampling.refused, p: null };
  const means = [first, second].map(({ scores, sampling }) => linearised(scores, { sampling, estimate }));
  const { difference, test } = differenceOfMeans(means[0]!, means[1]!, together(first, second));
  const judgments = first.scores.length + second.scores.length;
  return { difference: withN(difference, judgments), p: isRefused(test) ? null : test.p };
}

/** How the judgments of both hang together; annotators are fixed where they are in either. */
function together(first: Side, second: Side): Sampling {
  const joined = (one: Int32Array, other: Int32Array) => {
    const codes = new Map<number, number>();
    const codeOf = (value: number) => {
      const code = codes.get(value) ?? codes.size;
      codes.set(value, code);
      return code;
    };
    return { codes: Int32Array.from([...one, ...other], codeOf), count: () => codes.size };
  };
  const prompts = joined(first.prompt, second.prompt);
  const annotators = joined(first.annotator, second.annotator);
  return describeSampling({
    ...{ prompts: prompts.codes, promptCount: prompts.count() },
    ...{ annotators: annotators.codes, annotatorCount: annotators.count() },
    fixedAnnotators: first.sampling.fixedAnnotators || second.sampling.fixedAnnotators,
  });
}

/** A side with its judgments on some prompts alone. */
function onlyOn(side: Side, prompts: ReadonlySet<number>): Side {
  const at = [...side.prompt.keys()].filter((i) => prompts.has(side.prompt[i]!));
  const taken = (column: Int32Array) => Int32Array.from(at, (i) => column[i]!);
  const [prompt, annotator] = [taken(side.prompt), taken(side.annotator)];
  const { fixedAnnotators } = side.sampling;
  const highest = (column: Int32Array) => column.reduce((most, one) => Math.max(most, one), 0) + 1;
  return {
    ...{ cell: side.cell, prompt, annotator, scores: Float64Array.from(at, (i) => side.scores[i]!) },
    sampling: describeSampling({
      ...{ prompts: prompt, promptCount: highest(prompt) },
      ...{ annotators: annotator, annotatorCount: highest(annotator), fixedAnnotators },
    }),
  };
}

const withN = (estimate: Estimate, n: number): BesidePair["difference"] =>
  "low" in estimate || estimate.value === undefined
    ? estimate
    : { value: estimate.value, notEstimable: estimate.notEstimable, n };

/** Holm over the pairs of all people. */
function withHolm(found: readonly { row: BesidePair; p: number | null }[], interim: boolean): BesidePair[] {
  const tested = found.filter(({ row, p }) => row.group === null && p !== null);
  const corrected = holm(tested.map(({ p }) => p!));
  return found.map((one) => {
    const at = tested.indexOf(one);
    return { ...one.row, pHolm: at < 0 || interim ? null : corrected[at]! };
  });
}
