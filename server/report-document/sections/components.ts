import type { MeasuredComponent, PairComponents } from "../../contract/report-components.ts";
import type { Report } from "../../contract/report.ts";
import { refused, whole, words } from "../cells.ts";
import { type Cell, fold, guide, type Section, sectionOf, tablePart, under } from "../document.ts";
import { counted } from "../numbers.ts";
import { firstOf, groupsOf, leadOf, MOST_PAIRS, rowName, targetOf } from "../report-parts.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { NO_JUDGMENTS_YET } from "../words.ts";

type Made = Exclude<PairComponents["components"], { notEstimable: string }>;

const GUIDE =
  "Scores (win 1, tie ½, loss 0) differ because prompts differ, because annotators differ, and for the rest: noise, and what " +
  "one annotator makes of one prompt. The shares are of the variance of the rate for annotators like these; the brackets are " +
  "95 % intervals. Twice as many prompts would halve what prompts and the rest contribute, twice as many annotators what " +
  "annotators contribute. “More of” names the one that helps more, and only if the whole interval of the annotators’ share " +
  "lies on one side of 50 %. Each interval is taken by itself, so among many pairs a few name the wrong one by chance.";

/** Of what the uncertainty of each rate is made, and what more would narrow it. */
export function componentsSection(components: readonly PairComponents[], report: Report): Section {
  const groups = groupsOf(report).flatMap(({ group, title, repeats }) => {
    const rows = components.filter((row) => row.group === group);
    return repeats || rows.length === 0 ? [] : [{ title, rows }];
  });
  if (groups.length === 0) return sectionOf("components", NO_JUDGMENTS_YET, []);
  const target = targetOf(report);
  return sectionOf("components", adviceOf(groups[0]!.rows, target), [
    guide(GUIDE),
    ...groups.flatMap(({ title, rows }, i) =>
      under(...([title, i === 0] as const), [
        tablePart(
          tableOf<PairComponents>({
            ...{ key: `components-${i + 1}`, caption: "Shares of the variance, %", of: title },
            ...{ first: firstOf(target), rows, columns: COLUMNS, most: MOST_PAIRS, to: leadOf },
            name: (row) => rowName(row, target),
          }),
        ),
        fold("The variances themselves", [
          tablePart(
            tableOf<PairComponents>({
              ...{ key: `components-variances-${i + 1}`, of: title, first: firstOf(target), rows },
              ...{ caption: "Variances of the scores of single judgments", columns: VARIANCES },
              ...{ most: MOST_PAIRS, to: leadOf, name: (row) => rowName(row, target) },
            }),
          ),
        ]),
      ]),
    ),
  ]);
}

const component =
  (cell: (made: Made) => Cell) =>
  ({ components }: PairComponents): Cell =>
    "notEstimable" in components ? refused(components) : cell(components);

const share = (one: MeasuredComponent): Cell => ({
  ...{ value: one.share.value, as: "share", ends: [one.share.low, one.share.high] },
});

const COLUMNS: readonly TableColumn<PairComponents>[] = [
  { label: "prompts", cell: ({ prompts }) => whole(prompts) },
  { label: "annotators", cell: ({ annotators }) => whole(annotators) },
  { label: "judgments", cell: ({ judgments }) => whole(judgments) },
  {
    label: "by prompts %",
    cell: component(({ prompts }) => (prompts === null ? words("in the rest") : share(prompts))),
  },
  { label: "by annotators %", cell: component(({ annotators }) => share(annotators)) },
  { label: "rest %", cell: component(({ residual }) => ({ value: residual.share.value, as: "share" })) },
  { label: "more of", words: true, cell: component(({ moreOf }) => words(moreOf ?? "not shown")) },
];

const variance = ({ variance: { value, low, high } }: MeasuredComponent): Cell => ({
  ...{ value, as: "rate", ends: [low, high] },
});

const VARIANCES: readonly TableColumn<PairComponents>[] = [
  {
    label: "prompts",
    cell: component(({ prompts }) => (prompts === null ? words("in the rest") : variance(prompts))),
  },
  { label: "annotators", cell: component(({ annotators }) => variance(annotators)) },
  { label: "rest", cell: component(({ residual }) => ({ value: residual.variance.value, as: "rate" })) },
];

/** What more would help, for the first group of the report: as much as its pairs show. */
function adviceOf(rows: readonly PairComponents[], target: string | null): string {
  const made = rows.flatMap((row) =>
    "notEstimable" in row.components ? [] : [{ row, moreOf: row.components.moreOf }],
  );
  if (made.length === 0)
    return "Prompts and annotators cannot be told apart here, so this report cannot advise what to add.";
  const named = (of: Made["moreOf"]) => made.filter(({ moreOf }) => moreOf === of).map(({ row }) => row);
  const [prompts, annotators, unknown] = [named("prompts"), named("annotators"), named(null)];
  const forRows = (some: readonly PairComponents[]) =>
    some.length === made.length && made.length > 1
      ? "for every pair"
      : some.length === 1
        ? `for ${target === null ? "" : "the pair with "}${rowName(some[0]!, target)}`
        : `for ${counted(some.length, "pair")}`;
  const sentences = [
    ...(prompts.length > 0
      ? [`More prompts would narrow the interval more than more annotators ${forRows(prompts)}.`]
      : []),
    ...(annotators.length > 0
      ? [`More annotators would narrow the interval more than more prompts ${forRows(annotators)}.`]
      : []),
    ...(unknown.length > 0
      ? [
          `Which of the two to add more of is not shown ${forRows(unknown)}: the interval of the annotators’ share holds 50 %.`,
        ]
      : []),
  ];
  return sentences.join(" ");
}
