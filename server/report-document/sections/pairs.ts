import { NO_JUDGMENTS } from "../../contract/reasons.ts";
import type { BothBad, Report } from "../../contract/report.ts";
import { estimateCell, none, number, outcomesCell, outOf, rateCell, refused, whole } from "../cells.ts";
import {
  fold,
  guide,
  list,
  paragraph,
  type Part,
  type Section,
  sectionOf,
  type Table,
  tablePart,
  under,
} from "../document.ts";
import { counted } from "../numbers.ts";
import {
  firstOf,
  type GroupPairs,
  groupsOf,
  leadOf,
  MOST_PAIRS,
  rowName,
  targetOf,
} from "../report-parts.ts";
import { pairWithVerdict } from "../sentences.ts";
import { heaviest, tableOf } from "../tables.ts";
import type { PerhapsTested } from "../verdict.ts";
import { capital, NO_JUDGMENTS_YET, RATE, RATE_FIRST, RATE_GUIDE } from "../words.ts";

/** More sentences of one form are not read. */
const SENTENCES_MAX = 20;
/** Names in one sentence. */
const NAMED_MAX = 6;

/** A report whose pairs may have their tests. */
type Given = Report & { readonly pairs: readonly PerhapsTested[] };

/** How often each system won, tied and lost: a figure, and by group one sentence for each pair and the numbers. */
export function pairsSection(report: Given): Section {
  const groups = groupsOf(report).filter(({ repeats }) => !repeats);
  const judged = groups.flatMap((group) => group.judged);
  const pairs = inReportOrder(report, mostJudged(judged));
  const target = targetOf(report);
  const open = Math.max(
    0,
    groups.findIndex((group) => group.judged.length > 0),
  );
  return sectionOf("pairs", null, [
    ...(pairs.length > 0 ? [{ kind: "figure", figure: { type: "bars", key: "pairs", pairs } } as const] : []),
    ...(judged.length > 0 ? [guide(RATE_GUIDE)] : []),
    ...(groups.length === 0 ? [paragraph(NO_JUDGMENTS_YET)] : []),
    ...groups.flatMap((group, i) =>
      under(group.title, i === open, groupParts(group, { report, target, key: `pairs-${i + 1}` })),
    ),
    ...bothBadParts(report.bothBad ?? []),
  ]);
}

const mostJudged = (pairs: readonly PerhapsTested[]): PerhapsTested[] =>
  heaviest(pairs, MOST_PAIRS.rows, MOST_PAIRS.weight).map((i) => pairs[i]!);

/** The figure has the groups of a pair together, so that they can be compared. */
function inReportOrder({ pairs }: Given, some: readonly PerhapsTested[]): PerhapsTested[] {
  const names = [...new Set(pairs.map(({ system, against }) => JSON.stringify([system, against])))];
  const place = ({ system, against }: PerhapsTested) => names.indexOf(JSON.stringify([system, against]));
  return [...some].sort((a, b) => place(a) - place(b));
}

interface GroupGiven {
  readonly report: Given;
  readonly target: string | null;
  readonly key: string;
}

function groupParts(group: GroupPairs, given: GroupGiven): Part[] {
  const { judged, unjudged } = group;
  if (judged.length === 0) return [paragraph(NO_JUDGMENTS_YET)];
  const { report, target } = given;
  const shown = mostJudged(judged);
  const sentences = shown.map((pair) => ({
    ...{ text: pairWithVerdict(pair, report), strong: pair.against, to: leadOf(pair) },
  }));
  const majority = majorityTable(group, given);
  return [
    { kind: "bars", pairs: shown, target },
    ...(shown.length <= SENTENCES_MAX ? [list(sentences)] : []),
    tablePart(ratesTable(group, given)),
    fold("By prompt, and by majority of each comparison", [tablePart(majority)]),
    ...(unjudged.length > 0 ? [paragraph(waiting(unjudged, target))] : []),
  ];
}

const rowsOf = ({ title, judged }: GroupPairs, { target }: GroupGiven) => ({
  ...{ of: title, first: firstOf(target), rows: judged, most: MOST_PAIRS, to: leadOf },
  name: (pair: PerhapsTested) => rowName(pair, target),
});

function ratesTable(group: GroupPairs, given: GroupGiven): Table {
  return tableOf<PerhapsTested>({
    ...{ key: given.key, caption: "Win, tie and loss, in % of the judgments" },
    ...rowsOf(group, given),
    columns: [
      { label: "prompts", cell: (pair) => whole(pair.prompts) },
      { label: "judgments", cell: (pair) => whole(pair.judgments) },
      ...(["win", "tie", "loss"] as const).map((outcome) => ({
        label: `${outcome} %`,
        cell: (pair: PerhapsTested) => rateCell(pair[outcome], { ...leadOf(pair), outcome }),
      })),
      ...(given.report.about.bothBad === undefined
        ? []
        : [
            {
              label: "both bad / ties",
              cell: (pair: PerhapsTested) => outOf(pair.bothBad, pair.tie.count, NO_TIES),
            },
          ]),
      { label: RATE, cell: (pair) => estimateCell(pair.halfTieRate) },
    ],
  });
}

const NO_TIES = "no judgment is a tie";
const BOTH_BAD =
  "People could also choose that both answers are bad. That is a tie, and counts ½; by system:";

function bothBadParts(systems: readonly BothBad[]): Part[] {
  if (systems.length === 0) return [];
  const table = tableOf<BothBad>({
    ...{ key: "both-bad", caption: "Both answers called bad, by system", first: "system", rows: systems },
    name: ({ system }) => system,
    columns: [
      { label: "judgments", cell: ({ judgments }) => whole(judgments) },
      { label: "both bad", cell: ({ bothBad }) => whole(bothBad) },
      { label: "% of judgments", cell: ({ judgments, bothBad }) => number(bothBad / judgments, "share") },
      {
        label: "% of ties",
        cell: ({ ties, bothBad }) => (ties ? number(bothBad / ties, "share") : none(NO_TIES)),
      },
    ],
  });
  return [guide(BOTH_BAD), tablePart(table)];
}

const RULES = [
  { label: "plurality", rule: "plurality" },
  { label: "sign of sum", rule: "signOfSum" },
  { label: "more than half", rule: "moreThanHalf" },
] as const;

function majorityTable(group: GroupPairs, given: GroupGiven): Table {
  return tableOf<PerhapsTested>({
    key: `${given.key}-prompts`,
    caption: `${RATE_FIRST} by prompt, and comparisons won / tied / lost by the majority under three rules`,
    ...rowsOf(group, given),
    columns: [
      { label: "both bad", cell: (pair) => whole(pair.bothBad) },
      { label: "mean over prompts", cell: (pair) => estimateCell(pair.halfTieRateByPrompt) },
      ...RULES.map(({ label, rule }) => ({
        label,
        cell: ({ byMajority }: PerhapsTested) =>
          "notEstimable" in byMajority ? refused(byMajority) : outcomesCell(byMajority[rule]),
      })),
    ],
  });
}

function waiting(pairs: readonly PerhapsTested[], target: string | null): string {
  return pairs.length > NAMED_MAX
    ? `${capital(NO_JUDGMENTS)} of ${counted(pairs.length, "pair")} of systems.`
    : `${capital(NO_JUDGMENTS)}: ${pairs.map((pair) => rowName(pair, target)).join(", ")}.`;
}
