import type { Report } from "../../contract/report.ts";
import { eloOf } from "../../charts/elo-scale.ts";
import type {
  Ranking,
  RankedSystem,
  RankingFit,
  RankingPairFit,
  StrengthDifferenceTold,
} from "../../contract/report-ranking.ts";
import { number, whole, words } from "../cells.ts";
import {
  type Cell,
  fold,
  guide,
  heading,
  list,
  paragraph,
  type Part,
  type Section,
  sectionOf,
  tablePart,
} from "../document.ts";
import { counted, DASH, decimal, interval, percent, pText } from "../numbers.ts";
import { type ShowP, shownIn } from "../shown-p.ts";
import { tableOf } from "../tables.ts";
import { NOT_ESTIMABLE } from "../words.ts";

const GUIDE =
  "One strength for each system from all pairs at once, of all people. On the scale of Elo ratings the average is " +
  "1000; 100 points more means to be preferred in about 64 of 100 decisions. Rank: the place by strength, systems " +
  "above the ranked ones counted. Range: the places that the 95 % intervals leave open, each interval taken by itself; systems " +
  "whose ranges overlap may be in the opposite order. All together: the places left open by comparing every two systems, " +
  "corrected so that these ranges hold for all systems at once.";
const NOT_ON_SCALE =
  "These systems are not on the scale: how far they are from the ranked ones cannot be estimated.";
const SYSTEMS_MOST = { rows: 60, are: "strongest systems" };
const PAIRS_MOST = { rows: 60, are: "pairs of the strongest systems" };
/** The score of an average system. */
const AVERAGE = eloOf(0);

/**
 * Bradley–Terry and Davidson over all systems: strengths, places, and how likely each is to be preferred.
 * @param report says whether p values may be shown
 */
export function rankingSection(ranking: Ranking, report: Pick<Report, "analysis">): Section {
  const show = shownIn(report);
  const { judgments, prompts, outside, bradleyTerry, davidson, pairFit } = ranking;
  return sectionOf("ranking", [
    guide(`${GUIDE} From ${counted(judgments, "judgment")} on ${counted(prompts, "prompt")}.`),
    ...(outside.length > 0
      ? [paragraph(NOT_ON_SCALE), list(outside.map(({ systems, says }) => `${systems.join(", ")}: ${says}`))]
      : []),
    ...("systems" in bradleyTerry ? [figure(bradleyTerry)] : []),
    ...fitParts("Bradley–Terry (a tie is half a win)", "bradley-terry", { fit: bradleyTerry, show }),
    ...(pairFit === null || pairFit === undefined ? [] : [paragraph(fitText(pairFit))]),
    fold("Davidson (ties in the model)", [
      ...fitParts("Davidson (ties in the model)", "davidson", { fit: davidson, show }).slice(1),
      ...("nu" in davidson ? [paragraph(tiesText(davidson.nu))] : []),
    ]),
  ]);
}

const tiesText = (nu: number): string =>
  `Likelihood of ties ν = ${decimal(nu)}: between equal systems ${percent(nu / (2 + nu))} of judgments.`;

function fitText({ p, misfit, notEstimable, method, pairs: [worst], circles }: RankingPairFit): string {
  if (p === null)
    return `Whether one strength per system fits these pairs cannot be tested: ${notEstimable ?? DASH}.`;
  const found = misfit
    ? `One strength per system does not fit these pairs (${pText(p)}), so the order hides something.`
    : `No pair was found to depart from the strengths (${pText(p)}); a small departure may go unseen.`;
  return [found, ...(worst ? [gapText(worst)] : []), ...circlesText(circles), `Method: ${method}.`].join(" ");
}

const gapText = ({ first, second, observed, expected }: RankingPairFit["pairs"][number]): string =>
  `Widest gap: ${first} against ${second}, observed ${decimal(observed)}, expected ${decimal(expected)}.`;

const circlesText = (circles: readonly (readonly string[])[]): string[] =>
  circles.length === 0
    ? []
    : [
        `Preferences that run in a circle: ${circles.map((one) => [...one, one[0]!].join(" over ")).join("; ")}.`,
      ];

const figure = (fit: RankingFit): Part => ({
  kind: "figure",
  figure: {
    ...{ type: "dots", key: "ranking", title: "Strength of each system with its 95 % interval" },
    ...{ caption: `The dashed line is the average of ${AVERAGE}.`, heading: "score and 95 % interval" },
    rows: fit.systems
      .slice(0, SYSTEMS_MOST.rows)
      .map((one) => ({ name: one.system, cell: scoreCell(one, fit) })),
    ...{ reference: AVERAGE, ticks: null },
  },
});

function fitParts(
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

function scoreCell({ score, low, high, notEstimable }: RankedSystem, { method }: RankingFit): Cell {
  if (low === null || high === null)
    return { value: score, as: "score", note: { kind: "no interval", text: notEstimable ?? DASH } };
  const note = { kind: "method", text: method } as const;
  return { value: score, as: "score", ends: [eloOf(low), eloOf(high)], note };
}

const rangeCell = (low: number | null, high: number | null): Cell =>
  words(low === null || high === null ? null : low === high ? String(low) : `${low}–${high}`);

const resampledCell = ({ resampledLow: low, resampledHigh: high }: RankedSystem): Cell =>
  words(low === null || high === null ? null : interval([eloOf(low), eloOf(high)], "score"));

const strengths = (title: string, key: string, fit: RankingFit) =>
  tableOf<RankedSystem>({
    ...{ key, caption: "Ranking", of: title, first: "system", name: ({ system }) => system },
    ...{ rows: fit.systems, most: SYSTEMS_MOST, to: ({ system }) => ({ system }) },
    columns: [
      { label: "rank", cell: ({ rank }) => whole(rank) },
      { label: "range", cell: (one) => rangeCell(one.rankLow, one.rankHigh) },
      {
        label: "all together",
        cell: (one) => rangeCell(one.rankLowTogether ?? null, one.rankHighTogether ?? null),
      },
      { label: "score", cell: (one) => scoreCell(one, fit) },
      { label: "by resampling", cell: resampledCell },
      { label: "log strength", cell: ({ logStrength }) => number(logStrength, "signed") },
      { label: "s.e.", cell: ({ standardError }) => number(standardError) },
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
    ...{ first: "system", rows: systems.map(({ system }, i) => ({ system, of: winProbabilities[i] ?? [] })) },
    name: ({ system }) => system,
    columns: systems.map(({ system }, j) => ({
      label: system,
      cell: ({ of }) => number(of[j]),
    })),
  });
