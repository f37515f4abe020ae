import { describe, expect, it } from "vitest";
import type { Blocks, FullPair, Report } from "../../../server/contract/report.ts";
import type { Conclusion } from "../../../server/contract/report-pair-tests.ts";
import { testsSection } from "../../../server/report-document/sections/tests.ts";
import { verdictText } from "../../../server/report-document/verdict.ts";
import { pairOf } from "../charts/chart-fixture.ts";

type Made = Blocks["tests"][number];

const estimate = (low: number, high: number) => ({ value: (low + high) / 2, low, high, method: "m", n: 10 });
const pair = pairOf([7, 2, 1], { halfTieRate: estimate(0.49, 0.9) });
const report = (test: Conclusion["test"] = "tTest"): Report =>
  ({
    groups: [],
    slots: { wanted: 0, judged: 0 },
    pairs: [pair],
    analysis: { test, estimate: "halfTieRateByPrompt" },
  }) as unknown as Report;

function made(conclusion: Partial<Conclusion>, tests: Partial<Made> = {}): Blocks["tests"] {
  const none = { notEstimable: "few", status: "exploratory" as const };
  return [
    {
      permutationTest: { p: 0.01, pHolm: 0.02, prompts: 10, method: "exact", status: "exploratory" },
      tTest: { p: 0.02, pHolm: 0.04, t: 3, df: 5, method: "m", status: "confirmatory" },
      signTest: none,
      conclusion: {
        ...{ annotators: 8, annotatorsAre: "a sample", target: "annotators like these", test: "tTest" },
        ...{ theseAnnotators: estimate(0.6, 0.8), annotatorsLikeThese: estimate(0.55, 0.85) },
        ...{ estimate: estimate(0.55, 0.85), verdict: "better", comparisons: 1, afterCorrection: "better" },
        ...conclusion,
      },
      ...tests,
    } as Made,
  ];
}

const FIXED: Partial<Conclusion> = {
  ...({ target: "these annotators", test: "permutationTest" } as const),
  estimate: estimate(0.6, 0.8),
};

const verdict = (report: Report, one: typeof pair, [tests]: Blocks["tests"]): string =>
  verdictText({ ...one, ...tests }, report);

