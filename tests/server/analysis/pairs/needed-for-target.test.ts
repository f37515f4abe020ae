import { expect, it } from "vitest";
import type { Analysis } from "../../../../server/contract/studies.ts";
import type { StudyData } from "../../../../server/analysis/rows/study-data.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";
import { uniform } from "../../../support/statistics/ranking-support.ts";
import { reportOf } from "../../../support/statistics/report-of.ts";

/** Twelve annotators who differ: the first six mostly prefer the target, the others mostly not; three judge each prompt. */
const random = uniform(5);
const judgments = Array.from({ length: 60 }, (_, prompt) => prompt).flatMap((prompt) =>
  [0, 1, 2].map((k): Told => {
    const annotator = (prompt * 5 + k * 7) % 12;
    const likes = random() < (annotator < 6 ? 0.85 : 0.2);
    return { prompt, left: 0, right: 1, annotator, choice: likes ? "left" : "right" };
  }),
);

function neededIf(test: Analysis["test"], unnamed = false) {
  const data = judgedData({ judgments, systems: 2, target: 0 });
  const { rows, facts } = data;
  const declared = { ...facts.declared, analysis: { ...facts.declared.analysis, test } };
  const asked: StudyData = {
    ...data,
    facts: { ...facts, declared },
    rows: unnamed ? { ...rows, unnamed: rows.unnamed.map(() => 1) } : rows,
  };
  const { judgmentsNeeded: needed, conclusion } = reportOf(asked).pairs[0]!;
  if ("notEstimable" in needed) throw new Error(needed.notEstimable);
  return { ...needed, about: conclusion.target };
}

it("what a precision takes is for those whom the declared test is about", () => {
  const others = neededIf("tTest");
  const these = neededIf("permutationTest");
  expect([others.about, these.about]).toEqual(["annotators like these", "these annotators"]);
  expect(others.annotators).toBeGreaterThan(12);
  expect([these.annotators, these.limit]).toEqual([null, null]);
  expect(these.prompts).toBeLessThan(others.prompts);
  expect(these.judgments).toBe(3 * these.prompts);
  expect(neededIf("signTest")).toEqual(these);
});

it("votes without a name need prompts alone", () => {
  const { about, ...votes } = neededIf("tTest", true);
  expect(about).toBe("these votes");
  expect(votes).toEqual({ ...neededIf("permutationTest"), about: undefined });
});
