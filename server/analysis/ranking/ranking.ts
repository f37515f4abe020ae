import type { Ranking } from "../../contract/report-ranking.ts";
import { REASONS } from "../../contract/reasons.ts";
import { bradleyTerry } from "../../statistics/ranking/bradley-terry.ts";
import { davidson, nuOf } from "../../statistics/ranking/davidson.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import type { Maximum } from "../../statistics/ranking/newton.ts";
import { countCells, type PairedCounts } from "../../statistics/judgments/paired-counts.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import { resampledCounts, roundsFor } from "../../statistics/resampling/resampled-counts.ts";
import type { Sampling } from "../../statistics/judgments/sampling.ts";
import {
  type ComparableSystems,
  comparableSystems,
  rowsOfPeople,
  type StudyToRank,
} from "./comparable-systems.ts";
import { rankingsByModels } from "./model-rankings.ts";
import { tellOutside } from "./outside-ranking.ts";
import { type FitToTell, tellFit } from "./ranked-fit.ts";
import { tellPairFit } from "./pair-fit.ts";
import { basisOf, HALF_WINS, whyNone } from "./ranking-basis.ts";

const OWN_TIES = "ties have a parameter of their own";
const NO_TIES = "there are no ties, so ν is 0, the edge of its range, and the fit is Bradley–Terry's";

/**
 * All systems on one scale, by the judgments of people of the headline together, and by each model alone. Only the
 * largest set of systems that judgments connect both ways is ranked; of the others it is told whether they stand above
 * or below, and ranks count those above. Judgments that were reconstructed from percentages give strengths, as the
 * percentages do, and no errors.
 */
export function rankingOf(data: StudyToRank): Ranking {
  const found = comparableSystems(data, rowsOfPeople(data));
  const models = rankingsByModels(data, found);
  return { ...byPeople(data, found), ...(models.length > 0 && { models }) };
}

function byPeople(data: StudyToRank, found: ComparableSystems): Ranking {
  const outside = tellOutside(data, found);
  if (found.ranked.length === 0) {
    const refused = { notEstimable: whyNone(data, found) };
    return { judgments: 0, prompts: 0, ...outside, bradleyTerry: refused, davidson: refused, pairFit: null };
  }
  const basis = basisOf(data, found, { fixedAnnotators: false });
  const { sampling } = basis;
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
