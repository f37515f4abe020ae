import { beforeAll, describe, expect, it } from "vitest";
import type { Agreement } from "../../../../server/contract/report-agreement.ts";
import { agreementOf } from "../../../../server/analysis/agreement/agreement.ts";
import { realVotes } from "../../../support/llmfao.ts";
import { type Said, studyOf } from "../../../support/statistics/agreement-studies.ts";

describe("agreement in the judgments of llmfao", () => {
  let agreement: Agreement;
  beforeAll(() => {
    agreement = agreementOf(studyOf(crowdJudgments()));
  });

  it("is what several independent programs found", () => {
    const { overall } = agreement;
    expect(overall.comparisons).toBe(2124);
    expect(overall.tieDiscounted.macro).toMatchObject({ value: expect.closeTo(0.69785, 6) as number });
    expect(overall.tieDiscounted.micro).toMatchObject({ value: expect.closeTo(0.699345, 6) as number });
    expect(overall.exact.macro).toMatchObject({ value: expect.closeTo(0.528562, 6) as number });
    expect(overall.exact.micro).toMatchObject({ value: expect.closeTo(0.532226, 6) as number });
    expect(overall.fleissKappa).toMatchObject({ value: expect.closeTo(0.286742, 6) as number });
    expect(overall.krippendorffAlpha).toMatchObject({ value: expect.closeTo(0.290345, 6) as number });
  });

  it("is above chance, with t intervals over its thirteen prompts", () => {
    const { tieDiscounted, fleissKappa } = agreement.overall;
    const macro = tieDiscounted.macro as { low: number; method: string };
    expect(macro.low).toBeGreaterThan(tieDiscounted.chance!);
    expect(macro.method).toBe("jackknife by prompt (t, 12 df)");
    expect((fleissKappa as { low: number }).low).toBeGreaterThan(0);
  });

  it("lists the annotators with most comparisons in common", () => {
    const { betweenAnnotators, betweenAnnotatorsListed } = agreement;
    expect(betweenAnnotators).toHaveLength(1000);
    expect(betweenAnnotatorsListed).toMatchObject({ listed: 1000, cap: 1000 });
    const overlaps = betweenAnnotators.map(({ comparisons }) => comparisons);
    expect(overlaps).toEqual([...overlaps].sort((a, b) => b - a));
    expect(betweenAnnotatorsListed.pairs).toBeGreaterThan(1000);
  });
});

function crowdJudgments(): Said[] {
  return realVotes().map(({ prompt, left, right, worker, winner }) => {
    const prefers = winner === "tie" ? null : winner === "left" ? left : right;
    return { prompt, systems: [left, right], annotator: worker, group: "crowd", prefers };
  });
}
