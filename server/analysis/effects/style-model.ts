import { REASONS } from "../../contract/reasons.ts";
import type { LogisticFit } from "../../statistics/regression/logistic.ts";
import { influenceOf } from "../../statistics/regression/logistic-influence.ts";
import { FEATURES } from "../../statistics/judgments/text-features.ts";
import type { Sampling } from "../../statistics/judgments/sampling.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { SIDE, type StyleRows } from "./style-rows.ts";

/** A model of the choice with all that its intervals need. */
export interface StyleModel {
  readonly rows: StyleRows;
  readonly fit: LogisticFit;
  readonly sampling: Sampling;
  /** By the place of a feature how far each judgment moves its coefficient. */
  readonly influences: readonly Float64Array[];
  /** The name of the model, with the ridge where there is one. */
  readonly name: string;
}

/** `fixedAnnotators`: a judge model's judgments, or votes without a name, which are no sample of annotators. */
export function modelOf(rows: StyleRows, fit: LogisticFit, fixedAnnotators: boolean): StyleModel {
  const sampling = samplingOf(rows, { fixedAnnotators });
  const influences = influenceOf(rows.data, fit, rows.trials);
  return { rows, fit, sampling, influences, name: `logistic model${ridgeOf(rows, fit)}` };
}

/** Which terms have a ridge, in words. */
function ridgeOf({ data: { strengths } }: StyleRows, { ridge }: LogisticFit): string {
  const terms = ["side", ...FEATURES].filter((_, j) => ridge[strengths + j] !== 0);
  if (strengths > 0 && ridge[0] !== 0) terms.unshift("strengths");
  return terms.length === 0
    ? ""
    : `, ridge ${Math.max(...ridge)} on ${terms.join(", ")}, which separate the judgments`;
}

/** Why the model says nothing of a feature; null where it does. */
export function whyUntold({ rows, fit }: StyleModel, feature: number): string | null {
  if (rows.scales[feature] === 0) {
    return feature === SIDE ? REASONS.noSide : REASONS.noDifference;
  }
  const isLeftOut = fit.factor.leftOut[rows.data.strengths + feature] === 1;
  return isLeftOut ? REASONS.notToldApart : null;
}
