import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Random, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { signFlipTest } from "../../../../server/statistics/tests/sign-flip-permutation.ts";
import { signTest } from "../../../../server/statistics/tests/sign-test.ts";
import { expectNear, overPowerOfTwo } from "../../../support/statistics/closeness.ts";

/** Wins less losses of one prompt, and its judgments. */
type Prompt = readonly [sum: number, size: number];

function flips(prompts: readonly Prompt[], seed = "seed") {
  return signFlipTest({
    sums: Int32Array.from(prompts, ([sum]) => sum),
    sizes: Int32Array.from(prompts, ([, size]) => size),
    random: seededRandom(seed),
  });
}

const pOf = (prompts: readonly Prompt[]) => (flips(prompts) as { p: number }).p;
const isExact = (prompts: readonly Prompt[]) =>
  (flips(prompts) as { method: string }).method.startsWith("exact");

const promptOf = (largest: number) =>
  fc
    .integer({ min: 1, max: largest })
    .chain((size) => fc.tuple(fc.integer({ min: -size, max: size }), fc.constant(size)));
const leans = (prompts: readonly Prompt[]) => prompts.some(([sum]) => sum !== 0);

describe("the sign-flip permutation test", () => {
  it("counts ways by hand", () => {
    expect(
      flips([
        [1, 1],
        [3, 3],
        [2, 2],
      ]),
    ).toEqual({ p: 0.25, prompts: 3, method: "exact sign flips by prompt" });
    // ±1 ± ⅓ ± ⅔ is ⅔, as observed, or more in six ways of eight, and 0 in two
    expect(
      pOf([
        [1, 1],
        [1, 3],
        [-2, 3],
      ]),
    ).toBe(0.75);
    expect(
      pOf([
        [2, 2],
        [-1, 1],
      ]),
    ).toBe(1);
    expect(pOf([[5, 7]])).toBe(1);
  });

  it("takes a prompt's judgments together, so that it is not the sum over judgments that counts", () => {
    const many: Prompt = [9, 9];
    expect(pOf([many, [-1, 1]])).toBe(1);
    expectNear(pOf([many, [1, 1], [1, 1], [1, 1], [1, 1], [1, 1]]), 2 ** -5);
  });

  it("is the sign test where each prompt has one judgment", () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), fc.nat(30), (wins, losses, ties) => {
        fc.pre(wins + losses > 0);
        const prompts = [...repeat([1, 1], wins), ...repeat([-1, 1], losses), ...repeat([0, 1], ties)];
        expectNear(pOf(prompts), (signTest(wins, losses) as { p: number }).p, 1e-10);
        expect(flips(prompts)).toMatchObject({ prompts: wins + losses });
      }),
    );
  });

  it("agrees with going through all ways, few prompts", () => {
    fc.assert(
      fc.property(fc.array(promptOf(7), { minLength: 1, maxLength: 11 }), (prompts) => {
        fc.pre(leans(prompts));
        expect(isExact(prompts)).toBe(true);
        expectNear(pOf(prompts), allWays(prompts, 420), 1e-11);
      }),
    );
  });

  it("agrees with counting in whole numbers, many prompts, far into the tails", () => {
    let smallest = 1;
    fc.assert(
      fc.property(
        fc.array(promptOf(4), { minLength: 100, maxLength: 300 }),
        fc.integer({ min: 0, max: 10 }),
        (some, turned) => {
          const prompts = some.map(([sum, size], i): Prompt => [i % 11 < turned ? Math.abs(sum) : sum, size]);
          fc.pre(leans(prompts));
          const p = pOf(prompts);
          smallest = Math.min(smallest, p);
          expectNear(p, byWholeNumbers(prompts, 12), 1e-10);
        },
      ),
      { numRuns: 40 },
    );
    expect(smallest).toBeLessThan(1e-15);
  });

  it("keeps its digits on 20,000 prompts, down to the last number there is", () => {
    const prompts = [...repeat([1, 3], 6000), ...repeat([2, 3], 6000), ...repeat([-3, 3], 3000)];
    const p = pOf([...prompts, ...repeat([0, 3], 5000)]);
    expect(p > 0 && p < 1e-80, String(p)).toBe(true);
    expect(pOf(repeat([3, 3], 20_000))).toBe(0);
    expect(pOf(repeat([3, 3], 1000))).toBe(2 ** -999);
  });

  it("draws where leans lie on no grid, and stays near the share of all ways", () => {
    const sizes = [101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157];
    const random = seededRandom("awkward");
    for (let study = 0; study < 5; study++) {
      const prompts = sizes.map((size): Prompt => [(random() % (2 * size)) + 1 - size, size]);
      expect(flips(prompts)).toMatchObject({ method: "100,000 drawn sign flips by prompt" });
      const truth = allWays(prompts, 1);
      const p = pOf(prompts);
      expect(Math.abs(p - truth)).toBeLessThan(4 * Math.sqrt((truth * (1 - truth)) / 1e5) + 2e-5);
      expect(pOf(prompts.toReversed())).toBe(p);
      expect(flips(prompts, "another seed")).not.toEqual(flips(prompts));
    }
  });

  it("never draws a p of 0, and draws prompts that lean alike together with the right chances", () => {
    const sizes = [101, 103, 107, 109, 113, 127];
    const all = sizes.flatMap((size) => repeat([size - 1, size], 40));
    expect(pOf(all)).toBe(1 / 100_001);
    const many = sizes.flatMap((size) => [...repeat([1, size], 75), ...repeat([-1, size], 60)]);
    // nearly normal: Σ net / √Σ count, in units of the lean
    const [net, square] = sizes.reduce(([a, b], size) => [a + 15 / size, b + 135 / size ** 2], [0, 0]);
    const z = net / Math.sqrt(square);
    expect(z).toBeGreaterThan(3);
    expect(pOf(many)).toBeGreaterThan(0.0008);
    expect(pOf(many)).toBeLessThan(0.0022); // 2 Φ(−z) is 0.0016
  });

  it("does not care who is called the target, nor in which order prompts come", () => {
    fc.assert(
      fc.property(fc.array(promptOf(6), { minLength: 1, maxLength: 60 }), (prompts) => {
        const turned = prompts.map(([sum, size]): Prompt => [-sum, size]);
        expect(flips(turned)).toEqual(flips(prompts));
        expect(flips(prompts.toReversed())).toEqual(flips(prompts));
      }),
    );
  });

  it("finds a planted difference, and where there is none keeps to 5 % though a prompt's judgments agree", () => {
    const random = seededRandom("null and planted");
    const rejected = { null: 0, planted: 0, single: 0 };
    for (let study = 0; study < 1000; study++) {
      const none = leaningStudy(random, 0.5);
      if (pOf(none) <= 0.05) rejected.null++;
      if (pOf(leaningStudy(random, 0.8)) <= 0.05) rejected.planted++;
      const wins = none.reduce((sum, [net, size]) => sum + (net + size) / 2, 0);
      const p = signTest(wins, none.length * 5 - wins);
      if ("p" in p && p.p <= 0.05) rejected.single++;
    }
    expect(rejected.null).toBeGreaterThan(25);
    expect(rejected.null).toBeLessThan(70);
    expect(rejected.planted).toBeGreaterThan(850);
    expect(rejected.single).toBeGreaterThan(200); // what a sign for each judgment would do
  });

  it("refuses what has no lean, and throws at columns that cannot be", () => {
    expect(flips([])).toEqual({ notEstimable: "no judgments yet" });
    expect(
      flips([
        [0, 3],
        [0, 1],
      ]),
    ).toEqual({ notEstimable: "no prompt leans to either side" });
    expect(() => flips([[2, 1]])).toThrow(RangeError);
    expect(() => flips([[0, 0]])).toThrow(RangeError);
    const random = seededRandom("");
    expect(() => signFlipTest({ sums: Int32Array.of(1), sizes: Int32Array.of(), random })).toThrow(
      RangeError,
    );
  });
});

