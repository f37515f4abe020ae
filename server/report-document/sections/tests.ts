import type { FullPair, FullReport } from "../../contract/report.ts";
import { estimateCell, intervalCell, number, outcomesCell, pCell, refused, whole } from "../cells.ts";
import { type Cell, type DocumentSection, heading, paragraph, tableBlock } from "../document.ts";
import { wholeNumber } from "../numbers.ts";
import { groupsOf, rowName, targetOf } from "../report-parts.ts";
import { statusSays } from "../sentences.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { RATE_NAMES, TEST_NAMES } from "../verdict.ts";
import { firstOf, MOST_PAIRS } from "./pairs.ts";

const GUIDE =
  "p: how often so uneven a result would come by chance between two equal systems. Corrected: by Holm, which makes up for " +
  "several tests at once. The permutation test swaps the winner of whole prompts (prompts: those that lean to a " +
  "side); the sign test counts prompts won, tied and lost by the majority of their judgments. Both speak of other prompts " +
  "judged by these very annotators; the t test speaks of annotators like these, too, and each has its own interval. Net preference: wins less losses, −1 to 1. Equal or better: share of judgments " +
  "that are a win or a tie. Side-adjusted: mean of the half-tie rate on the left and on the right.";

/** Tests of every pair, other ways to look at it, and what a given precision would take. */
export function testsSection(report: FullReport): DocumentSection {
  const target = targetOf(report);
  const groups = groupsOf(report).filter(({ judged, sameAs }) => judged.length > 0 && sameAs === null);
  return {
    key: "tests",
    title: "Tests and precision",
    blocks:
      groups.length === 0
        ? [paragraph("No judgments yet.")]
        : [
            paragraph(statusOfTests(report)),
            paragraph(GUIDE),
            ...groups.flatMap(({ title, judged }, i) => [
              heading(title),
              ...tablesOf(report).map(({ key, caption, columns }) =>
                tableBlock(
                  tableOf<FullPair>({
                    ...{ key: `${key}-${i + 1}`, caption, of: title, first: firstOf(target) },
                    ...{ rows: judged, name: (pair) => rowName(pair, target), columns, most: MOST_PAIRS },
                  }),
                ),
              ),
            ]),
          ],
  };
}

function statusOfTests(report: FullReport): string {
  const { status, test } = report.analysis;
  const rest =
    status === "exploratory" ? "" : ` Declared: the ${TEST_NAMES[test]}; the other tests are exploratory.`;
  return statusSays(report) + rest;
}

const ofTest =
  <Key extends "signTest" | "permutationTest" | "tTest">(
    key: Key,
    cell: (test: Exclude<FullPair[Key], { notEstimable: string }>) => Cell,
  ) =>
  (pair: FullPair): Cell => {
    const test = pair[key];
    if ("notEstimable" in test) return refused(test);
    return cell(test as Exclude<FullPair[Key], { notEstimable: string }>);
  };

const tests: TableColumn<FullPair>[] = [
  {
    label: "permutation p",
    cell: ofTest("permutationTest", (test) => ({ ...pCell(test.p), note: test.method })),
  },
  { label: "corrected", cell: ofTest("permutationTest", ({ pHolm }) => pCell(pHolm)) },
  { label: "prompts", cell: ofTest("permutationTest", ({ prompts }) => whole(prompts)) },
  {
    label: "won / tied / lost",
    cell: ofTest("signTest", ({ wins, ties, losses }) =>
      outcomesCell({ win: wins, tie: ties, loss: losses }),
    ),
  },
  { label: "sign p", cell: ofTest("signTest", ({ p }) => pCell(p)) },
  { label: "corrected", cell: ofTest("signTest", ({ pHolm }) => pCell(pHolm)) },
];

/** Of whom a figure speaks: each target with its interval, and the p values after correction that belong to it. */
const targets: TableColumn<FullPair>[] = [
  { label: "these annotators", cell: ({ conclusion }) => estimateCell(conclusion.theseAnnotators) },
  { label: "permutation p, corrected", cell: ofTest("permutationTest", ({ pHolm }) => pCell(pHolm)) },
  { label: "annotators like these", cell: ({ conclusion }) => estimateCell(conclusion.annotatorsLikeThese) },
  { label: "t test p", cell: ofTest("tTest", ({ p }) => pCell(p)) },
  { label: "corrected", cell: ofTest("tTest", ({ pHolm }) => pCell(pHolm)) },
];

const measures: TableColumn<FullPair>[] = [
  { label: "judgments", cell: (pair) => whole(pair.judgments) },
  { label: "net preference", cell: (pair) => estimateCell(pair.netPreference) },
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
      text: annotators === null ? "the same" : wholeNumber(annotators),
      note: limit,
    })),
  },
];

const tablesOf = ({ analysis }: FullReport) => [
  { key: "tests", caption: "Tests", columns: tests },
  {
    key: "targets",
    caption: `Of whom it holds: ${RATE_NAMES[analysis.estimate]}, by these annotators and by annotators like these`,
    columns: targets,
  },
  { key: "measures", caption: "Other ways to look at a pair", columns: measures },
  {
    key: "precision",
    caption:
      "Interval of the mean over prompts once more, and what a half-width takes: prompts and annotators in all, in the " +
      "proportion they have now",
    columns: precision,
  },
];
