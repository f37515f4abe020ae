import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OutcomeCounts } from "../../../../server/statistics/agreement/counts.ts";
import { agreementMeasures } from "../../../../server/statistics/agreement/measures.ts";
import { pairsBetween, pairsWithin } from "../../../../server/statistics/agreement/pairs.ts";
import { chanceAgreement } from "../../../../server/statistics/agreement/chance.ts";
import { promptDraws } from "../../../../server/statistics/resampling/prompt-draws.ts";
import { bundled, emptySums, totals } from "../../../../server/statistics/intervals/prompt-sums.ts";
import {
  type FigureOfSums,
  figuresByPrompt,
} from "../../../../server/statistics/intervals/prompt-sums-interval.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";

/** A comparison as a test states it: its prompt, and what was said in it (0 first, 1 tie, 2 second). */
interface Compared {
  prompt: number;
  said: readonly number[];
}

const draws = promptDraws("seed");

function countsOf(compared: readonly Compared[]): OutcomeCounts {
  const listed = compared.flatMap(({ said }, i) => (said.length > 0 ? [i] : []));
  const times = (i: number, k: number) => compared[i]!.said.filter((one) => one === k).length;
  return {
    categories: 3,
    comparison: Int32Array.from(listed),
    counts: Int32Array.from(listed.flatMap((i) => [0, 1, 2].map((k) => times(i, k)))),
  };
}

const promptsOf = (compared: readonly Compared[]) => ({
  promptOf: Int32Array.from(compared, ({ prompt }) => prompt),
  promptCount: 1 + Math.max(-1, ...compared.map(({ prompt }) => prompt)),
});

const within = (compared: readonly Compared[]) =>
  agreementMeasures(pairsWithin(countsOf(compared), promptsOf(compared)), { draws });

const apart = (said: readonly (readonly number[])[]): Compared[] =>
  said.map((one, prompt) => ({ prompt, said: one }));

describe("agreement within comparisons", () => {
  it("is 0.625 for (A, A), (A, tie), (tie, tie), (A, B), as LIMA defines it", () => {
    const made = within(
      apart([
        [0, 0],
        [0, 1],
        [1, 1],
        [0, 2],
      ]),
    );
    expect(made.tieDiscounted.macro.value).toBe(0.625);
    expect(made.exact.micro.value).toBe(0.5);
    expect(made.nonTie.macro.value).toBe(0.5);
    expect([made.comparisons, made.pairs, made.decisivePairs]).toEqual([4, 4, 2]);
  });

  it("weighs comparisons alike in macro and pairs in micro", () => {
    const made = within(apart([[0, 0], [0, 0, 2, 2], [1]]));
    expect(made.exact.macro.value).toBeCloseTo((1 + 2 / 6) / 2, 12);
    expect(made.exact.micro.value).toBeCloseTo(3 / 7, 12);
    expect(made.comparisons).toBe(2);
  });

  it("never counts a comparison with one judgment", () => {
    const made = within(apart([[0], [1], [2]]));
    const refused = { notEstimable: "no comparison has two judgments to compare" };
    expect(made.exact).toEqual({ macro: refused, micro: refused, chance: null });
    expect(made.nonTie.macro).toEqual(refused);
    expect([made.comparisons, made.pairs]).toEqual([0, 0]);
  });

  it("says 1 for all ties, with an interval that is no point, and refuses non-tie agreement", () => {
    const made = within(apart(Array.from({ length: 20 }, () => [1, 1, 1])));
    expect(made.tieDiscounted.macro).toMatchObject({ value: 1, high: 1, method: "Wilson (20 prompts)" });
    expect((made.tieDiscounted.macro as { low: number }).low).toBeCloseTo(0.839, 3);
    expect(made.nonTie.micro).toEqual({
      notEstimable: "no two judgments of a comparison in which neither is a tie",
    });
    expect(made.nonTie.chance).toBeNull();
  });

  it("gives a value without interval where there is one prompt, or every prompt says the same", () => {
    const one = within([{ prompt: 0, said: [0, 1] }]);
    expect(one.tieDiscounted.macro).toEqual({ value: 0.5, notEstimable: "only one prompt" });
    const same = within(
      apart([
        [0, 1],
        [1, 2],
      ]),
    );
    expect(same.tieDiscounted.macro).toMatchObject({ value: 0.5 });
    expect(same.tieDiscounted.macro).toHaveProperty("notEstimable");
    expect(same.exact.macro).toMatchObject({ value: 0, low: 0, method: "Wilson (2 prompts)" });
  });
});

