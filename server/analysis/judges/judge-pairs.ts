import type { Estimate } from "../../contract/report-estimates.ts";
import type { Judge } from "../../contract/report-judges.ts";
import { byPromptInterval } from "../../statistics/intervals/by-prompt-mean.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { listPairs, type ListedPair, PairRanges } from "../rows/pair-list.ts";
import type { StudyData } from "../rows/study-data.ts";
import type { BesidePeople } from "./judge-beside.ts";
import { scoreFor } from "../rows/outcomes.ts";
import { columnsAt, type JudgeRows } from "./judge-data.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { withCount } from "../rows/with-count.ts";

type PairFigures = Omit<Judge["besidePeople"]["pairs"][number], "agreement" | "beyondChance">;

/**
 * Pair by pair the half-tie rate by a model and by people, on comparisons that both judged, and how far they are apart.
 * Every judgment of people stands beside the model's verdict on the same comparison, so that prompts on which a system is
 * good for everybody cancel. People are a sample; the model is one and no sample. `places`: those of `judge.at` that
 * are of the pair and have people beside them.
 */
export function pairsBeside(
  data: StudyData,
  judge: JudgeRows,
  beside: BesidePeople,
): { figures: PairFigures; places: readonly number[] }[] {
  const { rows, facts } = data;
  const places = byPair(rows, judge, beside);
  return listPairs(facts, new PairRanges(rows)).flatMap((pair) => {
    const own = places.get(keyOf(pair.system.code, pair.against.code)) ?? [];
    if (own.length === 0) return [];
    return [{ figures: figuresOf(rows, pair, paired(own, judge, beside)), places: own }];
  });
}

/** The same for either order of the two. */
export const keyOf = (one: number | null, other: number | null): string =>
  [one ?? -1, other ?? -1].sort((a, b) => a - b).join(" ");

function byPair(rows: JudgmentRows, { at }: JudgeRows, { verdicts }: BesidePeople): Map<string, number[]> {
  const places = new Map<string, number[]>();
  at.forEach((i, k) => {
    if (verdicts[k] === null) return;
    const key = keyOf(rows.low[i]!, rows.high[i]!);
    const own = places.get(key);
    if (own) own.push(k);
    else places.set(key, [k]);
  });
  return places;
}

/** Row by row: a judgment of people, and the model's verdict on the same comparison. */
interface Paired {
  readonly people: Int32Array;
  readonly model: Int32Array;
  readonly comparisons: number;
}

/** `places`: of those of `judge.at` that have people beside them. */
export function paired(
  places: readonly number[],
  { at }: JudgeRows,
  { people, ranges }: BesidePeople,
): Paired {
  const both = places.flatMap((k) =>
    Array.from(people.subarray(...ranges[k]!), (person) => ({ person, model: at[k]! })),
  );
  return {
    people: Int32Array.from(both, ({ person }) => person),
    model: Int32Array.from(both, ({ model }) => model),
    comparisons: places.length,
  };
}

function figuresOf(rows: JudgmentRows, pair: ListedPair, both: Paired): PairFigures {
  const names = { system: pair.system.label, against: pair.against.label, comparisons: both.comparisons };
  return { ...names, ...ratesBeside(rows, both, pair.system.code!) };
}

/** The half-tie rate of `system` by a model and by people, means over prompts, and their difference. */
export function ratesBeside(
  rows: JudgmentRows,
  { people, model, comparisons }: Paired,
  system: number,
): Record<"model" | "people" | "difference", Estimate> {
  const score = (i: number) => scoreFor(rows, i, system);
  const scores = { people: Float64Array.from(people, score), model: Float64Array.from(model, score) };
  const differences = scores.model.map((one, k) => one - scores.people[k]!);
  const ofPeople = samplingOf(columnsAt(rows, people), {
    fixedAnnotators: people.some((i) => rows.unnamed[i] === 1),
  });
  const ofModel = samplingOf(columnsAt(rows, model), { fixedAnnotators: true });
  const mean = (of: Parameters<typeof byPromptInterval>[0]) => withCount(byPromptInterval(of), people.length);
  return {
    model: counting(comparisons, mean({ scores: scores.model, sampling: ofModel })),
    people: mean({ scores: scores.people, sampling: ofPeople }),
    difference: mean({ scores: differences, sampling: ofPeople, range: { low: -1, high: 1 } }),
  };
}

/** The verdict of a comparison is one, however many people stand beside it. */
const counting = (n: number, estimate: Estimate): Estimate =>
  "value" in estimate ? { ...estimate, n } : estimate;
