import type { MeasuredComponent, PairComponents } from "../../contract/report-components.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { halfTieScores } from "../../statistics/judgments/half-tie.ts";
import { type MeasuredVariance, varianceComponents } from "../../statistics/intervals/variance-components.ts";
import { isRefused } from "../../statistics/estimate.ts";
import type { Sampling } from "../../statistics/judgments/sampling.ts";
import type { Analysis } from "../../contract/studies.ts";
import { eachRow, type PairsToReport, samplingOf } from "../pairs/pairs.ts";

/** Of what the uncertainty of each judged pair is made, by group; models are no sample of annotators and have no row. */
export function componentsOf(given: PairsToReport): PairComponents[] {
  const { estimate } = given.facts.declared.analysis;
  return eachRow(given, (row): Omit<PairComponents, "system" | "against" | "group"> | null => {
    const { cell, taken } = row;
    if (taken.isModel || cell.judgments === 0) return null;
    const { prompts, annotators, judgments } = cell;
    return { prompts, annotators, judgments, components: ofCell(row, estimate) };
  }).flatMap(({ pair, taken, made }) =>
    made === null
      ? []
      : [{ system: pair.system.label, against: pair.against.label, group: taken.name, ...made }],
  );
}

function ofCell(
  row: Parameters<typeof samplingOf>[0],
  estimate: Analysis["estimate"],
): PairComponents["components"] {
  const { cell } = row;
  if (cell.reconstructed > 0) return { notEstimable: NOT_IN_PERCENTAGES.repeats };
  if (cell.unnamed > 0) return { notEstimable: REASONS.notNamed };
  const sampling = samplingOf(row);
  const found = varianceComponents({
    scores: halfTieScores(cell.halves),
    weights: weightsOf(sampling, estimate),
    sampling,
  });
  if (isRefused(found)) return found;
  const { prompts, annotators, residual, moreOf } = found;
  return {
    prompts: prompts && measured(prompts),
    annotators: measured(annotators),
    residual: { variance: { value: residual.variance }, share: { value: residual.share } },
    moreOf,
  };
}

const measured = (of: MeasuredVariance): MeasuredComponent => ({
  variance: { value: of.variance, low: of.low, high: of.high },
  share: { value: of.share, low: of.shareLow, high: of.shareHigh },
});

/** What each judgment weighs in the declared rate. */
function weightsOf(
  { judgments, prompts: { count, code, size } }: Sampling,
  estimate: Analysis["estimate"],
): Float64Array {
  return Float64Array.from(code, (prompt) =>
    estimate === "halfTieRate" ? 1 / judgments : 1 / (count * size[prompt]!),
  );
}
