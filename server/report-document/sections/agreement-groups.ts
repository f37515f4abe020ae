import type { Agreement } from "../../contract/report-agreement.ts";
import { estimateCell, none, refused, whole, words } from "../cells.ts";
import type { Cell, Lead, Table } from "../document.ts";
import { decimal, wholeNumber } from "../numbers.ts";
import { tableOf } from "../tables.ts";
import { besideCell } from "./agreement-words.ts";

type GroupAgreement = Agreement["betweenGroups"][number];

/** Groups against groups: tie-discounted agreement (macro), with its kappa and the number of pairs of judgments. */
export function agreementMatrix({ betweenGroups }: Agreement): Table {
  // a group without judgments agrees with nobody
  const judged = betweenGroups.filter(({ ratingPairs }) => ratingPairs > 0);
  const names = [...new Set((judged.length > 0 ? judged : betweenGroups).flatMap(({ groups }) => groups))];
  const between = (a: string, b: string) =>
    betweenGroups.find(
      ({ groups: [one, other] }) => (one === a && other === b) || (one === b && other === a),
    );
  return tableOf<string>({
    ...{
      key: "agreement-matrix",
      caption:
        "Tie-discounted agreement (macro) between groups; κ: kappa, agreement beyond chance; in parentheses pairs of judgments",
    },
    ...{ first: "group", rows: names, name: (name) => name },
    columns: names.map((other) => ({ label: other, cell: (name) => matrixCell(between(name, other)) })),
  });
}

function matrixCell(agreement: GroupAgreement | undefined): Cell {
  if (agreement === undefined) return none("not compared");
  const { macro, kappa = null } = agreement.tieDiscounted;
  if (!("value" in macro)) return refused(macro);
  const beyond = kappa === null ? "" : ` κ ${decimal(kappa)}`;
  const to = agreement.comparisons > 0 ? togetherOf(agreement.groups) : undefined;
  return { ...words(`${decimal(macro.value)}${beyond} (${wholeNumber(agreement.ratingPairs)})`), to };
}

/** What two groups judged together, or two annotators of one. */
const togetherOf = ([group, other]: readonly [string, string]): Lead => ({
  ...{ group, together: "yes" },
  ...(other === group ? {} : { also: other }),
});

const MEASURES = [
  { label: "tie-discounted", key: "tieDiscounted" },
  { label: "exact", key: "exact" },
  { label: "non-tie", key: "nonTie" },
] as const;

/** One table a measure, so that each fits a page. */
export function groupTables({ betweenGroups }: Agreement): Table[] {
  return MEASURES.map(({ label, key }) =>
    tableOf<GroupAgreement>({
      ...{ key: `agreement-groups-${label}`, caption: `Agreement between groups, ${label}`, first: "groups" },
      ...{ rows: betweenGroups, name: ({ groups: [a, b] }) => (a === b ? `within ${a}` : `${a} and ${b}`) },
      to: ({ groups }) => togetherOf(groups),
      columns: [
        { label: "comparisons", cell: ({ comparisons }) => whole(comparisons) },
        { label: "pairs of judgments", cell: ({ ratingPairs }) => whole(ratingPairs) },
        { label: "macro", cell: (agreement) => estimateCell(agreement[key].macro) },
        { label: "micro", cell: (agreement) => estimateCell(agreement[key].micro) },
        { label: "chance", cell: ({ [key]: one }) => besideCell(one.macro, one.chance) },
        { label: "kappa", cell: ({ [key]: one }) => besideCell(one.macro, one.kappa, one.chance) },
      ],
    }),
  );
}
