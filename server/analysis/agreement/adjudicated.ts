import type { Agreement } from "../../contract/report-agreement.ts";
import { isHeadline } from "../../report-document/headline.ts";
import { byPromptInterval } from "../../statistics/intervals/by-prompt-mean.ts";
import { isReconstructed, NEITHER, scoreFor } from "../rows/outcomes.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import type { StudyData } from "../rows/study-data.ts";
import { withCount } from "../rows/with-count.ts";

type Adjudicated = NonNullable<Agreement["adjudicated"]>;

/**
 * How far the counted judgments of all people and of each group agree with the adjudicated answers: the mean over prompts of
 * their tie-discounted agreement. Undefined where nothing is adjudicated.
 */
export function agreementWithAdjudicated({ facts, rows, adjudicated }: StudyData): Adjudicated | undefined {
  if (adjudicated === undefined) return undefined;
  const keyOf = (key: readonly number[]) => key.join(" ");
  const answers = new Map(
    adjudicated.map(({ low, high, prompt, turn, better }) => [keyOf([low, high, prompt, turn]), better]),
  );
  const found: { i: number; score: number }[] = [];
  for (let i = 0; i < rows.count; i++) {
    const low = rows.low[i]!;
    const better = answers.get(keyOf([low, rows.high[i]!, rows.prompt[i]!, rows.turn[i]!]));
    if (better === undefined || isReconstructed(rows, i)) continue;
    const answer = better === NEITHER ? 0.5 : better === low ? 1 : 0;
    found.push({ i, score: 1 - Math.abs(scoreFor(rows, i, low) - answer) });
  }
  const sides = [
    { name: null, isModel: false, isIn: (group: number) => isHeadline(facts.groups[group]!) },
    ...facts.groups.map(({ name, kind }, code) => ({
      ...{ name, isModel: kind === "model", isIn: (group: number) => group === code },
    })),
  ];
  const groups = sides.flatMap(({ name, isModel, isIn }) => {
    const own = found.filter(({ i }) => isIn(rows.group[i]!));
    if (own.length === 0) return [];
    const column = (of: Int32Array) => Int32Array.from(own, ({ i }) => of[i]!);
    const isSomeUnnamed = own.some(({ i }) => rows.unnamed[i] === 1);
    const sampling = samplingOf(
      { prompt: column(rows.prompt), annotator: column(rows.annotator) },
      { fixedAnnotators: isModel || isSomeUnnamed },
    );
    const scores = Float64Array.from(own, ({ score }) => score);
    return { group: name, agreement: withCount(byPromptInterval({ scores, sampling }), own.length) };
  });
  return { comparisons: adjudicated.length, groups };
}
