import type { Agreement } from "../../contract/report-agreement.ts";
import { estimateCell, nCell, number, whole } from "../cells.ts";
import {
  fold,
  guide,
  heading,
  paragraph,
  type Part,
  type Section,
  sectionOf,
  type Table,
  tablePart,
} from "../document.ts";
import { counted, decimal, estimateText } from "../numbers.ts";
import { tableOf } from "../tables.ts";
import { ALL_PEOPLE } from "../words.ts";
import { agreementMatrix, groupTables } from "./agreement-groups.ts";
import { modelParts } from "./agreement-models.ts";
import { besideCell } from "./agreement-words.ts";

const GUIDE =
  "Two judgments of the same comparison agree with 1 if they are the same, with ½ if one of them is a tie " +
  "(tie-discounted), else with 0. Exact: the same or not. Non-tie: over the pairs of judgments in which neither " +
  "is a tie. Macro: mean over comparisons; micro: mean over pairs of judgments. Chance: what it would be if the two " +
  "judged independently. Where a comparison has one judgment there is nothing to agree with.";
const ANNOTATORS_MOST = { rows: 20, are: "largest overlaps" };

/** How far judgments of the same comparison agree: overall, between groups, models and people, and annotators. */
export function agreementSection(agreement: Agreement): Section {
  const groups = groupTables(agreement).map(tablePart);
  return sectionOf("agreement", overallText(agreement), [
    guide(GUIDE),
    heading(`Over ${ALL_PEOPLE}`),
    ...overall(agreement),
    heading("Between and within groups"),
    ...(agreement.betweenGroups.length === 0
      ? [paragraph("There are no groups to compare.")]
      : [tablePart(agreementMatrix(agreement)), fold("Every pair of groups, by measure", groups)]),
    ...modelParts(agreement),
    ...adjudicatedParts(agreement),
    fold("Between annotators", annotators(agreement)),
  ]);
}

/** How far people agree, and what chance would give. */
function overallText({ overall: { comparisons, tieDiscounted } }: Agreement): string {
  const { macro, chance } = tieDiscounted;
  if (!("value" in macro)) return `Agreement over ${ALL_PEOPLE} cannot be estimated: ${macro.notEstimable}.`;
  const beside = chance === null ? "" : `, by chance ${decimal(chance)}`;
  return `Over ${ALL_PEOPLE}, agreement is ${estimateText(macro)} (tie-discounted)${beside}, on ${counted(comparisons, "comparison")} with two or more judgments.`;
}

const MEASURES = [
  { label: "tie-discounted", key: "tieDiscounted" },
  { label: "exact", key: "exact" },
  { label: "non-tie", key: "nonTie" },
] as const;
const COEFFICIENTS = [
  { label: "Fleiss’ kappa", key: "fleissKappa" },
  { label: "Krippendorff’s alpha, nominal", key: "krippendorffAlpha" },
  { label: "Krippendorff’s alpha, ordinal", key: "krippendorffAlphaOrdinal" },
  { label: "Gwet’s AC1", key: "gwetAc1" },
] as const;

function overall({ overall }: Agreement): Part[] {
  const { comparisons, ratingPairs } = overall;
  const measures: Table = tableOf<(typeof MEASURES)[number]>({
    ...{ key: "agreement-overall", caption: `Agreement over ${ALL_PEOPLE}`, first: "agreement" },
    ...{ rows: MEASURES, name: ({ label }) => label },
    columns: [
      { label: "macro", cell: ({ key }) => estimateCell(overall[key].macro) },
      { label: "micro", cell: ({ key }) => estimateCell(overall[key].micro) },
      { label: "chance", cell: ({ key }) => besideCell(overall[key].macro, overall[key].chance) },
      { label: "pairs of judgments", cell: ({ key }) => nCell(overall[key].micro) },
    ],
  });
  const coefficients: Table = tableOf<(typeof COEFFICIENTS)[number]>({
    ...{ key: "agreement-coefficients", caption: `Agreement beyond chance, over ${ALL_PEOPLE}` },
    ...{ first: "coefficient", rows: COEFFICIENTS, name: ({ label }) => label },
    columns: [
      { label: "value", cell: ({ key }) => estimateCell(overall[key]) },
      { label: "judgments", cell: ({ key }) => nCell(overall[key]) },
    ],
  });
  return [
    paragraph(
      ratingPairs === 0 && "notEstimable" in overall.tieDiscounted.macro
        ? `No pairs of judgments: ${overall.tieDiscounted.macro.notEstimable}.`
        : `${counted(comparisons, "comparison")} with two or more judgments: ${counted(ratingPairs, "pair")} of judgments.`,
    ),
    tablePart(measures),
    tablePart(coefficients),
  ];
}

function annotators({ betweenAnnotators, betweenAnnotatorsListed: listed }: Agreement): Part[] {
  if (betweenAnnotators.length === 0)
    return [paragraph("No two people with a name are known to have judged the same comparison.")];
  const all = `${counted(listed.pairs, "pair")} of annotators ${listed.pairs === 1 ? "shares" : "share"} comparisons`;
  const cap = listed.listed < listed.pairs ? `; the ${listed.listed} largest overlaps are in the report` : "";
  const table = tableOf<Agreement["betweenAnnotators"][number]>({
    ...{ key: "agreement-annotators", caption: "Agreement between annotators", first: "annotators" },
    ...{ rows: betweenAnnotators, name: ({ annotators }) => annotators.join(" and "), most: ANNOTATORS_MOST },
    to: ({ annotators: [annotator, alsoAnnotator] }) => ({ annotator, alsoAnnotator }),
    columns: [
      { label: "n", cell: ({ comparisons }) => whole(comparisons) },
      { label: "tie-discounted", cell: ({ tieDiscounted }) => number(tieDiscounted) },
      { label: "exact", cell: ({ exact }) => number(exact) },
      { label: "Cohen’s kappa", cell: ({ cohenKappa }) => estimateCell(cohenKappa) },
      { label: "linear kappa", cell: ({ linearKappa }) => estimateCell(linearKappa) },
    ],
  });
  return [paragraph(`${all}${cap}. n: comparisons that both judged.`), tablePart(table)];
}

/** With answers of people who had seen the judgments; nothing where there are none. */
function adjudicatedParts({ adjudicated }: Agreement): Part[] {
  if (adjudicated === undefined) return [];
  const table = tableOf<(typeof adjudicated.groups)[number]>({
    ...{ key: "agreement-adjudicated", caption: "Agreement with adjudicated answers", first: "annotators" },
    ...{ rows: adjudicated.groups, name: ({ group }) => group ?? ALL_PEOPLE },
    columns: [
      { label: "tie-discounted", cell: ({ agreement }) => estimateCell(agreement) },
      { label: "judgments", cell: ({ agreement }) => nCell(agreement) },
    ],
  });
  return [
    heading("With adjudicated answers"),
    guide(
      `Of ${counted(adjudicated.comparisons, "comparison")}, by people who had seen the judgments, and often chosen because ` +
        "annotators disagreed. The answers are in no rate and no test.",
    ),
    tablePart(table),
  ];
}
