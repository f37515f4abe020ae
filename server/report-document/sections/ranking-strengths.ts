import { eloOf } from "../../charts/elo-scale.ts";
import type {
  Ranking,
  RankedSystem,
  RankingFit,
  StrengthDifferenceTold,
} from "../../contract/report-ranking.ts";
import { none, NOT_KEPT, number, refused, whole, words } from "../cells.ts";
import { type Cell, fold, heading, paragraph, type Part, tablePart } from "../document.ts";
import { DASH, decimal, interval } from "../numbers.ts";
import type { ShowP } from "../shown-p.ts";
import { tableOf } from "../tables.ts";
import { NOT_ESTIMABLE } from "../words.ts";

export const SYSTEMS_MOST = { rows: 60, are: "strongest systems" };
const PAIRS_MOST = { rows: 60, are: "pairs of the strongest systems" };
/** The score of an average system. */
export const AVERAGE = eloOf(0);

/** One fit: its strengths, how likely each system is preferred to each other, and the differences, with p as `show` has it. */
export function fitParts(
  title: string,
  key: string,
  { fit, show }: { fit: Ranking["bradleyTerry"]; show: ShowP },
): Part[] {
  if ("notEstimable" in fit) return [heading(title), paragraph(NOT_ESTIMABLE(fit.notEstimable))];
  return [
    heading(title),
    tablePart(strengths(title, key, fit)),
    paragraph(`Log likelihood ${decimal(fit.logLikelihood)}.`),
    fold("How likely each system is preferred to each other", [tablePart(probabilities(title, key, fit))]),
    ...(fit.differences?.length
      ? [fold("Every two systems", [tablePart(comparisons(title, key, { fit, show }))])]
      : []),
  ];
}

/** A score with its interval. */
export function scoreCell({ score, low, high, notEstimable }: RankedSystem, { method }: RankingFit): Cell {
  if (low === null || high === null)
    return { value: score, as: "score", note: { kind: "no interval", text: notEstimable ?? DASH } };
  const note = { kind: "method", text: method } as const;
  return { value: score, as: "score", ends: [eloOf(low), eloOf(high)], note };
}

/** What a system without an interval lacks: its rank, its ranges and its error. */
const ofMeasured =
  (cell: (one: RankedSystem) => Cell) =>
  (one: RankedSystem): Cell =>
    one.notEstimable === null ? cell(one) : refused({ notEstimable: one.notEstimable });

const rangeCell = (low: number | null | undefined, high: number | null | undefined): Cell =>
  typeof low === "number" && typeof high === "number"
    ? words(low === high ? String(low) : `${low}–${high}`)
    : NOT_KEPT;

/** Where no system has limits, the method of the fit says why. */
const resampledCell = (
  { resampledLow: low, resampledHigh: high }: RankedSystem,
  { systems, method }: RankingFit,
): Cell => {
  if (low !== null && high !== null) return words(interval([eloOf(low), eloOf(high)], "score"));
  const isAlone = systems.some(({ resampledLow }) => resampledLow !== null);
  return none(isAlone ? "the same strength in every resampled study" : (method.split("; ").at(-1) ?? method));
};

const strengths = (title: string, key: string, fit: RankingFit) =>
  tableOf<RankedSystem>({
    ...{ key, caption: "Ranking", of: title, first: "system", name: ({ system }) => system },
    ...{ rows: fit.systems, most: SYSTEMS_MOST, to: ({ system }) => ({ system }) },
    columns: [
      { label: "rank", cell: ofMeasured(({ rank }) => (rank === null ? NOT_KEPT : whole(rank))) },
      { label: "range", cell: ofMeasured((one) => rangeCell(one.rankLow, one.rankHigh)) },
      {
        label: "all together",
        cell: ofMeasured((one) => rangeCell(one.rankLowTogether, one.rankHighTogether)),
      },
      { label: "score", cell: (one) => scoreCell(one, fit) },
      { label: "by resampling", cell: (one) => resampledCell(one, fit) },
      { label: "log strength", cell: ({ logStrength }) => number(logStrength, "signed") },
      { label: "s.e.", cell: ofMeasured(({ standardError: of }) => (of === null ? NOT_KEPT : number(of))) },
      { label: "judgments", cell: ({ judgments }) => whole(judgments) },
    ],
  });

const comparisons = (
  title: string,
  key: string,
  { fit: { differences = [] }, show }: { fit: RankingFit; show: ShowP },
) =>
  tableOf<StrengthDifferenceTold>({
    ...{ key: `${key}-differences`, caption: "Differences of scores; p after correction over all of them" },
    ...{ of: title, first: "stronger", name: ({ first }) => first, rows: differences, most: PAIRS_MOST },
    columns: [
      { label: "weaker", cell: ({ second }) => words(second), words: true },
      {
        label: "difference",
        cell: ({ score, low, high }) => ({
          ...{ value: score, as: "score", ends: [eloOf(low) - AVERAGE, eloOf(high) - AVERAGE] },
        }),
      },
      { label: "p", cell: ({ pHolm }) => show(pHolm) },
    ],
  });

const probabilities = (title: string, key: string, { systems, winProbabilities }: RankingFit) =>
  tableOf<{ system: string; of: number[] }>({
    key: `${key}-wins`,
    ...{ caption: "How likely the system of a row is preferred to that of a column", of: title },
    ...{ first: "system", rows: systems.map(({ system }, i) => ({ system, of: winProbabilities[i]! })) },
    name: ({ system }) => system,
    columns: systems.map(({ system }, j) => ({
      label: system,
      cell: ({ of }) => number(of[j]!),
    })),
  });
