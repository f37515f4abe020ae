import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { samplingOf } from "../rows/sampling-of.ts";
import { sampleCells } from "../../statistics/ranking/strength-errors.ts";
import type { ComparableSystems, StudyToRank } from "./comparable-systems.ts";
import type { FitToTell } from "./ranked-fit.ts";

/** How Bradley–Terry takes ties. */
export const HALF_WINS = "a tie is half a win";

/** What every fit to the ranked systems shares. `fixedAnnotators`: a model, which is no sample of others; nor are votes without a name. */
export function basisOf(
  { facts, annotators }: StudyToRank,
  found: ComparableSystems,
  { fixedAnnotators }: { fixedAnnotators: boolean },
): Omit<FitToTell, "ties" | "fit" | "resampled"> {
  const { ranked, columns, cells, reconstructed } = found;
  const judgments = new Int32Array(ranked.length);
  for (const system of columns.low) judgments[system]!++;
  for (const system of columns.high) judgments[system]!++;
  const sampling = samplingOf(columns, {
    fixedAnnotators: fixedAnnotators || columns.annotator.some((code) => annotators[code]!.isUnnamed),
  });
  return {
    labels: ranked.map((code) => facts.systems[code]!.label),
    judgments,
    above: found.others.reduce((sum, { set, standing }) => sum + (standing === "above" ? set.length : 0), 0),
    sampled: sampleCells(cells, sampling),
    sampling,
    refused: reconstructed > 0 ? NOT_IN_PERCENTAGES.prompts : null,
  };
}

/** Why nothing is ranked. */
export function whyNone({ facts }: StudyToRank, { others, unjudged }: ComparableSystems): string {
  if (facts.systems.length < 2) return REASONS.twoSystems;
  if (unjudged.length === facts.systems.length) return REASONS.noJudgments;
  return REASONS.notConnected(others.length);
}
