import type { Report } from "../../contract/report.ts";
import type { Ranking, RankingFit, RankingPairFit } from "../../contract/report-ranking.ts";
import { number, orNone, whole, words } from "../cells.ts";
import { fold, guide, list, paragraph, type Part, type Section, sectionOf, tablePart } from "../document.ts";
import { counted, DASH, decimal, listed, percent, pText } from "../numbers.ts";
import { shownIn } from "../shown-p.ts";
import { tableOf } from "../tables.ts";
import { NOT_ESTIMABLE } from "../words.ts";
import { modelParts } from "./ranking-models.ts";
import { AVERAGE, fitParts, scoreCell, SYSTEMS_MOST } from "./ranking-strengths.ts";

const GUIDE =
  "One strength for each system from all pairs at once, of all people. On the scale of Elo ratings the average is " +
  "1000; 100 points more means a win rate (ties count ½) of about .64 by Bradley–Terry, and by Davidson about 64 of 100 judgments that are no ties. Rank: the place by strength, systems " +
  "above the ranked ones counted. Range: the places that the 95 % intervals leave open, each interval taken by itself; systems " +
  "whose ranges overlap may be in the opposite order. All together: the places left open by comparing every two systems, " +
  "corrected so that these ranges hold for all systems at once.";
const NOT_ON_SCALE =
  "These systems are not on the scale: how far they are from the ranked ones cannot be estimated.";

/**
 * Bradley–Terry and Davidson over all systems: strengths, places, and how likely each is to be preferred.
 * @param report says whether p values may be shown
 */
export function rankingSection(ranking: Ranking, report: Pick<Report, "analysis">): Section {
  const show = shownIn(report);
  const { judgments, prompts, outside, bradleyTerry, davidson, pairFit, models = [] } = ranking;
  return sectionOf("ranking", orderText(ranking, report), [
    guide(`${GUIDE} From ${counted(judgments, "judgment")} on ${counted(prompts, "prompt")}.`),
    ...(outside.length > 0
      ? [paragraph(NOT_ON_SCALE), list(outside.map(({ systems, says }) => `${systems.join(", ")}: ${says}`))]
      : []),
    ...("systems" in bradleyTerry ? [figure(bradleyTerry)] : []),
    ...fitParts("Bradley–Terry (a tie is half a win)", "bradley-terry", { fit: bradleyTerry, show }),
    ...(pairFit === null || pairFit === undefined ? [] : [paragraph(fitText(pairFit))]),
    ...(pairFit?.pairs.length
      ? [fold("Observed and expected, pair by pair", [tablePart(gapTable(pairFit))])]
      : []),
    fold("Davidson (ties in the model)", [
      ...fitParts("Davidson (ties in the model)", "davidson", { fit: davidson, show }).slice(1),
      ...("nu" in davidson ? [paragraph(tiesText(davidson.nu))] : []),
    ]),
    ...modelParts(models, show),
  ]);
}

/** More systems are not named in order. */
const NAMED_MOST = 8;

/** The systems in order, and the first place as far as the ranges of all together leave it open. */
function orderText(
  { bradleyTerry: fit, outside, pairFit }: Ranking,
  { analysis }: Pick<Report, "analysis">,
): string {
  if ("notEstimable" in fit) return NOT_ESTIMABLE(fit.notEstimable);
  const names = fit.systems.map(({ system }) => system);
  const order =
    names.length > NAMED_MOST
      ? `Of ${counted(names.length, "system")}, the strongest by estimate is ${names[0]!}, the weakest ${names.at(-1)!}.`
      : `By estimated strength: ${names.join(", ")}.`;
  const first = fit.systems
    .filter(({ rankLowTogether }) => rankLowTogether === 1)
    .map(({ system }) => system);
  const open =
    outside.length > 0 || first.length === 0
      ? []
      : first.length === 1
        ? [`All ranges together leave the first place to ${first[0]!} (${analysis.status}).`]
        : first.length > NAMED_MOST
          ? [`The first place is open between ${counted(first.length, "system")}.`]
          : [`The first place is open between ${listed(first)}.`];
  const off = outside.flatMap(({ systems }) => systems).length;
  return [
    order,
    ...open,
    ...(off > 0 ? [`${counted(off, "system")} ${off === 1 ? "is" : "are"} not on this scale.`] : []),
    ...(pairFit?.misfit ? ["One strength per system does not fit these pairs."] : []),
  ].join(" ");
}

const tiesText = (nu: number): string =>
  `Likelihood of ties ν = ${decimal(nu)}: between equal systems ${percent(nu / (2 + nu))} of judgments.`;

function fitText({ p, misfit, notEstimable, method, pairs: [worst], circles }: RankingPairFit): string {
  if (p === null && notEstimable === null)
    return "Whether one strength per system fits these pairs is tested once the planned judgments are there.";
  if (p === null)
    return `Whether one strength per system fits these pairs cannot be tested: ${notEstimable ?? DASH}.`;
  const found = misfit
    ? `One strength per system does not fit these pairs as these annotators judged them (${pText(p)}), so the order hides something.`
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

const NOTHING_VARIES = "how the gap varies between prompts is unknown";
const gapTable = (pairFit: RankingPairFit) =>
  tableOf<RankingPairFit["pairs"][number]>({
    ...{ key: "ranking-fit", caption: "Share that went to the first system, and as the strengths expect it" },
    ...{ first: "first", name: ({ first }) => first, rows: pairFit.pairs },
    to: ({ first, second }) => ({ system: first, against: second }),
    columns: [
      { label: "second", cell: ({ second }) => words(second), words: true },
      { label: "judgments", cell: ({ judgments }) => whole(judgments) },
      { label: "observed", cell: ({ observed }) => number(observed) },
      { label: "expected", cell: ({ expected }) => number(expected) },
      {
        label: "z",
        cell: ({ z }) => orNone(z, pairFit.notEstimable ?? NOTHING_VARIES, (one) => number(one, "signed")),
      },
    ],
  });

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
