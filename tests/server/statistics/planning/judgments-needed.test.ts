import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byPromptInterval } from "../../../../server/statistics/intervals/by-prompt-mean.ts";
import { judgmentsNeeded } from "../../../../server/statistics/planning/judgments-needed.ts";
import { anyRows, apart, columnsOf, counted } from "../../../support/statistics/judgments.ts";

describe("judgments needed for a half-width", () => {
  it("are those of the usual formula where nothing repeats", () => {
    const columns = columnsOf(counted({ win: 159, tie: 63, loss: 78 }, apart));
    const needed = judgmentsNeeded({ ...columns, halfWidth: 0.05 });
    // z² s² / h² = 1.96² · 0.17987 / 0.05² = 276.4; t makes it more, and a score interval less
    expect(needed).toEqual({ halfWidth: 0.05, prompts: 277, judgments: 277, annotators: 277, limit: null });
    expect(judgmentsNeeded({ ...columns, halfWidth: 0.01 })).toMatchObject({ prompts: 6910 });
  });

  it("are those at hand for the half-width at hand, and more for a smaller one", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const columns = columnsOf(rows);
        const now = byPromptInterval(columns);
        if ("notEstimable" in now || !/robust|variance/.test(now.method) || now.method.includes("effective"))
          return;
        const half = (now.high - now.low) / 2;
        const prompts = (halfWidth: number) =>
          (judgmentsNeeded({ ...columns, halfWidth }) as { prompts: number }).prompts;
        const atHand = columns.sampling.prompts.count;
        expect(prompts(half * (1 + 1e-9))).toBeLessThanOrEqual(atHand);
        expect(prompts(half * (1 - 1e-6))).toBeGreaterThan(atHand);
        expect(prompts(half / 4)).toBeGreaterThan(prompts(half / 2));
      }),
    );
  });

  it("scale with the judgments of a prompt", () => {
    const rows = counted({ win: 60, tie: 30, loss: 30 }, (i) => ({ prompt: (i * 7) % 40, annotator: i }));
    const needed = judgmentsNeeded({ ...columnsOf(rows), halfWidth: 0.02 });
    if ("notEstimable" in needed) throw new Error(needed.notEstimable);
    expect(needed.judgments).toBe(3 * needed.prompts);
  });

  it("name the annotators that it takes, and say where their number is the limit", () => {
    const by = (annotators: number) =>
      counted({ win: 60, tie: 30, loss: 30 }, (i) => ({
        prompt: (i * 7) % 40,
        annotator: (i + Math.floor(i / 40)) % annotators,
      }));
    const needed = (rows: ReturnType<typeof by>, halfWidth: number, fixed = false) => {
      const made = judgmentsNeeded({ ...columnsOf(rows, fixed), halfWidth });
      if ("notEstimable" in made) throw new Error(made.notEstimable);
      return made;
    };
    for (const annotators of [2, 3, 5, 9]) {
      const made = needed(by(annotators), 0.05);
      expect(made.annotators).toBe(Math.ceil((annotators * made.prompts) / 40));
      expect(made.limit).toContain(`the same ${annotators} annotators would not do`);
    }
    expect(needed(by(20), 0.05).limit).toBeNull();
    // what they differ in stays, however many prompts there are
    const lenient = by(20).map((row) => ({ ...row, outcome: row.annotator < 10 ? 2 : row.outcome }));
    expect(needed(lenient, 0.01).limit).toContain("the same 20 annotators");
    expect(needed(by(2), 0.05, true)).toMatchObject({ annotators: null, limit: null });
    const alone = counted({ win: 60, tie: 30, loss: 30 }, (i) => ({ prompt: i % 40, annotator: i }));
    expect(needed(alone, 0.05).limit).toBeNull();
  });

  it("are refused where there is no interval to go by", () => {
    const needed = (rows: Parameters<typeof columnsOf>[0]) =>
      judgmentsNeeded({ ...columnsOf(rows), halfWidth: 0.05 });
    expect(needed([])).toEqual({ notEstimable: "no judgments yet" });
    expect(needed([{ prompt: 0, annotator: 0, outcome: 2 }])).toEqual({ notEstimable: "only one judgment" });
    const same = { notEstimable: "what was judged does not vary between prompts" };
    expect(needed(counted({ win: 5, tie: 0, loss: 0 }, apart))).toEqual(same);
    expect(needed(counted({ win: 0, tie: 5, loss: 0 }, apart))).toEqual(same);
    const onePrompt = counted({ win: 2, tie: 1, loss: 1 }, (i) => ({ prompt: 0, annotator: i }));
    expect(needed(onePrompt)).toEqual({ notEstimable: "only one prompt" });
    for (const halfWidth of [0, -1, NaN]) {
      expect(() => judgmentsNeeded({ ...columnsOf(onePrompt), halfWidth })).toThrow(RangeError);
    }
    const columns = columnsOf(counted({ win: 2, tie: 0, loss: 2 }, apart));
    expect(() => judgmentsNeeded({ ...columns, scores: Float64Array.of(1), halfWidth: 0.1 })).toThrow(
      RangeError,
    );
  });
});
