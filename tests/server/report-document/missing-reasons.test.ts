import { describe, expect, it } from "vitest";
import type { StudyData } from "../../../server/analysis/rows/study-data.ts";
import { documentOf } from "../../../server/report-document/sections/index.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { hideInterimP } from "../../../server/reports/interim-p.ts";
import { realVotes } from "../../support/llmfao.ts";
import { lengthsOf } from "../../support/statistics/false-sentences.ts";
import { judgedData } from "../../support/statistics/judged-data.ts";
import { NULL_DESIGNS, nullStudy } from "../../support/statistics/null-study.ts";
import { reportWithBlocks } from "../../support/statistics/report-of.ts";
import { withoutReason } from "../../support/statistics/without-reason.ts";

/** Votes of a real study, on those of its systems with the lowest numbers. */
function real(most: number): StudyData {
  const votes = realVotes().filter(({ left, right }) => Number(left) <= most && Number(right) <= most);
  const workers = [...new Set(votes.map(({ worker }) => worker))];
  const judgments = votes.map(({ prompt, left, right, worker, winner }) => ({
    ...{ prompt: Number(prompt), left: Number(left), right: Number(right), choice: winner },
    annotator: workers.indexOf(worker),
  }));
  return judgedData({ judgments, systems: most + 1 });
}

const interim = () => nullStudy(NULL_DESIGNS[1]!, 5, 0.5);
const oneOnly = () =>
  judgedData({ judgments: [{ prompt: 0, left: 0, right: 1, annotator: 0, choice: "tie" }], systems: 2 });

const STUDIES: readonly (readonly [string, () => StudyData])[] = [
  ["a real study", () => real(12)],
  ["a study before its planned judgments are there", interim],
  ["one judgment", oneOnly],
];

describe("what is missing from a report", () => {
  it.each(STUDIES)("has its reason below its table: %s", (_, study) => {
    const data = study();
    const made = reportWithBlocks(data, lengthsOf(data));
    const report = hideInterimP(made, made.analysis.status === "interim");
    expect(withoutReason(documentOf(report))).toEqual([]);
    if (made.analysis.status !== "interim") return;
    for (const format of ["text", "markdown", "latex", "html"] as const) {
      const written = formatReport(report, format).replace(/\s+/g, " ");
      expect(
        written.match(/p: p values are shown once the planned judgments are there/g)?.length,
      ).toBeGreaterThan(3);
    }
  });
});
