import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import type { PairPrompts, PromptFigures } from "../../contract/report-prompts.ts";
import { divisionByPrompt } from "../../statistics/agreement/division.ts";
import { promptInfluence } from "../../statistics/judgments/prompt-influence.ts";
import { aimOf } from "../pairs/conclusion.ts";
import { eachRow, type PairsToReport, type ReportRow, samplingOf, seedOf } from "../pairs/pairs.ts";
import { promptScores, promptWeights, whoOf } from "../pairs/two-targets.ts";
import type { StudyData } from "../rows/study-data.ts";
import { decidingPrompts } from "./deciding.ts";

/** Prompts listed of a pair, by influence and by division. */
const LISTED_MAX = 20;

/** How hard each prompt is, how it divides people, and which decide: of each pair, for the first group of the report. */
export function promptsOf({ facts, prompts }: StudyData, given: PairsToReport): PairPrompts[] {
  const groups = given.groups.slice(0, 1);
  return eachRow({ ...given, groups }, (row) => {
    const { cell, taken } = row;
    if (taken.isModel || cell.judgments === 0) return null;
    return {
      ...{ prompts: cell.prompts, judgments: cell.judgments },
      figures: figuresOf(row, { facts, nameOf: (prompt) => prompts[prompt]!.name }),
    };
  }).flatMap(({ pair, taken, made }) =>
    made === null
      ? []
      : [{ system: pair.system.label, against: pair.against.label, group: taken.name, ...made }],
  );
}

function figuresOf(
  row: ReportRow,
  { facts, nameOf }: Pick<StudyData, "facts"> & { nameOf: (prompt: number) => string },
): PairPrompts["figures"] {
  const { cell } = row;
  if (cell.reconstructed > 0) return { notEstimable: NOT_IN_PERCENTAGES.prompts };
  if (cell.prompts === 1) return { notEstimable: REASONS.onePrompt };
  const { analysis } = facts.declared;
  const sampling = samplingOf(row);
  const { code, size, count } = sampling.prompts;
  const codeOf = new Int32Array(count);
  for (let i = 0; i < code.length; i++) codeOf[code[i]!] = cell.prompt[i]!;
  const name = (prompt: number) => nameOf(codeOf[prompt]!);
  const scores = promptScores(cell.halves, sampling);
  const influence = promptInfluence({
    means: scores.means,
    weights: promptWeights(scores, analysis.estimate),
  });
  const division = divisionByPrompt({
    ...{ outcomes: cell.halves, comparison: cell.comparison, prompt: code },
    ...{ comparisons: cell.comparisons, prompts: count },
  });
  const { rate, deciding, isIn } = decidingPrompts(
    {
      ...{ cell, sampling, estimate: analysis.estimate, seed: seedOf(facts, row) },
      target: aimOf(analysis, whoOf(cell, sampling).annotatorsAre).target,
    },
    name,
  );
  const listed = (weight: (prompt: number) => number): PromptFigures[] =>
    strongest(count, weight).map((prompt) => ({
      ...{ prompt: name(prompt), judgments: size[prompt]!, score: scores.means[prompt]! },
      division: Number.isNaN(division[prompt]!) ? null : division[prompt]!,
      ...{ influence: influence[prompt]!, decides: isIn(prompt) },
    }));
  return {
    rate,
    above: scores.sums.filter((sum) => sum > 0).length,
    even: scores.sums.filter((sum) => sum === 0).length,
    below: scores.sums.filter((sum) => sum < 0).length,
    judgedTwice: division.filter((apart) => !Number.isNaN(apart)).length,
    divided: division.filter((apart) => apart > 0).length,
    deciding,
    byInfluence: listed((prompt) => Math.abs(influence[prompt]!)),
    byDivision: listed((prompt) => division[prompt]!),
  };
}

/** The prompts whose weight is above 0, the heaviest first and at most as many as are listed; equals in their order. */
function strongest(count: number, weight: (prompt: number) => number): number[] {
  const listed: { prompt: number; own: number }[] = [];
  for (let prompt = 0; prompt < count; prompt++) {
    const own = weight(prompt);
    const isListed = own > 0 && (listed.length < LISTED_MAX || own > listed.at(-1)!.own);
    if (!isListed) continue;
    let place = Math.min(listed.length, LISTED_MAX - 1);
    for (; place > 0 && listed[place - 1]!.own < own; place--) listed[place] = listed[place - 1]!;
    listed[place] = { prompt, own };
  }
  return listed.map(({ prompt }) => prompt);
}
