import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linearisedByPrompt } from "../../../../server/statistics/intervals/by-prompt-mean.ts";
import { differenceOfMeans } from "../../../../server/statistics/intervals/difference-of-means.ts";
import { differenceInterval } from "../../../../server/statistics/intervals/difference-interval.ts";
import { linearisedMean } from "../../../../server/statistics/intervals/mean-interval.ts";
import { describeSampling } from "../../../../server/statistics/judgments/sampling.ts";

interface Scored {
  readonly scores: readonly number[];
  readonly prompts: readonly number[];
}

/** Judgments by as many annotators, so that prompts alone may be shared. */
const samplingOf = (prompts: readonly number[]) =>
  describeSampling({
    prompts: Int32Array.from(prompts),
    annotators: Int32Array.from(prompts, (_, i) => i),
    promptCount: Math.max(...prompts) + 1,
    annotatorCount: prompts.length,
    fixedAnnotators: false,
  });
const differenceBetween = (first: Scored, second: Scored, mean = linearisedMean) =>
  differenceOfMeans(
    mean(Float64Array.from(first.scores), samplingOf(first.prompts)),
    mean(Float64Array.from(second.scores), samplingOf(second.prompts)),
    samplingOf([...first.prompts, ...second.prompts]),
  );
const halfOf = (estimate: object) => {
  const { low, high } = estimate as { low: number; high: number };
  return (high - low) / 2;
};
/** Where every cluster has the same mean, both take the variance of the scores, over numbers of judgments that differ. */
const isCancelled = (estimate: object): boolean =>
  "method" in estimate && String(estimate.method).startsWith("variance of the scores");
const score = fc.constantFrom(0, 0.5, 1);

describe("the difference of two weighted means", () => {
  it("is that of two kinds of judgments where every judgment weighs the same", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(score, fc.nat(5)), { minLength: 3, maxLength: 20 }),
        fc.array(fc.tuple(score, fc.nat(5)), { minLength: 3, maxLength: 20 }),
        (one, other) => {
          const column = (rows: [number, number][]): Scored => ({
            scores: rows.map(([of]) => of),
            prompts: rows.map(([, prompt]) => prompt),
          });
          const [first, second] = [column(one), column(other)];
          const expected = differenceInterval({
            scores: Float64Array.from([...second.scores, ...first.scores]),
            second: Uint8Array.from([...second.scores.map(() => 0), ...first.scores.map(() => 1)]),
            sampling: samplingOf([...second.prompts, ...first.prompts]),
          });
          const { difference } = differenceBetween(first, second);
          expect(Object.keys(difference).sort()).toEqual(Object.keys(expected).sort());
          if (isCancelled(expected)) {
            expect(halfOf(difference)).toBeGreaterThanOrEqual(halfOf(expected) - 1e-10);
            return;
          }
          for (const [key, value] of Object.entries(expected) as [keyof typeof difference, unknown][])
            if (typeof value === "number") expect(difference[key]).toBeCloseTo(value, 10);
        },
      ),
    );
  });

  it("has the paired error where every prompt is in both, whatever the number of judgments", () => {
    const first = { scores: [1, 1, 0.5, 1, 0, 1, 0.5], prompts: [0, 0, 1, 2, 2, 3, 3] };
    const second = { scores: [0.5, 0.5, 0, 1, 0.5, 1, 0], prompts: [0, 1, 1, 2, 2, 3, 3] };
    const means = ({ scores, prompts }: Scored, prompt: number) => {
      const own = scores.filter((_, i) => prompts[i] === prompt);
      return own.reduce((sum, one) => sum + one, 0) / own.length;
    };
    const apart = [0, 1, 2, 3].map((prompt) => means(first, prompt) - means(second, prompt));
    const mean = apart.reduce((sum, one) => sum + one, 0) / 4;
    const variance = apart.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 3 / 4;
    const { difference, test } = differenceBetween(first, second, linearisedByPrompt);
    expect(difference).toMatchObject({ value: expect.closeTo(mean, 12) as number });
    const T_975_DF_3 = 3.182446305284263;
    expect(halfOf(difference)).toBeCloseTo(T_975_DF_3 * Math.sqrt(variance), 8);
    expect(test).toMatchObject({ df: 3, t: expect.closeTo(mean / Math.sqrt(variance), 8) as number });
  });

  it("adds up the errors of means that share nothing, and is 0 between the same", () => {
    const first = { scores: [1, 0, 1, 1, 0.5, 1, 0, 1, 1, 0.5], prompts: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] };
    const second = {
      ...first,
      scores: [0, 0, 1, 0.5, 0, 1, 1, 0, 0.5, 0],
      prompts: first.prompts.map((p) => p + 10),
    };
    const { difference } = differenceBetween(first, second);
    const squares = [first, second].map(({ scores }) => {
      const mean = scores.reduce((sum, one) => sum + one, 0) / 10;
      return scores.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    });
    const T_19 = 2.09302405440831;
    const sum = Math.sqrt(((squares[0]! + squares[1]!) / 100) * (20 / 19));
    expect(halfOf(difference)).toBeCloseTo(T_19 * sum, 8);
    expect(differenceBetween(first, first)).toMatchObject({ difference: { value: 0 } });
    const same = { scores: [1, 1], prompts: [0, 1] };
    expect(differenceBetween(same, same).difference).toMatchObject({
      value: 0,
      notEstimable: expect.any(String) as string,
    });
  });
});
