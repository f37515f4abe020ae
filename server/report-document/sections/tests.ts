import type { MarginResult } from "../../contract/report-margin.ts";
import type { FullPair, Report } from "../../contract/report.ts";
import {
  estimateCell,
  intervalCell,
  NOT_KEPT,
  number,
  outcomesCell,
  refused,
  whole,
  words,
} from "../cells.ts";
import { type Cell, guide, paragraph, type Section, sectionOf, tablePart, under } from "../document.ts";
import { counted, decimal, wholeNumber } from "../numbers.ts";
import { firstOf, groupsOf, leadOf, MOST_PAIRS, rowName, targetOf } from "../report-parts.ts";
import { type ShowP, shownIn } from "../shown-p.ts";
import { statusText } from "../sentences.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { DECLARED_TESTS, MEANS, NO_JUDGMENTS_YET, RATE, RATE_FIRST } from "../words.ts";

const GUIDE =
  "p: how often two equal systems would give a result at least this uneven by chance; below .05 is commonly called significant. " +
  "Corrected: by Holm, because among several tests some p is small by luck. The permutation test swaps the winner of whole " +
  "prompts (“prompts”: those on which one system leads); the sign test counts prompts won, tied and lost by the majority of their " +
  "judgments. Both generalise to other prompts judged by these annotators; the t test also to other annotators like these. The " +
  "interval of these annotators excludes .500 exactly if the permutation p is below .05, that of annotators like these if the " +
  "p of the t test is. All are about these outputs: each system answered each prompt once. Net preference: wins minus losses, −1 to 1. Equal or better: share of judgments that are a win or " +
  `a tie. Side-adjusted: mean of the ${RATE} on the left and on the right.`;

const OF_VOTES =
  " Where votes have no name, “these annotators” are those who cast these votes: nobody knows how many, and their intervals allow for other prompts alone.";

/** Tests of every pair, other ways to look at it, and what a given precision would take. */
export function testsSection(report: Report & { readonly pairs: readonly FullPair[] }): Section {
  const target = targetOf(report);
  const groups = groupsOf(report).filter(({ judged, repeats }) => judged.length > 0 && !repeats);
  if (groups.length === 0) return sectionOf("tests", NO_JUDGMENTS_YET, []);
  return sectionOf("tests", testsFinding(groups[0]!.judged as readonly FullPair[], report), [
    paragraph(statusOfTests(report)),
    guide(report.unnamed === undefined ? GUIDE : GUIDE + OF_VOTES),
    ...groups.flatMap(({ title, judged }, i) =>
      under(
        ...([title, i === 0] as const),
        tablesOf(report).map(({ key, caption, columns }) =>
          tablePart(
            tableOf<FullPair>({
              ...{ key: `${key}-${i + 1}`, caption, of: title, first: firstOf(target) },
              ...{ rows: judged as readonly FullPair[], columns, most: MOST_PAIRS, to: leadOf },
              name: (pair) => rowName(pair, target),
            }),
          ),
        ),
      ),
    ),
  ]);
}

const SHORT_STATUS = {
  interim: "Interim: nothing here is a verdict yet.",
  exploratory: "Exploratory: hints, not verdicts.",
} as const;

/** How many verdicts stand, of the first group of the report. */
function testsFinding(pairs: readonly FullPair[], { analysis: { status, look } }: Report): string {
  const concluded = pairs.flatMap(({ conclusion }) =>
    (conclusion as FullPair["conclusion"] | undefined)?.verdict ? [conclusion] : [],
  );
  if (concluded.length === 0) return status === "confirmatory" ? NO_VERDICT : SHORT_STATUS[status];
  const stand = concluded.filter(({ afterCorrection: of }) => of === "better" || of === "worse").length;
  const refused = concluded.filter(({ verdict }) => verdict === "refused").length;
  const at = look !== undefined && look.number < look.of ? `, at look ${look.number} of ${look.of}` : "";
  const rest = refused === 0 ? "" : ` On ${counted(refused, "pair")} nothing can be concluded.`;
  return `${wholeNumber(stand)} of ${counted(concluded.length, "difference")} ${stand === 1 ? "is" : "are"} significant after correction${at}.${rest}`;
}
const NO_VERDICT = "No pair here has a verdict.";

function statusOfTests(report: Report): string {
  const { status, test } = report.analysis;
  const rest =
    status === "exploratory" ? "" : ` Declared: ${DECLARED_TESTS[test]}; the other tests are exploratory.`;
  return statusText(report) + rest;
}

const ofTest =
  <Key extends "signTest" | "permutationTest" | "tTest">(
    key: Key,
    cell: (test: Exclude<FullPair[Key], { notEstimable: string }>) => Cell,
  ) =>
  (pair: FullPair): Cell => {
    // reports that earlier versions kept lack what came later
    const test: FullPair[Key] | undefined = pair[key];
    if (test === undefined) return NOT_KEPT;
    return "notEstimable" in test
      ? refused(test)
      : cell(test as Exclude<FullPair[Key], { notEstimable: string }>);
  };

