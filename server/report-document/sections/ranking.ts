import type { FullReport } from "../../contract/report.ts";
import type {
  OutsideRanking,
  RankedSystem,
  RankingFit,
  RankingPairFit,
} from "../../contract/report-ranking.ts";
import { DASH, number, whole } from "../cells.ts";
import {
  type Block,
  type Cell,
  type DocumentSection,
  heading,
  list,
  paragraph,
  tableBlock,
} from "../document.ts";
import { counted, decimal, interval, perCent, pSays } from "../numbers.ts";
import { tableOf } from "../tables.ts";

const GUIDE =
  "One strength for each system from all pairs at once, of all people. On the scale of Elo ratings the average is " +
  "1000; 100 points more means to be preferred in about 64 of 100 decisions. Rank: the place by strength, systems " +
  "above the ranked ones counted. Range: the places that the 95 % intervals leave open.";
const NOT_ON_SCALE =
  "These systems are not on the scale: how far they stand from the ranked ones cannot be said.";
const SYSTEMS_MOST = { rows: 60, are: "strongest systems" };

/** Bradley–Terry and Davidson over all systems: strengths, places, and how likely each is to be preferred. */
export function rankingSection({ ranking }: FullReport): DocumentSection {
  const { judgments, prompts, outside, bradleyTerry, davidson, pairFit } = ranking;
  return {
    key: "ranking",
    title: "Ranking",
    blocks: [
      paragraph(`${GUIDE} From ${counted(judgments, "judgment")} on ${counted(prompts, "prompt")}.`),
      ...(outside.length > 0 ? [paragraph(NOT_ON_SCALE), list(outside.map(standing))] : []),
      ...("systems" in bradleyTerry ? [figure(bradleyTerry)] : []),
      ...fitBlocks("Bradley–Terry (a tie is half a win)", "bradley-terry", bradleyTerry),
      ...(pairFit === null ? [] : [paragraph(fitSays(pairFit))]),
      ...fitBlocks("Davidson (ties in the model)", "davidson", davidson),
      ...("nu" in davidson ? [paragraph(tiesSay(davidson.nu))] : []),
    ],
  };
}

const tiesSay = (nu: number): string =>
  `Likelihood of ties ν = ${decimal(nu)}: between equal systems ${perCent(nu / (2 + nu))} % of judgments.`;

const standing = ({ systems, says }: OutsideRanking): string => `${systems.join(", ")}: ${says}`;

/** Whether one strength a system explains the pairs, with the pair that it explains worst. */
function fitSays({ p, misfit, notEstimable, method, pairs: [worst], circles }: RankingPairFit): string {
  if (p === null)
    return `Whether one strength per system fits these pairs cannot be tested: ${notEstimable ?? DASH}.`;
  const found = misfit
    ? `One strength per system does not fit these pairs (${pSays(p)}), so the order hides something.`
    : `No pair was found to depart from the strengths (${pSays(p)}); a small departure may go unseen.`;
  return [found, ...(worst ? [gapSays(worst)] : []), ...circlesSay(circles), `Method: ${method}.`].join(" ");
}

const gapSays = ({ first, second, observed, expected }: RankingPairFit["pairs"][number]): string =>
  `Widest gap: ${first} against ${second}, observed ${decimal(observed)}, expected ${decimal(expected)}.`;

const circlesSay = (circles: readonly (readonly string[])[]): string[] =>
  circles.length === 0
    ? []
    : [
        `Preferences that run in a circle: ${circles.map((one) => [...one, one[0]!].join(" over ")).join("; ")}.`,
      ];

/** The scale of Elo ratings. */
const scoreOf = (logStrength: number): number => 1000 + (400 / Math.LN10) * logStrength;

const figure = ({ systems }: RankingFit): Block => ({
  kind: "figure",
  figure: {
    ...{ type: "dots", key: "ranking" },
    rows: systems.slice(0, SYSTEMS_MOST.rows).map(({ system, score, low, high }) => ({
      ...{ name: system, value: score },
      ...{ low: low === null ? null : scoreOf(low), high: high === null ? null : scoreOf(high) },
    })),
  },
});

function fitBlocks(title: string, key: string, fit: FullReport["ranking"]["bradleyTerry"]): Block[] {
  if ("notEstimable" in fit) return [heading(title), paragraph(`Not estimable: ${fit.notEstimable}.`)];
  return [
    heading(title),
    tableBlock(strengths(title, key, fit)),
    paragraph(`Method: ${fit.method}. Log likelihood ${decimal(fit.logLikelihood)}.`),
    tableBlock(probabilities(title, key, fit)),
  ];
}

const range = (low: number | null, high: number | null, says: (a: number, b: number) => string): Cell => ({
  text: low === null || high === null ? DASH : says(low, high),
});

const strengths = (title: string, key: string, { systems }: RankingFit) =>
  tableOf<RankedSystem>({
    ...{ key, caption: "Ranking", of: title, first: "system", name: ({ system }) => system },
    ...{ rows: systems, most: SYSTEMS_MOST },
    columns: [
      { label: "rank", cell: ({ rank }) => ({ text: rank === null ? DASH : String(rank) }) },
      { label: "range", cell: (one) => range(one.rankLow, one.rankHigh, (low, high) => `${low}–${high}`) },
      { label: "n", cell: ({ judgments }) => whole(judgments) },
      { label: "score", cell: ({ score }) => ({ text: score.toFixed(0) }) },
      { label: "log strength", cell: strength },
      { label: "s.e.", cell: ({ standardError }) => number(standardError) },
      { label: "resampled", cell: (one) => range(one.resampledLow, one.resampledHigh, interval) },
    ],
  });

function strength({ logStrength, low, high, notEstimable }: RankedSystem): Cell {
  const ends = low === null || high === null ? `[${DASH}]` : interval(low, high);
  const note = notEstimable === null ? null : `interval not estimable, ${notEstimable}`;
  return { text: `${decimal(logStrength)} ${ends}`, note };
}

const probabilities = (title: string, key: string, { systems, winProbabilities }: RankingFit) =>
  tableOf<{ system: string; of: number[] }>({
    ...{
      key: `${key}-wins`,
      caption: "How likely the system of a row is preferred to that of a column",
      of: title,
    },
    ...{ first: "system", rows: systems.map(({ system }, i) => ({ system, of: winProbabilities[i] ?? [] })) },
    name: ({ system }) => system,
    columns: systems.map(({ system }, j) => ({
      label: system,
      cell: ({ of }) => number(of[j] ?? null),
    })),
  });