const anyCompared = fc.array(
  fc.record({
    prompt: fc.nat(6),
    said: fc.array(fc.nat(2), { maxLength: 5 }),
    other: fc.array(fc.nat(2), { maxLength: 4 }),
  }),
  { maxLength: 25 },
);

const MEASURES = {
  tieDiscounted: (x: number, y: number) => 1 - Math.abs(x - y) / 2,
  exact: (x: number, y: number) => Number(x === y),
  nonTie: (x: number, y: number) => (x === 1 || y === 1 ? null : Number(x === y)),
};

/** From lists of pairs of judgments, one list a comparison. */
function naive(pairs: readonly (readonly (readonly [number, number])[])[], measure: keyof typeof MEASURES) {
  const scores = pairs
    .map((list) => list.flatMap(([x, y]) => MEASURES[measure](x, y) ?? []))
    .filter((list) => list.length > 0);
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  return scores.length === 0
    ? null
    : { macro: mean(scores.map(mean)), micro: mean(scores.flat()), n: scores.flat().length };
}

describe("agreement of any judgments", () => {
  it("is that of lists of pairs, within and between", () => {
    fc.assert(
      fc.property(anyCompared, (compared) => {
        const prompts = promptsOf(compared);
        const others = compared.map(({ prompt, other }) => ({ prompt, said: other }));
        const own = compared.map(({ said }) =>
          said.flatMap((x, i) => said.slice(i + 1).map((y): [number, number] => [x, y])),
        );
        const crossed = compared.map(({ said, other }) =>
          said.flatMap((x) => other.map((y): [number, number] => [x, y])),
        );
        const made = [
          { is: within(compared), pairs: own },
          {
            is: agreementMeasures(pairsBetween(countsOf(compared), countsOf(others), prompts), { draws }),
            pairs: crossed,
          },
        ];
        for (const { is, pairs } of made) {
          expect(is.pairs).toBe(pairs.flat().length);
          expect(is.comparisons).toBe(pairs.filter((list) => list.length > 0).length);
          for (const measure of ["tieDiscounted", "exact", "nonTie"] as const) {
            const expected = naive(pairs, measure);
            if (expected === null) {
              expect(is[measure].macro).not.toHaveProperty("value");
              continue;
            }
            expect(is[measure].macro.value).toBeCloseTo(expected.macro, 10);
            expect(is[measure].micro.value).toBeCloseTo(expected.micro, 10);
            expect(measure === "nonTie" ? is.decisivePairs : is.pairs).toBe(expected.n);
          }
        }
      }),
    );
  });

  it("does not depend on which system is called the first, but for rounding", () => {
    fc.assert(
      fc.property(anyCompared, (compared) => {
        const turned = compared.map(({ prompt, said }) => ({ prompt, said: said.map((one) => 2 - one) }));
        const [is, other] = [within(compared), within(turned)];
        expect(other.tieDiscounted.macro.value).toBe(is.tieDiscounted.macro.value);
        expect(other.nonTie.chance).toSatisfy((chance: number | null) =>
          chance === null ? is.nonTie.chance === null : Math.abs(chance - is.nonTie.chance!) < 1e-12,
        );
      }),
    );
  });
});

describe("the chance level", () => {
  it("is (1 + t²) / 2 where systems are preferred alike, 0.526 at LIMA's share of ties", () => {
    const said = Float64Array.of(386, 228, 386);
    const chance = chanceAgreement([said, said]);
    expect(chance.tieDiscounted).toBeCloseTo((1 + 0.228 ** 2) / 2, 12);
    expect(chance.exact).toBeCloseTo(2 * 0.386 ** 2 + 0.228 ** 2, 12);
    expect(chance.nonTie).toBeCloseTo(0.5, 12);
  });

  it("is what judges who know nothing reach, and 1 for two who always say tie", () => {
    const random = seededRandom("chance");
    const draw = (shares: readonly number[]) => {
      const at = random() / 2 ** 32;
      return at < shares[0]! ? 0 : at < shares[0]! + shares[1]! ? 1 : 2;
    };
    const pairs = Array.from({ length: 40_000 }, () => [draw([0.6, 0.3]), draw([0.2, 0.1])] as const);
    const said = [0, 1].map((side) => {
      return Float64Array.from([0, 1, 2], (k) => pairs.filter((pair) => pair[side] === k).length);
    }) as [Float64Array, Float64Array];
    const chance = chanceAgreement(said);
    for (const measure of ["tieDiscounted", "exact", "nonTie"] as const) {
      expect(Math.abs(naive([pairs], measure)!.micro - chance[measure]!)).toBeLessThan(0.015);
    }
    const ties = Float64Array.of(0, 5, 0);
    expect(chanceAgreement([ties, ties])).toEqual({ tieDiscounted: 1, exact: 1, nonTie: null });
  });
});

