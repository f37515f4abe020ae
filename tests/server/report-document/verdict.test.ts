import { describe, expect, it } from "vitest";
import type { Blocks, FullPair, Report } from "../../../server/contract/report.ts";
import type { Conclusion } from "../../../server/contract/report-pair-tests.ts";
import { testsSection } from "../../../server/report-document/sections/tests.ts";
import { verdictText } from "../../../server/report-document/verdict.ts";
import { pairOf } from "../charts/chart-fixture.ts";

type Made = Blocks["tests"][number];

const estimate = (low: number, high: number) => ({ value: (low + high) / 2, low, high, method: "m", n: 10 });
const pair = pairOf([7, 2, 1], { halfTieRate: estimate(0.49, 0.9) });
const report = (test: "permutationTest" | "signTest" = "permutationTest"): Report =>
  ({
    groups: [],
    slots: { wanted: 0, judged: 0 },
    pairs: [pair],
    analysis: { test, estimate: "halfTieRateByPrompt" },
  }) as unknown as Report;

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

const verdict = (report: Report, one: typeof pair, [tests]: Blocks["tests"]): string =>
  verdictText({ ...one, ...tests }, report);

describe("a verdict", () => {
  it("takes interval and test of these annotators together, and those of annotators like these", () => {
    expect(verdict(report(), pair, made({}))).toBe(
      " By these 3 annotators it was preferred significantly more often (mean over prompts .700 [.600, .800], " +
        "permutation test, p\u00A0=\u00A0.020 after correction); the same holds for annotators like these " +
        "(.700 [.550, .850], t test, p\u00A0=\u00A0.040 after correction).",
    );
    const worse = verdict(report(), pair, made({ verdict: "worse", reach: "these annotators" }));
    expect(worse).toContain("By these 3 annotators it was preferred significantly less often");
    expect(worse).toContain("for annotators like these that is not shown (.700 [.550, .850], t test");
    const untested = { tTest: { notEstimable: "every score is the same", status: "exploratory" as const } };
    expect(verdict(report(), pair, made({ reach: "these annotators" }, untested))).toContain(
      "for annotators like these it cannot be tested, as every score is the same.",
    );
  });

  it("names nobody where nobody judged twice, and no others where annotators are fixed", () => {
    expect(verdict(report(), pair, made({ annotatorsAre: "seen once" }))).toMatch(
      /^ It was preferred significantly more often \([^)]*\)\.$/,
    );
    expect(verdict(report(), pair, made({ annotatorsAre: "fixed", annotators: 1 }))).toMatch(
      /^ By this annotator it was preferred significantly more often \([^)]*\)\.$/,
    );
  });

  it("is withheld where an interval does not leave one half out, and says which", () => {
    const words = (open: Conclusion["open"], more: Partial<Conclusion> = {}) =>
      verdict(report(), pair, made({ verdict: "open", reach: null, open, ...more }));
    for (const open of ["theseAnnotators", "annotatorsLikeThese", "otherRate"] as const)
      expect(words(open)).not.toContain("significantly");
    expect(words("annotatorsLikeThese", { annotatorsLikeThese: estimate(0.45, 0.95) })).toBe(
      " No verdict on annotators in general: by these 3 annotators the rate is above one half (mean over prompts " +
        ".700 [.600, .800], permutation test, p\u00A0=\u00A0.020 after correction), but the interval for annotators " +
        "like these, .700 [.450, .950], includes one half.",
    );
    expect(words("otherRate")).toContain("the interval of the mean over judgments, .695 [.490, .900]");
    expect(words("theseAnnotators", { theseAnnotators: { notEstimable: "few" } })).toContain(
      "the mean over prompts has no interval: few.",
    );
  });

  it("says that nothing was found, and why a test could not be made", () => {
    expect(verdict(report(), pair, made({ verdict: "neither", reach: null }))).toBe(
      " By these 3 annotators the difference is not significant (permutation test, p\u00A0=\u00A0.020 after " +
        "correction).",
    );
    const none = { signTest: { notEstimable: "ties only", status: "confirmatory" as const } };
    expect(verdict(report("signTest"), pair, made({ verdict: "refused", reach: null }, none))).toBe(
      " The declared sign test cannot be made: ties only.",
    );
  });

  it("of a kept report that has none is missing from the tests, and the rest stands", () => {
    const none = { notEstimable: "few" };
    const measures = { netPreference: none, equalOrBetter: none, sideAdjusted: none };
    const more = { signTest: { ...none, status: "exploratory" as const }, resampledByPrompt: none };
    const [whole] = made({}, { ...more, ...measures, judgmentsNeeded: none });
    const targetsOf = (tests: Partial<Made>) => {
      const pairs = [{ ...pair, ...tests } as FullPair];
      const { parts } = testsSection({ ...report(), pairs });
      const found = parts.find((part) => part.kind === "table" && part.table.key === "targets-1");
      if (found?.kind !== "table") throw new Error("There is no table of targets.");
      return found.table.rows[0]!.cells.map(({ value, ends = null }) => [value, ends]);
    };
    const lead = ["terse", null];
    expect(targetsOf(whole!)).toEqual([
      ...[lead, [0.7, [0.6, 0.8]], [0.02, null], [0.7, [0.55, 0.85]], [0.02, null], [0.04, null]],
    ]);
    const none2 = [null, null];
    expect(targetsOf({ ...whole, tTest: undefined, conclusion: undefined })).toEqual([
      ...[lead, none2, [0.02, null], none2, none2, none2],
    ]);
  });

  it("is empty where the test is not confirmatory, nobody judged, or a kept report has no conclusion", () => {
    expect(verdict(report(), pair, made({ verdict: null }))).toBe("");
    expect(verdict(report(), pair, [])).toBe("");
    const idle = pairOf([0, 0, 0]);
    expect(verdict({ ...report(), pairs: [idle] }, idle, made({}))).toBe("");
    const [kept] = made({});
    expect(verdict(report(), pair, [{ ...kept, conclusion: undefined } as unknown as Made])).toBe("");
  });
});