describe("a verdict", () => {
  it("takes the interval and the test of one target, and names it and the outputs", () => {
    expect(verdict(report(), pair, made({}))).toBe(
      " For annotators like these and these outputs, it was preferred significantly more often (mean over prompts .700 " +
        "[.550, .850]; t test, p\u00A0=\u00A0.020).",
    );
    expect(verdict(report(), pair, made({ ...FIXED, verdict: "worse", afterCorrection: "worse" }))).toBe(
      " For these 8 annotators and these outputs, it was preferred significantly less often (mean over prompts .700 " +
        "[.600, .800]; permutation test, p\u00A0=\u00A0.010). About other annotators it says nothing: for annotators " +
        "like these, .700 [.550, .850].",
    );
  });

  it("says nothing of others where annotators are fixed or nobody judged twice", () => {
    expect(verdict(report(), pair, made({ ...FIXED, annotatorsAre: "fixed", annotators: 1 }))).toMatch(
      /^ For this annotator and these outputs, it was preferred significantly more often \([^)]*\)\.$/,
    );
    expect(verdict(report(), pair, made({ ...FIXED, annotatorsAre: "seen once" }))).toMatch(
      /^ For these annotators and these outputs, it was preferred significantly more often \([^)]*\)\.$/,
    );
  });

  it("keeps what correction leaves apart from the interval's own verdict", () => {
    expect(verdict(report(), pair, made({ comparisons: 5 }))).toContain(
      "it was preferred significantly more often, also after correction for 5 comparisons (mean over prompts .700 " +
        "[.550, .850]; t test, p\u00A0=\u00A0.020, corrected p\u00A0=\u00A0.040).",
    );
    expect(verdict(report(), pair, made({ comparisons: 5, afterCorrection: "neither" }))).toBe(
      " For annotators like these and these outputs, the difference is not significant after correction for 5 " +
        "comparisons (t test, p\u00A0=\u00A0.020, corrected p\u00A0=\u00A0.040), although the interval taken alone " +
        "leaves one half out (mean over prompts .700 [.550, .850]).",
    );
  });

  it("says what few annotators cannot show, and nothing of it where they are more", () => {
    const few = /show little of how much others may differ/;
    expect(verdict(report(), pair, made({ annotators: 4 }))).toMatch(few);
    expect(verdict(report(), pair, made({ annotators: 5 }))).not.toMatch(few);
    expect(verdict(report(), pair, made({ ...FIXED, annotatorsAre: "fixed", annotators: 2 }))).toMatch(
      /^ For these 2 annotators and these outputs, .* Two annotators are too few to say anything about others\.$/,
    );
  });

  it("is about the votes where they have no name, and says what it cannot exclude", () => {
    const votes = { ...FIXED, target: "these votes", annotatorsAre: "not named", unnamed: 9 } as const;
    expect(verdict(report(), pair, made(votes))).toMatch(
      /^ For these votes and these outputs, it was preferred significantly more often .*cannot exclude that it is the taste of a few\.$/,
    );
  });

  it("claims against a margin what is left after correction, and no more", () => {
    const test = (p: number, pHolm: number, alpha: number) => ({
      ...{ p, pHolm, shown: p < alpha, afterCorrection: pHolm < alpha },
    });
    const interval = { low: 0.56, high: 0.84, method: "m" };
    const against = (nonInferiority: [number, number], equivalence: [number, number]) => ({
      ...{ margin: 0.05, nonInferiority: test(...nonInferiority, 0.025) },
      ...{ equivalence: test(...equivalence, 0.05), interval },
    });
    expect(verdict(report(), pair, made({ margin: against([0.001, 0.001], [0.4, 0.4]) }))).toMatch(
      /\[\.550, \.850\]; t test, p\u00A0=\u00A0\.020\)\. It is not worse by more than the declared margin of \.050 \(non-inferiority, one-sided at 2\.5 %, p\u00A0=\u00A0\.001\)\. It is not shown that the difference is within that margin in both directions \(90 % interval \[\.560, \.840\]; equivalence, two one-sided tests at 5 %, p\u00A0=\u00A0\.400\)\.$/,
    );
    const several = made({ comparisons: 3, margin: against([0.02, 0.06], [0.04, 0.04]) });
    expect(verdict(report(), pair, several)).toContain(
      " It is not shown after correction for 3 comparisons that it is not worse by more than the declared margin of .050 " +
        "(non-inferiority, one-sided at 2.5 %, p\u00A0=\u00A0.020, corrected p\u00A0=\u00A0.060). The difference is within that " +
        "margin in both directions (90 %",
    );
    const refused = made({ margin: { notEstimable: "only one prompt" } });
    expect(verdict(report(), pair, refused)).toContain(
      " Against the declared margin nothing can be concluded: only one prompt.",
    );
    const open = made({ verdict: null, margin: against([0.001, 0.001], [0.01, 0.01]) });
    expect(verdict(report(), pair, open)).toBe("");
  });

  it("says that nothing was found, and why a test or an interval could not be made", () => {
    const even = { verdict: "neither", afterCorrection: "neither", estimate: estimate(0.4, 0.8) } as const;
    expect(verdict(report(), pair, made(even))).toBe(
      " For annotators like these and these outputs, the difference is not significant (mean over prompts .600 [.400, " +
        ".800]; t test, p\u00A0=\u00A0.020).",
    );
    const refused = { test: "signTest", target: "these annotators", verdict: "refused" } as const;
    expect(verdict(report("signTest"), pair, made({ ...refused, afterCorrection: null }))).toBe(
      " For these 8 annotators and these outputs, nothing can be concluded: the sign test cannot be made, as few.",
    );
    const bare = {
      verdict: "refused",
      afterCorrection: null,
      estimate: { value: 0.6, notEstimable: "few" },
    } as const;
    expect(verdict(report(), pair, made(bare))).toContain(
      "nothing can be concluded: there is no interval, as few.",
    );
  });

  it("is not final where nothing was found at an early look", () => {
    const even = { verdict: "neither", afterCorrection: "neither", estimate: estimate(0.4, 0.8) } as const;
    const at = (number: number): Report => {
      const look = { number, of: 2, fraction: number / 2, level: 0.01 };
      return { ...report(), analysis: { ...report().analysis, look } };
    };
    const tests = made({ ...even, look: { level: 0.01, levelAfterCorrection: 0.01 } });
    expect(verdict(at(1), pair, tests)).toMatch(
      /the difference is not significant at look 1 of 2 \(.*\)\. This is not final: an early look is made with only part of the error\.$/,
    );
    expect(verdict(at(2), pair, tests)).toMatch(/the difference is not significant \(.*\)\.$/);
  });

  it("shows on which side of one half an end and a p near .05 lie", () => {
    const near = made(
      { estimate: { ...estimate(0.6, 0.8), low: 0.50004 } },
      {
        tTest: { p: 0.0497, pHolm: 0.0497, t: 3, df: 5, method: "m", status: "confirmatory" },
      },
    );
    expect(verdict(report(), pair, near)).toContain("[.50004, .800]; t test, p\u00A0=\u00A0.0497)");
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
      ...[
        lead,
        [0.7, [0.6, 0.8]],
        [0.01, null],
        [0.02, null],
        [0.7, [0.55, 0.85]],
        [0.02, null],
        [0.04, null],
      ],
    ]);
    const none2 = [null, null];
    expect(targetsOf({ ...whole, tTest: undefined, conclusion: undefined })).toEqual([
      ...[lead, none2, [0.01, null], [0.02, null], none2, none2, none2],
    ]);
  });

  it("is empty where the test is not confirmatory, nobody judged, or a kept report has no conclusion", () => {
    expect(verdict(report(), pair, made({ verdict: null }))).toBe("");
    expect(verdict(report(), pair, [])).toBe("");
    const idle = pairOf([0, 0, 0]);
    expect(verdict({ ...report(), pairs: [idle] }, idle, made({}))).toBe("");
    const [kept] = made({});
    expect(verdict(report(), pair, [{ ...kept, conclusion: undefined } as unknown as Made])).toBe("");
    const withoutTarget = { ...kept!.conclusion, target: undefined };
    expect(verdict(report(), pair, [{ ...kept, conclusion: withoutTarget } as unknown as Made])).toBe("");
  });
});