/** Studies of two judgments a comparison; prompts lean by half of them to one system. */
function study(random: () => number, prompts: number): Compared[] {
  return Array.from({ length: prompts }, (_, prompt) => {
    const lean = random() < 0.5 ? 0.5 : 0.9;
    return Array.from({ length: 3 }, () => ({ prompt, said: [0, 0].map(() => (random() < lean ? 0 : 2)) }));
  }).flat();
}

describe("intervals by prompt", () => {
  it.each([
    [15, "jackknife by prompt (t, 14 df)"],
    [60, "prompts resampled 1,000 times, percentiles"],
  ])("cover the agreement that is planted, 0.66, with %i prompts", (prompts, method) => {
    const random = seededRandom(`${prompts} prompts ${FIRST}`);
    const uniform = () => random() / 2 ** 32;
    let covered = 0;
    const studies = times(150);
    for (let i = 0; i < studies; i++) {
      const { macro } = within(study(uniform, prompts)).exact;
      if (!("low" in macro)) throw new Error("no interval");
      expect(macro.method).toBe(method);
      if (macro.low <= 0.66 && macro.high >= 0.66) covered++;
    }
    keepFigure(`agreement: covers, ${prompts} prompts`, covered, studies);
    expect(covered / studies).toBeGreaterThan(0.9);
    expect(covered / studies).toBeLessThan(0.985);
  });

  it("deals prompts into 2,000 bundles that add up to the same, and stay near the plain interval", () => {
    const random = seededRandom("bundles");
    const sums = emptySums(5000, 2);
    for (let p = 0; p < 5000; p++) {
      sums.values[2 * p] = 1;
      sums.values[2 * p + 1] = random() % 4;
    }
    const dealt = bundled(sums, 2000);
    expect(dealt.prompts).toBe(2000);
    expect(totals(dealt)).toEqual(totals(sums));
    const mean: FigureOfSums = {
      value: (of) => of[1]! / of[0]!,
      ...{ support: 0, range: { low: 0, high: 3 }, isShare: false, n: 5000 },
    };
    const { made } = figuresByPrompt(sums, { figures: { made: mean }, draws });
    if (!("low" in made)) throw new Error("no interval");
    expect(made.method).toBe("prompts resampled 1,000 times in 2,000 bundles, percentiles");
    const half = (1.96 * Math.sqrt(1.25)) / Math.sqrt(5000);
    expect((made.high - made.low) / 2 / half).toBeGreaterThan(0.9);
    expect((made.high - made.low) / 2 / half).toBeLessThan(1.1);
  });

  it("refuse where one prompt defines the figure", () => {
    const none = { notEstimable: "none" };
    const quotient: FigureOfSums = {
      value: (of) => (of[1]! > 0 ? of[1]! / of[0]! : none),
      ...{ support: 0, range: { low: 0, high: 1 }, isShare: false, n: 1 },
    };
    for (const prompts of [5, 70]) {
      const sums = emptySums(prompts, 2);
      for (let p = 0; p < prompts; p++) sums.values[2 * p] = 1;
      sums.values[1] = 1;
      const { made } = figuresByPrompt(sums, { figures: { made: quotient }, draws });
      expect(made).toEqual({
        value: 1 / prompts,
        notEstimable: "it rests on too few of the prompts for an interval",
      });
    }
  });

  it("are the same for the same seed, and others for another", () => {
    const compared = study(() => 0.3, 1).concat(apart(Array.from({ length: 80 }, (_, i) => [i % 3, 0])));
    const made = (seed: string) =>
      agreementMeasures(pairsWithin(countsOf(compared), promptsOf(compared)), { draws: promptDraws(seed) });
    expect(made("a")).toEqual(made("a"));
    expect(made("a")).not.toEqual(made("b"));
  });
});
