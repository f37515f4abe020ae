import type { Ranking } from "../../contract/report-ranking.ts";
import { bradleyTerry } from "../../statistics/bradley-terry.ts";
import { davidson, nuOf } from "../../statistics/davidson.ts";
import { isRefused, NO_JUDGMENTS, type NotEstimable, ONE_PROMPT } from "../../statistics/estimate.ts";
import type { Maximum } from "../../statistics/newton.ts";
import { countCells, type PairedCounts } from "../../statistics/paired-counts.ts";
import { seededRandom } from "../../statistics/random.ts";
import { resampledCounts, ROUNDS } from "../../statistics/resampled-counts.ts";
import { describeSampling, type Sampling } from "../../statistics/sampling.ts";
import { sampleCells } from "../../statistics/strength-errors.ts";
import { type ComparableSystems, comparableSystems, type StudyToRank } from "./comparable-systems.ts";
import { type FitToTell, tellFit } from "./ranked-fit.ts";

const REBUILT = "reconstructed from published percentages: how the judgments fell on prompts is not in them";
const HALF_WINS = "a tie is half a win";
const OWN_TIES = "ties have a parameter of their own";
const NO_TIES = "there are no ties, so ν is 0, the edge of its range, and the fit is Bradley–Terry's";

/**
 * All systems on one scale, by the judgments of people of the headline together; models never judge here. Only the
 * largest set of systems that judgments connect is ranked; the others are named with the reason. Judgments that were
 * rebuilt from percentages give strengths, as the percentages do, and no errors.
 */
export function rankingOf(data: StudyToRank): Ranking {
  const found = comparableSystems(data);
  const left = tellLeft(data, found);
  if (found.ranked.length < 2) {
    const refused = { notEstimable: whyNone(data, found) };
    return { judgments: 0, prompts: 0, ...left, bradleyTerry: refused, davidson: refused };
  }
  const sampling = samplingOf(data, found);
  const basis = basisOf(data, found, sampling);
  const counts = countCells(found.cells);
  const fits = { bradleyTerry: bradleyTerry(counts), davidson: davidson(counts) };
  const resampled = refits(data, { found, sampling, fits, refused: basis.refused });
  return {
    judgments: sampling.judgments,
    prompts: sampling.prompts.count,
    ...left,
    bradleyTerry: isRefused(fits.bradleyTerry)
      ? fits.bradleyTerry
      : tellFit({ ...basis, ties: HALF_WINS, fit: fits.bradleyTerry, resampled: resampled.bradleyTerry }),
    davidson: isRefused(fits.davidson)
      ? fits.davidson
      : tellDavidson({ ...basis, fit: fits.davidson, resampled: resampled.davidson }),
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
    sampled: sampleCells(cells, sampling),
    sampling,
    refused: reconstructed > 0 ? REBUILT : null,
  };
}

type Fits<T> = Record<"bradleyTerry" | "davidson", T>;

/** Fits both models to each resampled study, beginning where the fit to the study itself ended. */
function refits(
  { facts }: StudyToRank,
  { found, sampling: { prompts }, fits, refused }: RefitsWanted,
): Fits<Maximum[] | NotEstimable> {
  if (refused !== null) return both({ notEstimable: refused });
  if (prompts.count < 2) return both({ notEstimable: ONE_PROMPT });
  const resampled: Fits<Maximum[]> = { bradleyTerry: [], davidson: [] };
  const add = (to: Maximum[], fit: Maximum | NotEstimable) => void (isRefused(fit) || to.push(fit));
  const random = seededRandom(`${facts.study.seed} ranking`);
  for (const counts of resampledCounts(found.cells, { prompts, rounds: ROUNDS, random })) {
    add(resampled.bradleyTerry, refit(bradleyTerry, counts, fits.bradleyTerry));
    add(resampled.davidson, refit(davidson, counts, fits.davidson));
  }
  return resampled;
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
  if (facts.systems.length < 2) return "fewer than two systems";
  if (unjudged.length === facts.systems.length) return NO_JUDGMENTS;
  return `no two of the ${others.length + 1} systems judged have each been preferred to the other, directly or through others`;
}

/** The systems that are not ranked, and why. */
function tellLeft({ facts: { systems } }: StudyToRank, { ranked, others, unjudged }: ComparableSystems) {
  const isNone = ranked.length < 2;
  const unconnected = isNone && ranked.length > 0 ? [ranked, ...others] : others;
  const without = unjudged.filter((code) => systems[code]!.published);
  const label = (code: number) => systems[code]!.label;
  const reasons = [
    without.length > 0 ? `no judgments: ${without.map(label).join(", ")}` : "",
    unconnected.length > 0
      ? `never preferred to a ranked system, never less than preferred, or never judged against one: ${unconnected.flat().map(label).join(", ")}`
      : "",
  ].filter((reason) => reason !== "");
  return {
    notComparable: [...unconnected, ...without.map((code) => [code])].map((set) => set.map(label)),
    reason: reasons.length === 0 ? null : reasons.join("; "),
  };
}
