import { describe, expect, it } from "vitest";
import { verdictOn } from "../../client/pages/results/verdict.ts";
import type { Blocks, Report } from "../../server/contract/report.ts";
import { pairOf } from "./chart-fixture.ts";

type Made = Blocks["tests"][number];

const pair = pairOf([7, 2, 1], {
  halfTieRateByPrompt: { value: 0.8, n: 10, notEstimable: "few" },
});
const report = (test: "permutationTest" | "signTest"): Report =>
  ({ pairs: [pair], analysis: { test } }) as unknown as Report;
const made = (changes: Partial<Made>): Blocks["tests"] => [changes as Made];
const permutation = (pHolm: number, status: "confirmatory" | "interim" | "exploratory" = "confirmatory") =>
  made({ permutationTest: { p: pHolm / 2, pHolm, prompts: 10, method: "exact", status } });

describe("a verdict", () => {
  it("stands for a declared and complete test alone", () => {
    for (const status of ["interim", "exploratory"] as const) {
      expect(verdictOn(report("permutationTest"), pair, permutation(0.001, status))).toBeNull();
    }
    expect(verdictOn(report("permutationTest"), pair, [])).toBeNull();
  });

  it("goes by the corrected p", () => {
    expect(verdictOn(report("permutationTest"), pair, permutation(0.049))).toEqual({
      says: "better",
      p: 0.049,
    });
    expect(verdictOn(report("permutationTest"), pair, permutation(0.05))).toEqual({
      says: "neither",
      p: 0.05,
    });
  });

  it("leans as the declared test does, even where the mean leans the other way", () => {
    const status = "confirmatory" as const;
    const sign = made({ signTest: { p: 0.01, pHolm: 0.02, wins: 1, losses: 12, ties: 0, status } });
    expect(verdictOn(report("signTest"), pair, sign)).toEqual({ says: "worse", p: 0.02 });
  });

  it("names why a test could not be made", () => {
    const none = made({ signTest: { notEstimable: "ties only", status: "confirmatory" } });
    expect(verdictOn(report("signTest"), pair, none)).toEqual({ notEstimable: "ties only" });
  });

  it("says nothing of a pair that nobody has judged", () => {
    const idle = pairOf([0, 0, 0]);
    const given = { pairs: [idle], analysis: { test: "permutationTest" } } as unknown as Report;
    expect(verdictOn(given, idle, permutation(0.01))).toBeNull();
  });
});
