import { describe, expect, it } from "vitest";
import { randomBelow, seededRandom } from "../../../../server/statistics/resampling/random.ts";

const draw = (seed: string, times: number, below: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: times }, () => randomBelow(random, below));
};

describe("a seeded stream", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(draw("seed", 20, 1000)).toEqual(draw("seed", 20, 1000));
    expect(draw("seed", 20, 1000)).not.toEqual(draw("seee", 20, 1000));
  });

  it("gives every number about equally often", () => {
    const times = new Array<number>(7).fill(0);
    for (const number of draw("even", 70_000, 7)) times[number]!++;
    const chiSquare = times.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.46); // 0.1 % with 6 degrees of freedom
  });

  it("has no memory of the number before", () => {
    const numbers = draw("pairs", 40_001, 4);
    const pairs = new Array<number>(16).fill(0);
    for (let i = 0; i < 40_000; i++) pairs[numbers[i]! * 4 + numbers[i + 1]!]!++;
    const chiSquare = pairs.reduce((sum, n) => sum + (n - 2500) ** 2 / 2500, 0);
    expect(chiSquare).toBeLessThan(37.7); // 0.1 % with 15 degrees of freedom
  });
});
