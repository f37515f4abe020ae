import type { RankedSystem, RankingFit } from "../../contract/report-ranking.ts";
import { eloOf } from "../../charts/elo-scale.ts";
import { BRADLEY_TERRY } from "../../statistics/ranking/bradley-terry.ts";
import { DAVIDSON } from "../../statistics/ranking/davidson.ts";
import { isRefused, type NotEstimable, UPPER } from "../../statistics/estimate.ts";
import { dfText, nameOfRobust } from "../../statistics/intervals/method-name.ts";
import type { Maximum } from "../../statistics/ranking/newton.ts";
import { preference } from "../../statistics/ranking/pair-model.ts";
import {
  compareStrengths,
  type Rank,
  placesByInterval,
  placesTogether,
  type ResampledStrength,
  resampledStrengths,
} from "../../statistics/ranking/places.ts";
import type { Sampling } from "../../statistics/judgments/sampling.ts";
import { studentTQuantile } from "../../statistics/special/student-t-quantile.ts";
import {
  type SampledCells,
  type StrengthError,
  type StrengthErrors,
  errorsOfStrengths,
} from "../../statistics/ranking/strength-errors.ts";

export interface FitToTell {
  /** What a reader calls the systems, in the order of their strengths in `fit`. */
  readonly labels: readonly string[];
  /** How many judgments each has. */
  readonly judgments: Int32Array;
  /** How the model takes ties, in words. */
  readonly ties: string;
  readonly fit: Maximum;
  readonly sampled: SampledCells;
  readonly sampling: Sampling;
  /** How many systems stand above all of these. */
  readonly above: number;
  /** Fits of resampled studies, those without one missing, and how many were drawn; or why nothing was resampled. */
  readonly resampled: { readonly fits: readonly Maximum[]; readonly rounds: number } | NotEstimable;
  /** Why no error can be had, whatever the method; null where one may. */
  readonly refused: string | null;
}

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A fit as a report tells it, the strongest system first. */
export function tellFit(given: FitToTell): RankingFit {
  const { labels, fit, judgments } = given;
  const systems = labels.length;
  const strengths = fit.parameters.subarray(0, systems);
  const { errors, ofDifference } = errorsOf(given);
  const differences = compareStrengths(strengths, ofDifference);
  const together = placesTogether(systems, differences);
  const intervals = errors.map((error, i) => intervalOf(strengths[i]!, error));
  const places = placesByInterval(strengths, intervals);
  const resampled = resampledIn(given);
  const order = labels.map((_, i) => i).sort((a, b) => strengths[b]! - strengths[a]! || a - b);
  const told = (i: number): RankedSystem => ({
    system: labels[i]!,
    judgments: judgments[i]!,
    logStrength: strengths[i]!,
    ...tellError(errors[i]!, intervals[i]!),
    score: eloOf(strengths[i]!),
    ...tellPlace(places[i]!, given.above),
    ...tellTogether(places[i] ? together[i]! : null, given.above),
    ...tellResampled(isRefused(resampled) ? null : resampled.limits[i]!),
  });
  const model = modelOf(fit, systems);
  const wins = (i: number, j: number) =>
    preference(model, strengths[i]! - strengths[j]!, fit.parameters[systems] ?? 0);
  return {
    systems: order.map(told),
    method: [given.ties, methodOfErrors(given, errors), methodOfResampling(resampled)].join("; "),
    logLikelihood: fit.logLikelihood,
    differences: differences
      .sort(
        (a, b) =>
          order.indexOf(a.first) - order.indexOf(b.first) ||
          order.indexOf(a.second) - order.indexOf(b.second),
      )
      .map((one) => ({
        ...{ ...one, first: labels[one.first]!, second: labels[one.second]! },
        score: eloOf(one.difference) - eloOf(0),
      })),
    winProbabilities: order.map((i) => order.map((j) => wins(i, j))),
  };
}

/** Without ties the Davidson model has no parameter for them, and is Bradley–Terry. */
function modelOf({ parameters }: Maximum, systems: number) {
  return parameters.length > systems ? DAVIDSON : BRADLEY_TERRY;
}

function errorsOf({ labels, fit, sampled, refused }: FitToTell): StrengthErrors {
  if (refused === null) return errorsOfStrengths(modelOf(fit, labels.length), sampled, fit);
  const none = { notEstimable: refused };
  return { errors: labels.map(() => none), ofDifference: () => none };
}

function resampledIn({ labels, resampled }: FitToTell) {
  if (isRefused(resampled)) return resampled;
  const { fits, rounds } = resampled;
  const strengths = fits.map(({ parameters }) => parameters.subarray(0, labels.length));
  const limits = resampledStrengths(strengths, rounds);
  return isRefused(limits) ? limits : { limits, rounds };
}

function intervalOf(strength: number, error: StrengthError): Interval | null {
  if (isRefused(error)) return null;
  const half = studentTQuantile(UPPER, error.df) * error.standardError;
  return { low: strength - half, high: strength + half };
}

function tellError(error: StrengthError, interval: Interval | null) {
  return {
    standardError: isRefused(error) ? null : error.standardError,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    notEstimable: isRefused(error) ? error.notEstimable : null,
  };
}

function tellPlace(place: Rank | null, above: number) {
  if (place === null) return { rank: null, rankLow: null, rankHigh: null };
  return { rank: above + place.rank, rankLow: above + place.low, rankHigh: above + place.high };
}

function tellTogether(range: { low: number; high: number } | null, above: number) {
  return {
    rankLowTogether: range && above + range.low,
    rankHighTogether: range && above + range.high,
  };
}

function tellResampled(strength: ResampledStrength | null) {
  return { resampledLow: strength?.low ?? null, resampledHigh: strength?.high ?? null };
}

function methodOfErrors({ sampling }: FitToTell, errors: readonly StrengthError[]): string {
  const df = errors.flatMap((error) => (isRefused(error) ? [] : [error.df])).sort((a, b) => a - b);
  const [least, most] = [df[0], df.at(-1)];
  const reasons = new Set(errors.flatMap((error) => (isRefused(error) ? [error.notEstimable] : [])));
  if (least === undefined || most === undefined) return `no standard errors: ${[...reasons].join(", ")}`;
  const wider = most > least ? `, up to ${dfText(most)} df for systems judged more widely` : "";
  return nameOfRobust(sampling, least, "t") + wider;
}

function methodOfResampling(resampled: ReturnType<typeof resampledIn>): string {
  return isRefused(resampled)
    ? `no resampling: ${resampled.notEstimable}`
    : `prompts resampled ${resampled.rounds.toLocaleString("en")} times, percentiles`;
}
