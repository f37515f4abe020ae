import { expect, it } from "vitest";
import { concludeMargins } from "../../../../server/analysis/pairs/margin.ts";
import { reportOf } from "../../../support/statistics/report-of.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";
import { formatReport } from "../../../../server/report-document/write/index.ts";
import { fullReportSchema } from "../../../../server/contract/report.ts";

const interval = { low: 0.46, high: 0.54, method: "m" };
const test = (nonInferiority: number, equivalence: number) => ({ nonInferiority, equivalence, interval });

it("corrects either test over the family, holding non-inferiority to 2.5 % and equivalence to 5 %", () => {
  const rows = [test(0.01, 0.03), test(0.02, 0.02), { notEstimable: "only one prompt" }];
  const found = concludeMargins(
    rows.map((one) => ({ test: one, isConfirmatory: true })),
    0.05,
  );
  expect(found[2]).toEqual({ notEstimable: "only one prompt" });
  expect(found[0]).toMatchObject({
    margin: 0.05,
    nonInferiority: { p: 0.01, pHolm: 0.03, shown: true, afterCorrection: false },
    equivalence: { p: 0.03, pHolm: 0.06, shown: true, afterCorrection: false },
  });
  const [one] = concludeMargins([{ test: test(0.001, 0.2), isConfirmatory: true }], 0.05);
  expect(one).toMatchObject({
    nonInferiority: { shown: true, afterCorrection: true },
    equivalence: { shown: false, afterCorrection: false },
  });
  const [open] = concludeMargins([{ test: test(0.001, 0.001), isConfirmatory: false }], 0.05);
  expect(open).toMatchObject({ nonInferiority: { shown: null, afterCorrection: null } });
});

/** Prompts by annotators, all about even. */
function evenStudy(margin: number | undefined, state: "open" | "closed") {
  const judgments: Told[] = [];
  for (let prompt = 0; prompt < 90; prompt++)
    for (let annotator = 0; annotator < 4; annotator++) {
      const choice = (["left", "right", "tie"] as const)[(prompt + 2 * annotator) % 3]!;
      judgments.push({ prompt, left: 0, right: 1, annotator, choice, group: 0 });
    }
  const data = judgedData({ judgments, systems: 2, target: 0, groups: [{ kind: "crowd" }] });
  const analysis = { ...DEFAULT_ANALYSIS, ...(margin === undefined ? {} : { margin }) };
  const study = { ...data.facts.study, state };
  return reportOf({ ...data, facts: { ...data.facts, study, declared: { analysis, hash: "declared" } } });
}

it("stands in the report of a study that declared a margin, in every format, and in no other", () => {
  const report = evenStudy(0.1, "closed");
  const [{ conclusion } = { conclusion: undefined }] = report.pairs;
  expect(conclusion?.margin).toMatchObject({
    nonInferiority: { shown: true, afterCorrection: true },
    equivalence: { shown: true, afterCorrection: true },
  });
  const text = formatReport(report, "text").replace(/\s+/g, " ");
  expect(text).toContain("It is not worse by more than the declared margin of .100");
  expect(text).toContain("The difference is within that margin in both directions (90 % interval [");
  expect(text).toContain("Against the declared margin: rates from .400 to .600 are as good as even");
  expect(formatReport(report, "csv", { part: "all" })).toMatch(/nonInferiority/);
  const without = evenStudy(undefined, "closed");
  expect(JSON.stringify(without)).not.toContain("argin");
  expect(formatReport(without, "text")).not.toContain("argin");
  expect(fullReportSchema.shape.analysis.safeParse(report.analysis).success).toBe(true);
});
