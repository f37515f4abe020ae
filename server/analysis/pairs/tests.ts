import type { PairTests } from "../../contract/report-pair-tests.ts";
import type { TestStatus } from "../../contract/report-estimates.ts";
import { isHeadline } from "../../report-document/headline.ts";
import { lookOf } from "../rows/looks.ts";
import { statusOf } from "../rows/declared-slots.ts";
import { eachRow, type PairsToReport, type ReportRow, samplingOf, seedOf } from "./pairs.ts";
import type { StudyData } from "../rows/study-data.ts";
import { correctFamily, pairTests, type UncorrectedPairTests } from "./pair-tests.ts";
import { sidesOf } from "./side-adjusted.ts";

/** What stands beside the rates of every row of the report, in the order of its rows. */
export function testsOf(data: StudyData, given: PairsToReport): PairTests[] {
  const status = statusOf(data);
  const look = status === "confirmatory" ? lookOf(data) : null;
  const { analysis, hash } = data.facts.declared;
  const rows = eachRow(given, (row) =>
    testsOfRow(data, {
      given,
      row,
      status: isPlanned(data, row) ? status : "exploratory",
      level: look?.level,
    }),
  );
  const corrected = new Map(
    given.groups.map((group) => {
      const family = rows.filter(({ taken }) => taken.name === group).map(({ made }) => made);
      return [group, correctFamily(family, { analysis, isDeclared: hash !== null, look })];
    }),
  );
  return rows.map(({ taken }) => corrected.get(taken.name)!.shift()!);
}

/** What was declared is about the people of the headline; where there are none, about every group. */
function isPlanned({ facts: { groups } }: StudyData, { taken }: ReportRow): boolean {
  return taken.name === null || !groups.some(isHeadline) || taken.isHeadline;
}

function testsOfRow(
  { facts }: StudyData,
  {
    given,
    row,
    status,
    level,
  }: { given: PairsToReport; row: ReportRow; status: TestStatus; level: number | undefined },
): UncorrectedPairTests {
  const { pair, taken, cell } = row;
  const of = { ...given.ranges.of(pair), system: pair.system.code ?? -1, inGroups: taken.isIn };
  const { estimate, test, margin } = facts.declared.analysis;
  return pairTests({
    cell,
    sides: sidesOf(given.rows, of),
    sampling: samplingOf(row),
    seed: seedOf(facts, row),
    status,
    ...{ estimate, test, margin, level },
  });
}