const tests = (show: ShowP): TableColumn<FullPair>[] => [
  {
    label: "permutation p",
    cell: ofTest("permutationTest", (test) => ({
      note: { kind: "method", text: test.method },
      ...show(test.p),
    })),
  },
  { label: "corrected", cell: ofTest("permutationTest", ({ pHolm }) => show(pHolm)) },
  { label: "prompts", cell: ofTest("permutationTest", ({ prompts }) => whole(prompts)) },
  {
    label: "won / tied / lost",
    cell: ofTest("signTest", ({ wins, ties, losses }) =>
      outcomesCell({ win: wins, tie: ties, loss: losses }),
    ),
  },
  { label: "sign p", cell: ofTest("signTest", ({ p }) => show(p)) },
  { label: "corrected", cell: ofTest("signTest", ({ pHolm }) => show(pHolm)) },
];

const target =
  (key: "theseAnnotators" | "annotatorsLikeThese") =>
  ({ conclusion }: Partial<FullPair>): Cell =>
    conclusion === undefined ? NOT_KEPT : estimateCell(conclusion[key]);

/** Of whom a figure is true: each target with its interval, the p value that belongs to it, and that after correction. */
const targets = (show: ShowP): TableColumn<FullPair>[] => [
  { label: "these annotators", cell: target("theseAnnotators") },
  { label: "permutation p", cell: ofTest("permutationTest", ({ p }) => show(p)) },
  { label: "corrected", cell: ofTest("permutationTest", ({ pHolm }) => show(pHolm)) },
  { label: "annotators like these", cell: target("annotatorsLikeThese") },
  { label: "t test p", cell: ofTest("tTest", ({ p }) => show(p)) },
  { label: "corrected", cell: ofTest("tTest", ({ pHolm }) => show(pHolm)) },
];

const margin =
  (of: (result: Exclude<MarginResult, { notEstimable: string }>) => Cell) =>
  ({ conclusion }: Partial<FullPair>): Cell => {
    const result = conclusion?.margin;
    if (result === undefined) return NOT_KEPT;
    return "notEstimable" in result ? refused(result) : of(result);
  };

const margins = (show: ShowP): TableColumn<FullPair>[] => [
  { label: "about", words: true, cell: ({ conclusion }) => words(conclusion.target) },
  { label: "non-inferiority p", cell: margin(({ nonInferiority: { p } }) => show(p)) },
  { label: "corrected", cell: margin(({ nonInferiority: { pHolm } }) => show(pHolm)) },
  { label: "90 % interval", cell: margin(({ interval }) => intervalCell(interval)) },
  { label: "equivalence p", cell: margin(({ equivalence: { p } }) => show(p)) },
  { label: "corrected", cell: margin(({ equivalence: { pHolm } }) => show(pHolm)) },
];

const measures: TableColumn<FullPair>[] = [
  { label: "judgments", cell: (pair) => whole(pair.judgments) },
  { label: "net preference", cell: (pair) => estimateCell(pair.netPreference, "signed") },
  { label: "equal or better", cell: (pair) => estimateCell(pair.equalOrBetter) },
  { label: "side-adjusted", cell: (pair) => estimateCell(pair.sideAdjusted) },
];

const needed =
  (of: (needs: Exclude<FullPair["judgmentsNeeded"], { notEstimable: string }>) => Cell) =>
  ({ judgmentsNeeded }: FullPair): Cell =>
    "notEstimable" in judgmentsNeeded ? refused(judgmentsNeeded) : of(judgmentsNeeded);

const precision: TableColumn<FullPair>[] = [
  { label: "resampled by prompt", cell: (pair) => intervalCell(pair.resampledByPrompt) },
  { label: "for ±", cell: needed(({ halfWidth }) => number(halfWidth)) },
  { label: "prompts needed", cell: needed(({ prompts }) => whole(prompts)) },
  { label: "judgments needed", cell: needed(({ judgments }) => whole(judgments)) },
  {
    label: "annotators needed",
    cell: needed(({ annotators, limit }) => ({
      value: annotators === null ? "the same" : wholeNumber(annotators),
      ...(limit === null ? {} : { note: { kind: "method", text: limit } }),
    })),
  },
];

const tablesOf = ({ analysis }: Report, show = shownIn({ analysis })) => [
  { key: "tests", caption: "Tests", columns: tests(show) },
  {
    key: "targets",
    caption: `${RATE_FIRST}, ${MEANS[analysis.estimate]}, by these annotators and by annotators like these`,
    columns: targets(show),
  },
  { key: "measures", caption: "Other ways to look at a pair", columns: measures },
  ...(analysis.margin === undefined
    ? []
    : [
        {
          key: "margin",
          caption: `Against the declared margin: rates from ${decimal(0.5 - analysis.margin)} to ${decimal(0.5 + analysis.margin)} are as good as even`,
          columns: margins(show),
        },
      ]),
  {
    key: "precision",
    caption:
      "Interval of the mean over prompts by resampling, and what a half-width takes for those whom the conclusion is about: " +
      "prompts and annotators in all, in the proportion they have now",
    columns: precision,
  },
];
