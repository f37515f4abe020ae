import type { Ranking } from "../../contract/report-ranking.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { bradleyTerry } from "../../statistics/ranking/bradley-terry.ts";
import { davidson, nuOf } from "../../statistics/ranking/davidson.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import type { Maximum } from "../../statistics/ranking/newton.ts";
import { countCells, type PairedCounts } from "../../statistics/judgments/paired-counts.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import { resampledCounts, roundsFor } from "../../statistics/resampling/resampled-counts.ts";
import { describeSampling, type Sampling } from "../../statistics/judgments/sampling.ts";
import { sampleCells } from "../../statistics/ranking/strength-errors.ts";
import { type ComparableSystems, comparableSystems, type StudyToRank } from "./comparable-systems.ts";
import { tellOutside } from "./outside-ranking.ts";
import { type FitToTell, tellFit } from "./ranked-fit.ts";
import { tellPairFit } from "./pair-fit.ts";

const HALF_WINS = "a tie is half a win";
const OWN_TIES = "ties have a parameter of their own";
const NO_TIES = "there are no ties, so ν is 0, the edge of its range, and the fit is Bradley–Terry's";

/**
 * All systems on one scale, by the judgments of people of the headline together; models never judge here. Only the
 * largest set of systems that judgments connect both ways is ranked; of the others it is told whether they stand above
 * or below, and ranks count those above. Judgments that were reconstructed from percentages give strengths, as the
 * percentages do, and no errors.
 */
export function rankingOf(data: StudyToRank): Ranking {
  const found = comparableSystems(data);
  const outside = tellOutside(data, found);
  if (found.ranked.length === 0) {
    const refused = { notEstimable: whyNone(data, found) };
    return { judgments: 0, prompts: 0, ...outside, bradleyTerry: refused, davidson: refused, pairFit: null };
  }
  const sampling = samplingOf(data, found);
  const basis = basisOf(data, found, sampling);
  const counts = countCells(found.cells);
  const fits = { bradleyTerry: bradleyTerry(counts), davidson: davidson(counts) };
  const resampled = refits(data, { found, sampling, fits, refused: basis.refused });
  return {
    judgments: sampling.judgments,
    prompts: sampling.prompts.count,
    ...outside,
    bradleyTerry: isRefused(fits.bradleyTerry)
      ? fits.bradleyTerry
      : tellFit({ ...basis, ties: HALF_WINS, fit: fits.bradleyTerry, resampled: resampled.bradleyTerry }),
    davidson: isRefused(fits.davidson)
      ? fits.davidson
      : tellDavidson({ ...basis, fit: fits.davidson, resampled: resampled.davidson }),
    pairFit: isRefused(fits.bradleyTerry)
      ? null
      : tellPairFit(data, { found, sampling, fit: fits.bradleyTerry, refused: basis.refused }),
  };
}

function tellDavidson(given: Omit<FitToTell, "ties">) {
  const nu = nuOf(given.fit, given.labels.length);
  return { ...tellFit({ ...given, ties: nu === 0 ? NO_TIES : OWN_TIES }), nu };
}

function samplingOf(data: StudyToRank, { columns }: ComparableSystems): Sampling {
  return describeSampling({
    prompts: columns.prompt,
    annotators: columns.annotator,
    promptCount: data.prompts.length,
    annotatorCount: data.annotators.length,
    fixedAnnotators: false,
  });
}

function basisOf({ facts }: StudyToRank, found: ComparableSystems, sampling: Sampling) {
  const { ranked, columns, cells, reconstructed } = found;
  const judgments = new Int32Array(ranked.length);
  for (const system of columns.low) judgments[system]!++;
  for (const system of columns.high) judgments[system]!++;
  return {
    labels: ranked.map((code) => facts.systems[code]!.label),
    judgments,
    above: found.others.reduce((sum, { set, standing }) => sum + (standing === "above" ? set.length : 0), 0),
    sampled: sampleCells(cells, sampling),
    sampling,
    refused: reconstructed > 0 ? NOT_IN_PERCENTAGES.prompts : null,
  };
}

type Fits<T> = Record<"bradleyTerry" | "davidson", T>;

/** Fits both models to each resampled study, beginning where the fit to the study itself ended. */
function refits(
  { facts }: StudyToRank,
  { found, sampling: { prompts, judgments }, fits, refused }: RefitsWanted,
): Fits<FitToTell["resampled"]> {
  if (refused !== null) return both({ notEstimable: refused });
  if (prompts.count < 2) return both({ notEstimable: REASONS.onePrompt });
  const resampled: Fits<Maximum[]> = { bradleyTerry: [], davidson: [] };
  const add = (to: Maximum[], fit: Maximum | NotEstimable) => void (isRefused(fit) || to.push(fit));
  const random = seededRandom(`${facts.study.seed} ranking`);
  const rounds = roundsFor({ judgments, systems: found.ranked.length });
  for (const counts of resampledCounts(found.cells, { prompts, rounds, random })) {
    add(resampled.bradleyTerry, refit(bradleyTerry, counts, fits.bradleyTerry));
    add(resampled.davidson, refit(davidson, counts, fits.davidson));
  }
  return {
    bradleyTerry: { fits: resampled.bradleyTerry, rounds },
    davidson: { fits: resampled.davidson, rounds },
  };
}

interface RefitsWanted {
  readonly found: ComparableSystems;
  readonly sampling: Sampling;
  readonly fits: Fits<Maximum | NotEstimable>;
  readonly refused: string | null;
}

const both = <T>(one: T): Fits<T> => ({ bradleyTerry: one, davidson: one });

function refit(
  model: typeof bradleyTerry,
  counts: PairedCounts,
  fit: Maximum | NotEstimable,
): Maximum | NotEstimable {
  return isRefused(fit) ? fit : model(counts, fit.parameters);
}

function whyNone({ facts }: StudyToRank, { others, unjudged }: ComparableSystems): string {
  if (facts.systems.length < 2) return REASONS.twoSystems;
  if (unjudged.length === facts.systems.length) return REASONS.noJudgments;
  return REASONS.notConnected(others.length);
}
