import { describe, expect, it } from "vitest";
import { testsTable } from "../../../../client/pages/results/blocks/tests-block.tsx";
import { verdictWords } from "../../../../client/pages/results/verdict.ts";
import type { Blocks, Report } from "../../../../server/contract/report.ts";
import type { Conclusion } from "../../../../server/contract/report-pair-tests.ts";
import { pairOf } from "../../../server/charts/chart-fixture.ts";

type Made = Blocks["tests"][number];

const estimate = (low: number, high: number) => ({ value: (low + high) / 2, low, high, method: "m", n: 10 });
const pair = pairOf([7, 2, 1], { halfTieRate: estimate(0.49, 0.9) });
const report = (test: "permutationTest" | "signTest" = "permutationTest"): Report =>
  ({ pairs: [pair], analysis: { test, estimate: "halfTieRateByPrompt" } }) as unknown as Report;

function made(conclusion: Partial<Conclusion>, tests: Partial<Made> = {}): Blocks["tests"] {
  const status = "confirmatory" as const;
  return [
    {
      permutationTest: { p: 0.01, pHolm: 0.02, prompts: 10, method: "exact", status },
      tTest: { p: 0.02, pHolm: 0.04, t: 3, df: 5, method: "m", status: "exploratory" },
      conclusion: {
        ...{ annotators: 3, annotatorsAre: "a sample", verdict: "better" },
        ...{ theseAnnotators: estimate(0.6, 0.8), annotatorsLikeThese: estimate(0.55, 0.85) },
        ...{ reach: "annotators like these", open: null },
        ...conclusion,
      },
      ...tests,
    } as Made,
  ];
}

describe("a verdict on the page", () => {
  it("takes interval and test of these annotators together, and those of annotators like these", () => {
    expect(verdictWords(report(), pair, made({}))).toBe(
      " By these 3 annotators it was preferred significantly more often (mean over prompts .700 [.600, .800], " +
        "permutation test, p\u00A0=\u00A0.020 after correction); the same holds for annotators like these " +
        "(.700 [.550, .850], t test, p\u00A0=\u00A0.040 after correction).",
    );
    const worse = verdictWords(report(), pair, made({ verdict: "worse", reach: "these annotators" }));
    expect(worse).toContain("By these 3 annotators it was preferred significantly less often");
    expect(worse).toContain("for annotators like these that is not shown (.700 [.550, .850], t test");
    const untested = { tTest: { notEstimable: "every score is the same", status: "exploratory" as const } };
    expect(verdictWords(report(), pair, made({ reach: "these annotators" }, untested))).toContain(
      "for annotators like these it cannot be tested, as every score is the same.",
    );
  });

  it("names nobody where nobody judged twice, and no others where annotators are fixed", () => {
    expect(verdictWords(report(), pair, made({ annotatorsAre: "seen once" }))).toMatch(
      /^ It was preferred significantly more often \([^)]*\)\.$/,
    );
    expect(verdictWords(report(), pair, made({ annotatorsAre: "fixed", annotators: 1 }))).toMatch(
      /^ By this annotator it was preferred significantly more often \([^)]*\)\.$/,
    );
  });

  it("is withheld where an interval does not leave one half out, and says which", () => {
    const words = (open: Conclusion["open"], more: Partial<Conclusion> = {}) =>
      verdictWords(report(), pair, made({ verdict: "open", reach: null, open, ...more }));
    for (const open of ["theseAnnotators", "annotatorsLikeThese", "otherRate"] as const)
      expect(words(open)).not.toContain("significantly");
    expect(words("annotatorsLikeThese", { annotatorsLikeThese: estimate(0.45, 0.95) })).toBe(
      " No verdict on annotators in general: by these 3 annotators the rate lies above one half (mean over prompts " +
        ".700 [.600, .800], permutation test, p\u00A0=\u00A0.020 after correction), but the interval for annotators " +
        "like these, .700 [.450, .950], holds one half.",
    );
    expect(words("otherRate")).toContain("the interval of the half-tie rate per judgment, .695 [.490, .900]");
    expect(words("theseAnnotators", { theseAnnotators: { notEstimable: "few" } })).toContain(
      "the mean over prompts has no interval: few.",
    );
  });

  it("says that nothing was found, and why a test could not be made", () => {
    expect(verdictWords(report(), pair, made({ verdict: "neither", reach: null }))).toBe(
      " By these 3 annotators the difference is not significant (permutation test, p\u00A0=\u00A0.020 after " +
        "correction): these judgments do not say which is better.",
    );
    const none = { signTest: { notEstimable: "ties only", status: "confirmatory" as const } };
    expect(verdictWords(report("signTest"), pair, made({ verdict: "refused", reach: null }, none))).toBe(
      " The declared test cannot be made: ties only.",
    );
  });

  it("of a kept report that has none is missing from the table of tests, and the rest stands", () => {
    const none = { notEstimable: "few" };
    const [whole] = made({}, { ...{ signTest: { ...none, status: "exploratory" }, sideAdjusted: none } });
    const measures = { netPreference: none, equalOrBetter: none };
    const rowOf = (tests: Made) =>
      testsTable([{ ...tests, ...measures }], report(), { shown: "every" }).rows[0]!.cells;
    const [now, kept] = [
      rowOf(whole!),
      rowOf({ ...whole, tTest: undefined, conclusion: undefined } as unknown as Made),
    ];
    expect(now.slice(1, 9)).toEqual([
      ...[0.01, 0.02, none, null, 0.02, 0.04],
      ...[estimate(0.6, 0.8), estimate(0.55, 0.85)],
    ]);
    expect(kept).toEqual([...now.slice(0, 5), null, null, null, null, ...now.slice(9)]);
  });

  it("is empty where the test is not confirmatory, nobody judged, or a kept report has no conclusion", () => {
    expect(verdictWords(report(), pair, made({ verdict: null }))).toBe("");
    expect(verdictWords(report(), pair, [])).toBe("");
    const idle = pairOf([0, 0, 0]);
    expect(verdictWords({ ...report(), pairs: [idle] }, idle, made({}))).toBe("");
    const [kept] = made({});
    expect(verdictWords(report(), pair, [{ ...kept, conclusion: undefined } as unknown as Made])).toBe("");
  });
});
