import type { FullPair, FullReport } from "../../contract/report.ts";
import { estimateCell, outcomesCell, rateCell, refused, whole } from "../cells.ts";
import {
  type Block,
  type DocumentSection,
  heading,
  list,
  paragraph,
  type Table,
  tableBlock,
} from "../document.ts";
import { counted } from "../numbers.ts";
import { type GroupPairs, groupsOf, rowName, targetOf } from "../report-parts.ts";
import { pairSays, statusSays } from "../sentences.ts";
import { heaviest, tableOf } from "../tables.ts";

/** More pairs than these fill a page for minutes: the most judged are shown, and where to find the rest. */
const PAIRS_MAX = 60;
export const MOST_PAIRS = {
  ...{ rows: PAIRS_MAX, are: "pairs with the most judgments" },
  weight: (pair: { judgments: number }) => pair.judgments,
};
/** More sentences of one form are not read. */
const SENTENCES_MAX = 20;
/** Names in one sentence. */
const NAMED_MAX = 6;

/** How often each system won, tied and lost: a figure, the numbers by group, and one sentence a pair. */
export function pairsSection(report: FullReport): DocumentSection {
  const groups = groupsOf(report);
  const repeated = new Set(groups.filter(({ sameAs }) => sameAs !== null).map(({ group }) => group));
  const judged = report.pairs.filter((pair) => pair.judgments > 0 && !repeated.has(pair.group));
  const shown = heaviest(judged, PAIRS_MAX, MOST_PAIRS.weight).map((i) => judged[i]!);
  const target = targetOf(report);
  return {
    key: "pairs",
    title: "Won, tied and lost",
    blocks: [
      ...(judged.length > 0 ? [paragraph(statusSays(report))] : []),
      ...(shown.length > 0
        ? [{ kind: "figure", figure: { type: "bars", key: "pairs", pairs: shown } } as const]
        : []),
      ...groups.flatMap((group, i) => [
        heading(group.title),
        ...groupBlocks(group, { report, target, key: `pairs-${i + 1}` }),
      ]),
    ],
  };
}

interface GroupGiven {
  readonly report: FullReport;
  readonly target: string | null;
  readonly key: string;
}

function groupBlocks(group: GroupPairs, given: GroupGiven): Block[] {
  const { judged, unjudged, sameAs } = group;
  if (sameAs !== null) return [paragraph(`The only group of people: its figures are those of ${sameAs}.`)];
  if (judged.length === 0) return [paragraph("No judgments yet.")];
  const { report, target } = given;
  const shown = heaviest(judged, PAIRS_MAX, MOST_PAIRS.weight).map((i) => judged[i]!);
  return [
    { kind: "bars", pairs: shown, target },
    ...(shown.length <= SENTENCES_MAX ? [list(shown.map((pair) => pairSays(pair, report)))] : []),
    tableBlock(ratesTable(group, given)),
    tableBlock(majorityTable(group, given)),
    ...(unjudged.length > 0 ? [paragraph(waiting(unjudged, target))] : []),
  ];
}

export const firstOf = (target: string | null): string => (target === null ? "pair" : "against");

function ratesTable({ title, judged }: GroupPairs, { target, key }: GroupGiven): Table {
  return tableOf<FullPair>({
    ...{ key, caption: "Won, tied and lost, in % of the judgments", of: title },
    ...{ first: firstOf(target), name: (pair) => rowName(pair, target), rows: judged, most: MOST_PAIRS },
    columns: [
      { label: "prompts", cell: (pair) => whole(pair.prompts) },
      { label: "judgments", cell: (pair) => whole(pair.judgments) },
      { label: "won %", cell: (pair) => rateCell(pair.win) },
      { label: "tied %", cell: (pair) => rateCell(pair.tie) },
      { label: "lost %", cell: (pair) => rateCell(pair.loss) },
      { label: "half-tie rate", cell: (pair) => estimateCell(pair.halfTieRate) },
    ],
  });
}

const RULES = [
  { label: "plurality", rule: "plurality" },
  { label: "sign of sum", rule: "signOfSum" },
  { label: "more than half", rule: "moreThanHalf" },
] as const;

function majorityTable({ title, judged }: GroupPairs, { target, key }: GroupGiven): Table {
  return tableOf<FullPair>({
    key: `${key}-prompts`,
    caption: "By prompt, and comparisons won / tied / lost by the majority under three rules",
    of: title,
    ...{ first: firstOf(target), name: (pair) => rowName(pair, target), rows: judged, most: MOST_PAIRS },
    columns: [
      { label: "both bad", cell: (pair) => whole(pair.bothBad) },
      { label: "mean over prompts", cell: (pair) => estimateCell(pair.halfTieRateByPrompt) },
      ...RULES.map(({ label, rule }) => ({
        label,
        cell: ({ byMajority }: FullPair) =>
          "notEstimable" in byMajority ? refused(byMajority) : outcomesCell(byMajority[rule]),
      })),
    ],
  });
}

function waiting(pairs: readonly FullPair[], target: string | null): string {
  return pairs.length > NAMED_MAX
    ? `No judgments yet of ${counted(pairs.length, "pair")} of systems.`
    : `No judgments yet: ${pairs.map((pair) => rowName(pair, target)).join(", ")}.`;
}