function repeat(prompt: Prompt, times: number): Prompt[] {
  return Array<Prompt>(times).fill(prompt);
}

/** Every way to put the signs, each sum on the grid of 1/`denominator` (of floating point where that is 1). */
function allWays(prompts: readonly Prompt[], denominator: number): number {
  const values = prompts.map(([sum, size]) => (sum * denominator) / size);
  const observed = Math.abs(values.reduce((a, b) => a + b, 0));
  let hits = 0;
  for (let way = 0; way < 2 ** values.length; way++) {
    let sum = 0;
    values.forEach((value, i) => (sum += (way >> i) & 1 ? value : -value));
    if (Math.abs(sum) >= observed - 1e-9) hits++;
  }
  return hits / 2 ** values.length;
}

/** The number of ways to each sum, prompt after prompt. */
function byWholeNumbers(prompts: readonly Prompt[], denominator: number): number {
  const values = prompts.map(([sum, size]) => Math.abs((sum * denominator) / size));
  let ways = new Map<number, bigint>([[0, 1n]]);
  for (const value of values) {
    const next = new Map<number, bigint>();
    for (const [sum, count] of ways) {
      for (const to of [sum + value, sum - value]) next.set(to, (next.get(to) ?? 0n) + count);
    }
    ways = next;
  }
  const observed = Math.abs(prompts.reduce((total, [sum, size]) => total + (sum * denominator) / size, 0));
  let hits = 0n;
  for (const [sum, count] of ways) if (Math.abs(sum) >= observed) hits += count;
  return overPowerOfTwo(hits, values.length);
}

/** 40 prompts with five judgments each, of which each prompt wins a share that is its own. */
function leaningStudy(random: Random, rate: number): Prompt[] {
  const uniform = () => random() / 2 ** 32;
  return Array.from({ length: 40 }, (): Prompt => {
    const own = uniform() < rate ? 0.85 : 0.15;
    let net = 0;
    for (let k = 0; k < 5; k++) net += uniform() < own ? 1 : -1;
    return [net, 5];
  });
}
