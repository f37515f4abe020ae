import type { Estimate } from "../../contract/report-estimates.ts";
import type { StyleEffects } from "../../contract/report-effects.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { isRefused } from "../../statistics/estimate.ts";
import { fitLogistic } from "../../statistics/regression/logistic.ts";
import { nameOfRobust } from "../../statistics/intervals/method-name.ts";
import { rateInterval } from "../../statistics/intervals/rate-interval.ts";
import { samplingVariance } from "../../statistics/intervals/sandwich.ts";
import { reachOf } from "../../statistics/intervals/t-interval.ts";
import { FEATURES } from "../../statistics/judgments/text-features.ts";
import type { StudyData } from "../rows/study-data.ts";
import { lengthControlled } from "./length-controlled.ts";
import type { ResponseTexts } from "./read-texts.ts";
import { pick } from "../rows/gather.ts";
import { isReconstructed } from "../rows/outcomes.ts";
import { hasUnnamed } from "../rows/only-rows.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { modelOf, type StyleModel, whyUntold } from "./style-model.ts";
import { LENGTH, SIDE, styleRows } from "./style-rows.ts";

/** A sandwich over fewer clusters would be taken for more than it is. */
const PROMPTS_MIN = 10;

/**
 * What length and formatting do to the choice in some groups: log odds of being preferred = difference of the systems'
 * strengths + side + differences of length, headers, lists and bold, over all judgments whose two responses were loaded.
 */
export function styleOf(
  data: StudyData,
  texts: ResponseTexts,
  groups: { inGroups: (group: number) => boolean; isModel: boolean },
): StyleEffects {
  const refused = whyRefused(data, groups.inGroups);
  if (refused !== null) return { notEstimable: refused };
  const rows = styleRows(data.rows, texts, { ...groups, systems: data.facts.systems.length });
  const judgments = rows.prompt.length;
  if (judgments === 0) return { notEstimable: REASONS.noResponses };
  const fit = fitLogistic(rows.data);
  if (isRefused(fit)) return fit;
  const model = modelOf(rows, fit, groups.isModel || hasUnnamed(data.rows, groups.inGroups));
  return {
    judgments,
    left: coefficientOf(model, SIDE),
    features: FEATURES.map((feature, j) => ({
      feature,
      coefficient: coefficientOf(model, LENGTH + j),
      morePreferred: morePreferred(model, LENGTH + j),
    })),
    lengthControlled: lengthControlled(data, model),
  };
}

function whyRefused({ rows }: StudyData, inGroups: (group: number) => boolean): string | null {
  let judgments = 0;
  for (let i = 0; i < rows.count; i++) {
    if (!inGroups(rows.group[i]!)) continue;
    judgments++;
    if (isReconstructed(rows, i)) {
      return NOT_IN_PERCENTAGES.responses;
    }
  }
  return judgments === 0 ? REASONS.noJudgments : null;
}

function coefficientOf(model: StyleModel, feature: number): Estimate {
  const { fit, sampling, rows } = model;
  const untold = whyUntold(model, feature);
  if (untold !== null) return { notEstimable: untold };
  const value = fit.terms[rows.data.strengths + feature]!;
  const n = sampling.judgments;
  if (promptsTelling(model, feature) < PROMPTS_MIN) {
    return { value, n, notEstimable: REASONS.differsOnFewer(PROMPTS_MIN) };
  }
  if (n <= fit.fitted) return { value, n, notEstimable: REASONS.noMoreThanTerms };
  if (sampling.refused !== null) return { value, n, ...sampling.refused };
  const measured = samplingVariance(model.influences[feature]!, sampling);
  if (isRefused(measured)) return { value, n, ...measured };
  const half = reachOf(measured);
  const method = `${model.name}, ${nameOfRobust(sampling, measured.df, "t")}`;
  return { value, low: value - half, high: value + half, method, n };
}

/** On how many prompts the feature differs: on the others it moves nothing, however many there are. */
function promptsTelling({ rows, sampling }: StyleModel, feature: number): number {
  const { code, count } = sampling.prompts;
  const tells = new Uint8Array(count);
  const column = rows.data.features[feature]!;
  for (let k = 0; k < code.length; k++) if (column[rows.trials.row[k]!] !== 0) tells[code[k]!] = 1;
  return tells.reduce((sum, one) => sum + one, 0);
}

/** Among decisive judgments of responses that differ in the feature: how often the one with more was preferred. */
function morePreferred({ rows, sampling: { fixedAnnotators } }: StyleModel, feature: number): Estimate {
  const { row, success } = rows.trials;
  const column = rows.data.features[feature]!;
  const at = new Int32Array(row.length);
  let [count, more] = [0, 0];
  for (let k = 0; k < row.length; k++) if (success[k] !== 0.5 && column[row[k]!] !== 0) at[count++] = k;
  const taken = at.subarray(0, count);
  if (count === 0) return { notEstimable: REASONS.noDecisiveThatDiffer };
  const outcomes = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    const isFirstMore = column[row[taken[k]!]!]! > 0;
    more += outcomes[k] = (success[taken[k]!] === 1) === isFirstMore ? 1 : 0;
  }
  const part = {
    prompt: pick(rows.prompt, taken),
    annotator: pick(rows.annotator, taken),
  };
  const sampling = samplingOf(part, { fixedAnnotators });
  return { value: more / count, n: count, ...rateInterval({ outcomes, outcome: 1, sampling }) };
}
