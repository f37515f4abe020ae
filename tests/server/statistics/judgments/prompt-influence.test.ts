import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divisionByPrompt } from "../../../../server/statistics/agreement/division.ts";
import { promptInfluence, promptPulls } from "../../../../server/statistics/judgments/prompt-influence.ts";

const meanOf = (means: readonly number[], weights: readonly number[]) =>
  means.reduce((sum, mean, p) => sum + weights[p]! * mean, 0) / weights.reduce((a, b) => a + b, 0);

/** Prompts with a few judgments each: mean score and, as weights, either their judgments or 1. */
const somePrompts = (most: number) =>
  fc
    .tuple(
      fc.boolean(),
      fc.array(fc.array(fc.constantFrom(0, 1, 2), { minLength: 1, maxLength: 4 }), {
        minLength: 2,
        maxLength: most,
      }),
    )
    .map(([isWeighted, prompts]) => ({
      means: prompts.map((halves) => halves.reduce<number>((a, b) => a + b, 0) / (2 * halves.length)),
      weights: prompts.map((halves) => (isWeighted ? halves.length : 1)),
    }));

const asColumns = ({ means, weights }: { means: number[]; weights: number[] }) => ({
  ...{ means: Float64Array.from(means), weights },
});

describe("the influence of prompts", () => {
  it("is the mean less that of the others", () => {
    expect([...promptInfluence({ means: Float64Array.of(1, 1, 0.5), weights: [1, 1, 1] })]).toEqual([
      expect.closeTo(1 / 12, 15),
      expect.closeTo(1 / 12, 15),
      expect.closeTo(-1 / 6, 15),
    ]);
    fc.assert(
      fc.property(somePrompts(12), ({ means, weights }) => {
        promptInfluence(asColumns({ means, weights })).forEach((influence, p) => {
          const others = (column: number[]) => column.filter((_, q) => q !== p);
          expect(influence).toBeCloseTo(meanOf(means, weights) - meanOf(others(means), others(weights)), 12);
        });
      }),
    );
  });
});

describe("the prompts that decide", () => {
  it("are the fewest without which the mean reaches one half, among all sets", () => {
    fc.assert(
      fc.property(somePrompts(9), ({ means, weights }) => {
        const { side, order, toHalf } = promptPulls(asColumns({ means, weights }));
        const value = meanOf(means, weights);
        expect(side).toBe(Math.abs(value - 0.5) < 1e-9 ? 0 : Math.sign(value - 0.5));
        if (side === 0) return;
        let fewest: number | null = null;
        for (let set = 1; set < 2 ** means.length - 1; set++) {
          const stays = means.map((_, p) => (set & (1 << p)) === 0);
          const rest = (column: number[]) => column.filter((_, p) => stays[p]);
          const left = means.length - rest(means).length;
          const reaches = side * (meanOf(rest(means), rest(weights)) - 0.5) < 1e-9;
          if (reaches && (fewest === null || left < fewest)) fewest = left;
        }
        expect(toHalf).toBe(fewest);
        expect([...order].sort((a, b) => a - b)).toEqual(means.map((_, p) => p));
      }),
    );
  });

  it("are one set of several where a prompt that stays pulls as much", () => {
    const { order, toHalf, isShared } = promptPulls({
      ...{ means: Float64Array.of(0, 1, 1, 0.5, 1), weights: [1, 1, 1, 1, 1] },
    });
    expect([...order]).toEqual([1, 2, 4, 3, 0]);
    expect(toHalf).toBe(2);
    expect([1, 2, 3, 4, 5].map((count) => isShared(count))).toEqual([true, true, false, false, false]);
  });
});

describe("the division of a prompt", () => {
  const ofPrompts = (prompts: number, rows: [prompt: number, comparison: number, outcome: number][]) =>
    divisionByPrompt({
      outcomes: Uint8Array.from(rows, ([, , outcome]) => outcome),
      comparison: Int32Array.from(rows, ([, comparison]) => comparison),
      prompt: Int32Array.from(rows, ([prompt]) => prompt),
      comparisons: 1 + Math.max(...rows.map(([, comparison]) => comparison)),
      prompts,
    });

  it("is the mean difference of two judgments of one comparison", () => {
    const rows: Parameters<typeof ofPrompts>[1] = [
      ...([2, 2, 0] as const).map((outcome): [number, number, number] => [0, 0, outcome]),
      ...([1, 2] as const).map((outcome): [number, number, number] => [1, 1, outcome]),
      [2, 2, 2], // won at the first turn, lost at the second: nobody disagrees
      [2, 3, 0],
    ];
    expect([...ofPrompts(3, rows)]).toEqual([2 / 3, 1 / 2, NaN]);
  });

  it("is what a walk over all pairs gives", () => {
    const row = fc.tuple(fc.nat(3), fc.constantFrom(0, 1, 2));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (given) => {
        const apart: number[][] = [[], [], [], []];
        given.forEach(([prompt, one], i) =>
          given.slice(0, i).forEach(([other, two]) => {
            if (prompt === other) apart[prompt]!.push(Math.abs(one - two) / 2);
          }),
        );
        const made = ofPrompts(
          4,
          given.map(([prompt, outcome]) => [prompt, prompt, outcome]),
        );
        apart.forEach((pairs, prompt) =>
          expect(made[prompt]).toEqual(
            pairs.length === 0 ? NaN : expect.closeTo(pairs.reduce((a, b) => a + b, 0) / pairs.length, 12),
          ),
        );
      }),
    );
  });
});
