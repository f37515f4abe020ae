import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { signFlipInterval } from "../../../../server/statistics/tests/sign-flip-interval.ts";
import { signFlipTest } from "../../../../server/statistics/tests/sign-flip-permutation.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { normal, uniform } from "../../../support/statistics/ranking-support.ts";

/** Wins less losses of one prompt, and its judgments. */
type Prompt = readonly [sum: number, size: number];

const meanOf = ([sum, size]: Prompt) => (sum + size) / (2 * size);

function pOf(prompts: readonly Prompt[]): number {
  const test = signFlipTest({
    sums: Int32Array.from(prompts, ([sum]) => sum),
    sizes: Int32Array.from(prompts, ([, size]) => size),
    random: seededRandom("test"),
  });
  return "p" in test ? test.p : 1;
}

function inverted(prompts: readonly Prompt[], seed = "seed") {
  const means = Float64Array.from(prompts, meanOf);
  const weights = new Int32Array(prompts.length).fill(1);
  return signFlipInterval({ means, weights, p: pOf(prompts), random: seededRandom(seed) });
}

function limitsOf(prompts: readonly Prompt[], seed?: string) {
  const made = inverted(prompts, seed);
  if ("notEstimable" in made) throw new Error(made.notEstimable);
  return made;
}

/** The test of any value: the share of all signs whose sum is at least as far from 0 as the observed one. */
function bruteP(means: readonly number[], against: number): number {
  const off = means.map((mean) => mean - against);
  const observed = Math.abs(off.reduce((a, b) => a + b, 0));
  let hits = 0;
  for (let signs = 0; signs < 2 ** off.length; signs++) {
    const sum = off.reduce((total, one, i) => total + ((signs >> i) & 1 ? one : -one), 0);
    if (Math.abs(sum) >= observed - 1e-12) hits++;
  }
  return hits / 2 ** off.length;
}

const promptOf = (largest: number) =>
  fc
    .integer({ min: 1, max: largest })
    .chain((size) => fc.tuple(fc.integer({ min: -size, max: size }), fc.constant(size)));
const differ = (prompts: readonly Prompt[]) => new Set(prompts.map(meanOf)).size > 1;

