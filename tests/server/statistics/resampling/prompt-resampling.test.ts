import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byPromptInterval } from "../../../../server/statistics/intervals/by-prompt-mean.ts";
import { drawBinomial } from "../../../../server/statistics/resampling/draw-binomial.ts";
import { resampledByPrompt } from "../../../../server/statistics/resampling/prompt-resampling.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { binomialCdf } from "../../../../server/statistics/special/binomial-cdf.ts";
import { columnsOf } from "../../../support/statistics/judgments.ts";

const resampled = (means: readonly number[], seed = "seed") =>
  resampledByPrompt({ means: Float64Array.from(means), random: seededRandom(seed) });

function limits(means: readonly number[], seed?: string): { low: number; high: number } {
  const interval = resampled(means, seed);
  if ("notEstimable" in interval) throw new Error(interval.notEstimable);
  return interval;
}

const uniforms = (seed: string) => {
  const random = seededRandom(seed);
  return () => random() / 2 ** 32;
};

describe("resampling prompts", () => {
  it("gives the limits of the binomial distribution where prompts won or lost", () => {
    const means = Array.from({ length: 200 }, (_, i) => (i < 120 ? 1 : 0));
    const { low, high } = limits(means);
    const below = (wins: number) => binomialCdf(wins, { n: 200, p: 0.6 });
    expect(below(Math.round(low * 200) - 3)).toBeLessThan(0.025);
    expect(below(Math.round(low * 200) + 2)).toBeGreaterThan(0.025);
    expect(below(Math.round(high * 200) - 3)).toBeLessThan(0.975);
    expect(below(Math.round(high * 200) + 2)).toBeGreaterThan(0.975);
    expect(resampled(means)).toMatchObject({ method: "prompts resampled 1,000 times, percentiles" });
  });

  it("agrees with drawing prompts one by one, whether means are shared by many or by few", () => {
    const uniform = uniforms("means");
    for (const values of [3, 200]) {
      const means = Array.from({ length: 400 }, () => Math.floor(uniform() * values) / (values - 1));
      const own = uniforms(`naive ${values}`);
      const drawn = Array.from({ length: 4000 }, () => {
        let sum = 0;
        for (let k = 0; k < means.length; k++) sum += means[Math.floor(own() * means.length)]!;
        return sum / means.length;
      }).sort((a, b) => a - b);
      const { low, high } = limits(means);
      const width = drawn[3900]! - drawn[100]!;
      expect(Math.abs(low - drawn[100]!)).toBeLessThan(0.1 * width);
      expect(Math.abs(high - drawn[3900]!)).toBeLessThan(0.1 * width);
    }
  });

  it("stands near the sandwich interval by prompt where prompts are many", () => {
    const uniform = uniforms("sandwich");
    const rows = Array.from({ length: 1500 }, (_, i) => ({
      prompt: Math.floor(i / 3),
      annotator: i,
      outcome: uniform() < 0.4 ? 2 : uniform() < 0.3 ? 1 : 0,
    }));
    const robust = byPromptInterval(columnsOf(rows));
    if ("notEstimable" in robust) throw new Error("refused");
    const means = Array.from({ length: 500 }, (_, p) =>
      rows.slice(3 * p, 3 * p + 3).reduce((sum, { outcome }) => sum + outcome / 6, 0),
    );
    const { low, high } = limits(means);
    expect(Math.abs(low - robust.low)).toBeLessThan(0.1 * (robust.high - robust.low));
    expect(Math.abs(high - robust.high)).toBeLessThan(0.1 * (robust.high - robust.low));
  });

  it("covers where judgments of a prompt lean together, which treating them as independent does not", () => {
    const uniform = uniforms("null");
    const missed = { resampled: 0, naive: 0 };
    for (let study = 0; study < 400; study++) {
      const means = Array.from({ length: 50 }, () => {
        const own = uniform() < 0.5 ? 0.25 : 0.75;
        const wins = Array.from({ length: 10 }, () => Number(uniform() < own));
        return wins.reduce((sum, one) => sum + one, 0) / 10;
      });
      const { low, high } = limits(means, `study ${study}`);
      if (low > 0.5 || high < 0.5) missed.resampled++;
      const mean = means.reduce((sum, one) => sum + one, 0) / 50;
      if (Math.abs(mean - 0.5) > (1.96 * 0.5) / Math.sqrt(500)) missed.naive++;
    }
    expect(missed.resampled / 400).toBeLessThan(0.095);
    expect(missed.resampled / 400).toBeGreaterThan(0.02);
    expect(missed.naive / 400).toBeGreaterThan(0.25);
  });

  it("depends on the seed and the means, not on their order; stays among them; is no point", () => {
    const mean = fc.integer({ min: 0, max: 6 }).map((sixths) => sixths / 6);
    fc.assert(
      fc.property(fc.array(mean, { minLength: 2, maxLength: 300 }), (means) => {
        fc.pre(new Set(means).size > 1);
        const interval = limits(means);
        expect(limits(means.toReversed())).toEqual(interval);
        expect(interval.low).toBeLessThan(interval.high);
        expect(interval.low).toBeGreaterThanOrEqual(Math.min(...means) - 1e-12);
        expect(interval.high).toBeLessThanOrEqual(Math.max(...means) + 1e-12);
      }),
      { numRuns: 40 },
    );
    const means = Array.from({ length: 97 }, (_, i) => i / 96);
    expect(limits(means, "one")).toEqual(limits(means, "one"));
    expect(limits(means, "one")).not.toEqual(limits(means, "two"));
  });

  it("refuses too few, and puts the exact binomial interval where every prompt was won or lost", () => {
    expect(resampled([])).toEqual({ notEstimable: "no judgments yet" });
    expect(resampled([0.4])).toEqual({ notEstimable: "only one prompt" });
    expect(resampled([0.5, 0.5])).toEqual({ notEstimable: "every prompt has the same mean" });
    expect(resampled(Array<number>(77).fill(0))).toMatchObject({
      low: 0,
      method: "exact binomial (77 prompts)",
    });
    expect(limits(Array<number>(77).fill(0)).high).toBeCloseTo(0.0468, 4);
    expect(limits(Array<number>(38).fill(1))).toMatchObject({ high: 1 });
    expect(() => resampled([0.5, 1.1])).toThrow(RangeError);
    expect(() => resampled([0.5, NaN])).toThrow(RangeError);
  });
});

