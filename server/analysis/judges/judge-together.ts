import type { Judge } from "../../contract/report-judges.ts";
import { REASONS } from "../../contract/reasons.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import { byPromptInterval } from "../../statistics/intervals/by-prompt-mean.ts";
import { type PredictionPowered, predictionPowered } from "../../statistics/intervals/prediction-powered.ts";
import { type ListedPair, listPairs, PairRanges } from "../rows/pair-list.ts";
import { scoreFor } from "../rows/outcomes.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import type { StudyData } from "../rows/study-data.ts";
import { peopleGroups } from "../rows/study-structure.ts";
import { withCount } from "../rows/with-count.ts";
import { columnsAt, type JudgeRows } from "./judge-data.ts";

type Together = NonNullable<Judge["together"]>;

/** Pair by pair, where a model judged prompts that people did not: their half-tie rate with the help of its verdicts. */
export function togetherOf(data: StudyData, judge: JudgeRows): Together {
  const ranges = new PairRanges(data.rows);
  return listPairs(data.facts, ranges).flatMap((pair) => {
    const { people, model } = rowsOfPair(data, judge, { pair, ranges });
    const [byPeople, byModel] = [people, model].map((at) => promptMeans(data, at, pair.system.code!));
    const others = [...byModel!].filter(([prompt]) => !byPeople!.has(prompt)).map(([, mean]) => mean);
    if (byPeople!.size === 0 || others.length === 0) return [];
    const scores = Float64Array.from(people, (i) => scoreFor(data.rows, i, pair.system.code!));
    const sampling = samplingOf(columnsAt(data.rows, people), { fixedAnnotators: true });
    return {
      ...{ system: pair.system.label, against: pair.against.label },
      ...{ promptsOfPeople: byPeople!.size, otherPrompts: others.length },
      people: withCount(byPromptInterval({ scores, sampling }), people.length),
      withModel: tell(byPeople!.size, estimateOf(byPeople!, byModel!, others)),
    };
  });
}

/** The rows of people of the headline and of the model. */
function rowsOfPair(
  { rows, facts }: StudyData,
  { code }: JudgeRows,
  { pair, ranges }: { pair: ListedPair; ranges: PairRanges },
): { people: number[]; model: number[] } {
  const isPerson = peopleGroups(facts);
  const [people, model]: number[][] = [[], []];
  const { from, to } = ranges.of(pair);
  for (let i = from; i < to; i++) {
    if (isPerson(rows.group[i]!)) people!.push(i);
    else if (rows.annotator[i] === code) model!.push(i);
  }
  return { people: people!, model: model! };
}

/** By prompt, the mean half-tie score of `system`. */
function promptMeans({ rows }: StudyData, at: readonly number[], system: number): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const i of at) {
    const own = sums.get(rows.prompt[i]!) ?? { sum: 0, count: 0 };
    sums.set(rows.prompt[i]!, own);
    own.sum += scoreFor(rows, i, system);
    own.count++;
  }
  return new Map([...sums].map(([prompt, { sum, count }]) => [prompt, sum / count]));
}

function estimateOf(
  people: ReadonlyMap<number, number>,
  model: ReadonlyMap<number, number>,
  others: readonly number[],
): PredictionPowered | NotEstimable {
  const prompts = [...people.keys()];
  if (prompts.some((prompt) => !model.has(prompt))) return { notEstimable: REASONS.notAllByModel };
  return predictionPowered({
    people: Float64Array.from(people.values()),
    model: Float64Array.from(prompts, (prompt) => model.get(prompt)!),
    others: Float64Array.from(others),
  });
}

function tell(n: number, made: PredictionPowered | NotEstimable): Together[number]["withModel"] {
  return isRefused(made) ? made : { ...made, worth: Math.round(n * made.gain) };
}
