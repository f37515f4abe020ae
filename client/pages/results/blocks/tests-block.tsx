import type { Blocks, Pair, Report } from "../../../../server/contract/report.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import type { Cell, DataTable } from "../data-table.ts";
import { type Leads, leadsFrom, lookAt } from "../judged/leads.ts";
import { isShown, type Shown } from "../report-view.ts";
import { TableView } from "../table-view.tsx";
import { nameColumn, pColumn, scoreColumn, signedColumn } from "./columns.ts";

const says = blocks.tests;

/** The tests of every pair, and the other measures beside its rates. */
export function TestsBlock({ block, report, shown }: BlockProps<"tests">) {
  const { status, test } = report.analysis;
  return (
    <>
      <p class="means">
        {says.means} {says.statuses[status](words.testNames[test])}
      </p>
      <TableView
        table={testsTable(block, report, { shown, leads: leadsFrom(report) })}
        study={report.study}
      />
      <p class="means">{says.guide}</p>
    </>
  );
}

export function testsTable(
  tests: Blocks["tests"],
  report: Report,
  { shown, leads }: { shown: Shown; leads?: Leads | undefined },
): DataTable {
  const rows = report.pairs.flatMap((pair, i) => {
    const made = tests[i];
    // a report and a block of different moments may differ in length until both are fetched again
    if (made === undefined || pair.judgments === 0 || !isShown(pair, shown)) return [];
    const { system, against } = pair;
    return [
      { about: { system, against }, ...rowOf(pair, made), ...(leads ? { href: leads(lookAt(pair)) } : {}) },
    ];
  });
  return {
    name: "tests",
    caption: says.caption,
    columns: [
      nameColumn("group", words.group),
      { ...pColumn("permutation_p", says.p), over: says.permutation, reasons: true },
      { ...pColumn("permutation_p_holm", says.holm), over: says.permutation },
      { ...pColumn("sign_p", says.p), over: says.sign, reasons: true },
      { ...pColumn("sign_p_holm", says.holm), over: says.sign },
      { ...pColumn("t_test_p", says.p), over: says.t, reasons: true },
      { ...pColumn("t_test_p_holm", says.holm), over: says.t },
      scoreColumn("these_annotators", says.these),
      scoreColumn("annotators_like_these", says.likeThese),
      scoreColumn("side_adjusted", says.side),
      signedColumn("net_preference", says.net),
      scoreColumn("equal_or_better", says.equalOrBetter),
    ],
    rows,
  };
}

type Made = Blocks["tests"][number];
/** Reports that earlier versions kept lack what came later. */
type Kept = Omit<Made, "tTest" | "conclusion"> & Partial<Pick<Made, "tTest" | "conclusion">>;

function rowOf(pair: Pair, made: Kept): { cells: Cell[]; tone?: "all" } {
  const { permutationTest, signTest, tTest, conclusion } = made;
  return {
    cells: [
      pair.group ?? words.allPeople,
      ...pCells(permutationTest),
      ...pCells(signTest),
      ...pCells(tTest),
      conclusion?.theseAnnotators ?? null,
      conclusion?.annotatorsLikeThese ?? null,
      made.sideAdjusted,
      made.netPreference,
      made.equalOrBetter,
    ],
    ...(pair.group === null ? { tone: "all" } : {}),
  };
}

function pCells(test: { p: number; pHolm: number } | { notEstimable: string } | undefined): Cell[] {
  if (test === undefined) return [null, null];
  return "p" in test ? [test.p, test.pHolm] : [{ notEstimable: test.notEstimable }, null];
}