describe("a drawn binomial number", () => {
  it.each([
    [1, 0.3],
    [7, 0.5],
    [20, 0.03],
    [300, 0.9],
    [20_000, 0.25],
  ])("of %i trials at %f has the right chances", (n, p) => {
    const random = seededRandom(`${n} ${p}`);
    const draws = Array.from({ length: 20_000 }, () => drawBinomial(random, { n, p }));
    // ten bins, about as likely as each other: chi-square with at most 9 degrees of freedom, 0.1 %
    const edges = Array.from({ length: 9 }, (_, i) => quantile((i + 1) / 10, { n, p }));
    const bins = [-1, ...new Set(edges), n].filter((edge, i, all) => i === 0 || edge > all[i - 1]!);
    let chiSquare = 0;
    for (let b = 1; b < bins.length; b++) {
      const chance = binomialCdf(bins[b]!, { n, p }) - binomialCdf(bins[b - 1]!, { n, p });
      const times = draws.filter((draw) => draw > bins[b - 1]! && draw <= bins[b]!).length;
      chiSquare += (times - 20_000 * chance) ** 2 / (20_000 * chance);
    }
    expect(bins.length).toBeGreaterThan(2);
    expect(chiSquare).toBeLessThan(27.9);
  });

  it("is a whole number from 0 to n, and certain where chance is", () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.double({ min: 0, max: 1, noNaN: true }), fc.string(), (n, p, seed) => {
        const drawn = drawBinomial(seededRandom(seed), { n, p });
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn <= n).toBe(true);
      }),
    );
    const never = () => {
      throw new Error("spent a random number");
    };
    expect([drawBinomial(never, { n: 5, p: 1 }), drawBinomial(never, { n: 5, p: 0 })]).toEqual([5, 0]);
    expect(drawBinomial(never, { n: 0, p: 0.5 })).toBe(0);
    for (const bad of [
      { n: -1, p: 0.5 },
      { n: 1.5, p: 0.5 },
      { n: 2, p: 1.1 },
      { n: 2, p: NaN },
    ]) {
      expect(() => drawBinomial(never, bad)).toThrow(RangeError);
    }
  });
});

function quantile(share: number, of: { n: number; p: number }): number {
  let k = 0;
  for (let step = 2 ** 15; step >= 1; step /= 2) {
    if (k + step <= of.n && binomialCdf(k + step - 1, of) < share) k += step;
  }
  return k;
}