describe("the interval of the sign-flip test", () => {
  it("is where the test, tried sign by sign, no longer rejects", () => {
    fc.assert(
      fc.property(fc.array(promptOf(3), { minLength: 2, maxLength: 10 }), (prompts) => {
        fc.pre(differ(prompts));
        const means = prompts.map(meanOf);
        const { low, high, method } = limitsOf(prompts);
        expect(method).toBe("inverted sign flips by prompt, exact");
        const step = 1e-6;
        for (const inside of [low + step, high - step]) expect(bruteP(means, inside)).toBeGreaterThan(0.05);
        if (low > 0 && low !== 0.5) expect(bruteP(means, low - step)).toBeLessThan(0.05);
        if (high < 1 && high !== 0.5) expect(bruteP(means, high + step)).toBeLessThan(0.05);
      }),
      { numRuns: times(60) },
    );
  });

  it("leaves one half out exactly where the test of one half is below 0.05, listed or drawn", () => {
    fc.assert(
      fc.property(fc.array(promptOf(5), { minLength: 6, maxLength: 60 }), (prompts) => {
        fc.pre(differ(prompts));
        const { low, high } = limitsOf(prompts);
        expect(low > 0.5 || high < 0.5).toBe(pOf(prompts) < 0.05);
        const mean = prompts.reduce((sum, one) => sum + meanOf(one), 0) / prompts.length;
        expect(low <= mean + 1e-12 && mean - 1e-12 <= high).toBe(true);
      }),
      { numRuns: times(60) },
    );
  });

  it("does not depend on the order of prompts, and is the other way round for the other system", () => {
    const random = uniform(3);
    const prompts = Array.from({ length: 80 }, (): Prompt => [Math.floor(random() * 8) - 3, 5]).map(
      ([sum, size]): Prompt => [Math.max(-size, sum), size],
    );
    const { low, high, method } = limitsOf(prompts);
    expect(method).toBe("inverted sign flips by prompt, 10,000 drawn");
    expect(limitsOf(prompts.toReversed())).toEqual({ low, high, method });
    const turned = limitsOf(prompts.map(([sum, size]): Prompt => [-sum, size]));
    expect(turned.low).toBeCloseTo(1 - high, 2);
    expect(turned.high).toBeCloseTo(1 - low, 2);
    const other = limitsOf(prompts, "another seed");
    expect(other.low).not.toBe(low);
    expect(Math.abs(other.low - low)).toBeLessThan(0.1 * (high - low));
  });

  it("is as good as the drawn one where many prompts make the sum normal, and needs no seed", () => {
    const random = uniform(5);
    const prompts = Array.from({ length: 300 }, (): Prompt => [Math.floor(random() * 7) - 2, 4]);
    const many = limitsOf(prompts);
    expect(many.method).toBe("inverted sign flips by prompt, normal approximation");
    expect(limitsOf(prompts, "another seed")).toEqual(many);
    // each limit is where sums of drawn signs reach the observed one in 2.5 of 100 draws
    for (const limit of [many.low, many.high]) {
      const off = prompts.map((one) => meanOf(one) - limit);
      const observed = Math.abs(off.reduce((a, b) => a + b, 0));
      let hits = 0;
      for (let draw = 0; draw < 20_000; draw++)
        if (off.reduce((sum, one) => sum + (random() < 0.5 ? one : -one), 0) >= observed) hits++;
      expect(Math.abs(hits / 20_000 - 0.025)).toBeLessThan(0.005);
    }
  });

  it("weighs prompts by their judgments where it is asked to", () => {
    const means = Float64Array.of(1, 1, 1, 1, 1, 1, 0.5, 0);
    const of = (weights: number[]) =>
      signFlipInterval({ means, weights, p: 0.5, random: seededRandom("x") }) as { low: number };
    expect(of([1, 1, 1, 1, 1, 1, 1, 9]).low).toBeLessThan(of([1, 1, 1, 1, 1, 1, 1, 1]).low);
  });

  it("reaches the end of the range below six prompts, and is refused where no prompt differs", () => {
    expect(limitsOf([[1, 1], [1, 1], [1, 1], [1, 3], [1, 3]])).toMatchObject({ low: 0, high: 1 }); // prettier-ignore
    const won = Array.from({ length: 6 }, (): Prompt => [3, 3]);
    expect(limitsOf(won)).toEqual({
      ...{ low: expect.closeTo(0.025 ** (1 / 6), 12) as number, high: 1 },
      method: "exact binomial (6 prompts)",
    });
    expect(limitsOf(won.slice(0, 4)).low).toBeLessThan(0.5); // 12 of 12 on four prompts: p = .125
    expect(inverted(won.map((): Prompt => [1, 3]))).toEqual({
      notEstimable: "every prompt has the same mean",
    });
    expect(inverted([[1, 1]])).toEqual({ notEstimable: "only one prompt" });
    expect(inverted([])).toEqual({ notEstimable: "no judgments yet" });
  });

  it("covers the rate of its annotators in about 95 of 100 studies", () => {
    const [studies, truth] = [times(200), 0.5];
    let covered = 0;
    for (let study = 0; study < studies; study++) {
      const random = uniform(FIRST + study);
      const prompts = Array.from({ length: 30 }, (): Prompt => {
        const ease = 0.7 * normal(random);
        let sum = 0;
        for (let k = 0; k < 3; k++) {
          const latent = ease + normal(random);
          sum += latent > 0.3 ? 1 : latent < -0.3 ? -1 : 0;
        }
        return [sum, 3];
      });
      const { low, high } = limitsOf(prompts, String(study));
      if (low <= truth && truth <= high) covered++;
    }
    keepFigure("sign-flip interval covers, 30 prompts", covered, studies);
    expect(covered / studies).toBeGreaterThan(0.9);
  });
});
