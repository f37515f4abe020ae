import type { Estimate } from "../../contract/report-estimates.ts";
import type { Judge } from "../../contract/report-judges.ts";
import { REASONS } from "../../contract/reasons.ts";
import { scoreInterval } from "../../statistics/intervals/mean-interval.ts";
import { quarterOf, quartersOf } from "../../statistics/quarters.ts";
import type { StudyData } from "../rows/study-data.ts";
import { firstSystem } from "../agreement/agreement-sides.ts";
import type { BesidePeople } from "./judge-beside.ts";
import { beyondChanceOf } from "./judge-beyond-chance.ts";
import { outcomeFor, preferredIn } from "../rows/outcomes.ts";
import { targetOf } from "../rows/study-structure.ts";
import { columnsAt, type JudgeRows, tieDiscounted } from "./judge-data.ts";
import { lengthDifference } from "./judge-length.ts";
import { pairsBeside } from "./judge-pairs.ts";
import type { PromptFields } from "../slices/read-prompt-fields.ts";
import type { ResponseTexts } from "../effects/read-texts.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { withCount } from "../rows/with-count.ts";

const EXAMPLES_MAX = 200;
/** With fewer an interval over part of the comparisons says nothing. */
const PROMPTS_MIN = 10;
const FIELDS = ["source", "split", "language"];

interface Compared {
  readonly i: number;
  /** Its place in the judge's rows. */
  readonly k: number;
  readonly score: number;
  readonly people: number;
  readonly model: number;
}

interface Beside {
  readonly beside: BesidePeople;
  readonly texts: ResponseTexts;
  readonly fields: PromptFields;
}

/** Where a model's verdicts and people's pluralities differ, on comparisons that both judged. */
export function againstPeople(data: StudyData, judge: JudgeRows, given: Beside): Judge["besidePeople"] {
  const { beside, texts, fields } = given;
  const { rows } = data;
  const both = Array.from(judge.at).flatMap((i, k): Compared[] => {
    const people = beside.verdicts[k]!;
    const model = preferredIn(rows, i);
    return people === null ? [] : [{ i, k, people, model, score: tieDiscounted(people, model) }];
  });
  const byPlace = new Map(both.map((one) => [one.k, one]));
  const beyondChance = (some: readonly Compared[]) =>
    beyondChanceOf(
      data,
      some.map(({ i, model, people }) => ({ i, one: model, other: people })),
    );
  const sliced = (value: string, some: readonly Compared[]) => ({
    ...{ value, comparisons: some.length, agreement: ofPart(rows, some) },
    beyondChance: beyondChance(some),
  });
  const opposite = both.filter(({ score }) => score === 0);
  return {
    comparisons: both.length,
    ...{ agreement: meanOf(rows, both), beyondChance: beyondChance(both) },
    pairs: pairsBeside(data, judge, beside).map(({ figures, places }) => {
      const own = places.map((k) => byPlace.get(k)!);
      return { ...figures, agreement: meanOf(rows, own), beyondChance: beyondChance(own) };
    }),
    byField: fields.fields
      .filter(({ name }) => FIELDS.includes(name))
      .map(({ name, values, codes }) => ({
        field: name,
        values: values
          .map((value, code) =>
            sliced(
              value,
              both.filter(({ i }) => codes[rows.prompt[i]!] === code),
            ),
          )
          .filter(({ comparisons }) => comparisons > 0),
      })),
    byLength: byLength(data, both, texts).map(({ value, some }) => sliced(value, some)),
    opposite: opposite.length,
    examples: opposite.slice(0, EXAMPLES_MAX).map((one) => exampleOf(data, one)),
  };
}

function byLength({ rows }: StudyData, both: readonly Compared[], texts: ResponseTexts) {
  const difference = both.map(({ i }) => Math.abs(lengthDifference(rows, texts, i)));
  const quarters = quartersOf(Float64Array.from(difference).filter((value) => !Number.isNaN(value)));
  return quarters.map((quarter, k) => ({
    value: quarter.low === quarter.high ? `${quarter.low}` : `${quarter.low}–${quarter.high}`,
    some: both.filter((_, j) => quarterOf(quarters, difference[j]!) === k),
  }));
}

function meanOf(rows: StudyData["rows"], some: readonly Compared[]): Estimate {
  if (some.length === 0) return { notEstimable: REASONS.noneByPeople };
  const at = some.map(({ i }) => i);
  const sampling = samplingOf(columnsAt(rows, at), { fixedAnnotators: true });
  const scores = Float64Array.from(some, ({ score }) => score);
  return withCount(scoreInterval({ scores, sampling }), some.length);
}

function ofPart(rows: StudyData["rows"], some: readonly Compared[]): Estimate {
  const mean = meanOf(rows, some);
  const prompts = new Set(some.map(({ i }) => rows.prompt[i]!)).size;
  if (!("value" in mean) || prompts >= PROMPTS_MIN) return mean;
  return { value: mean.value, n: some.length, notEstimable: REASONS.fewerThan(PROMPTS_MIN, "prompts") };
}

/** Told of the target, or of the system whose name comes first. */
function exampleOf({ rows, facts, prompts }: StudyData, { i, people, model }: Compared) {
  const [low, high] = [rows.low[i]!, rows.high[i]!];
  const system = firstSystem(rows, i, targetOf(facts));
  return {
    ...{ prompt: prompts[rows.prompt[i]!]!.name, turn: rows.turn[i]! },
    ...{ system: facts.systems[system]!.label, against: facts.systems[system === low ? high : low]!.label },
    ...{ people: outcomeFor(people, system), model: outcomeFor(model, system) },
  };
}
