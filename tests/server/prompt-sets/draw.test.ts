import { describe, expect, test } from "vitest";
import { chance } from "../../../server/prompt-sets/chance.ts";
import { draw, type Eligible } from "../../../server/prompt-sets/draw/draw.ts";
import type { Draw } from "../../../server/contract/prompt-recipes.ts";

const HOW: Draw = {
  ...{ groups: "none", temperature: 3, size: "held", pick: "chance" },
  into: { train: 0, dev: 0, test: 1 },
};

const eligible = (group: string, count: number): Eligible[] =>
  Array.from({ length: count }, (_one, at) => ({
    ...{ id: `${group}/${at}`, group, score: at, hash: `${group}/${at}` },
  }));

const around = (seed: number, held = new Map<string, number>()) => ({
  chance: (...key: readonly (string | number)[]) => chance(seed, ...key),
  ...{ held, taken: new Set<string>() },
});

describe("with a temperature", () => {
  // n = 1,000,000, 8,000 and 1,000 have the third roots 100, 20 and 10.
  const held = new Map([
    ["a", 1_000_000],
    ["b", 8000],
    ["c", 1000],
  ]);
  const all = [...eligible("a", 2), ...eligible("b", 2), ...eligible("c", 2)];
  const share = (temperature: number, group: string) => {
    const seeds = Array.from({ length: 1000 }, (_one, seed) => seed);
    const how: Draw = { ...HOW, groups: "temperature", temperature };
    const hits = seeds.filter((seed) => draw(all, how, around(seed, held))[0]?.one.group === group);
    return (100 * hits.length) / seeds.length;
  };

  test.each([
    [3, "a", 76.92],
    [3, "b", 15.38],
    [3, "c", 7.69],
    [1, "a", 99.11],
  ])("τ = %d draws group %s in %d percent of cases", (temperature, group, percent) => {
    const sd = Math.sqrt((percent * (100 - percent)) / 1000);
    expect(Math.abs(share(temperature, group) - percent)).toBeLessThan(4 * sd);
  });

  test("goes on with the other groups where one is used up", () => {
    const how: Draw = { ...HOW, groups: "temperature", into: { train: 0, dev: 0, test: 9 } };
    expect(draw(all, how, around(1, held))).toHaveLength(6);
  });
});

test("draws the same whatever the order of candidates", () => {
  const all = [...eligible("a", 40), ...eligible("b", 7)];
  for (const groups of ["none", "temperature", "evenly", "once"] as const)
    for (const pick of ["best", "chance"] as const) {
      const how: Draw = { ...HOW, groups, pick, into: { train: 3, dev: 2, test: 4 } };
      const ids = (ones: readonly Eligible[]) =>
        draw(ones, how, around(5)).map(({ one, split }) => `${split} ${one.id}`);
      expect(ids([...all].reverse())).toEqual(ids(all));
    }
});

test("draws nothing twice, not even as the same text of another source", () => {
  const all = eligible("a", 5).map((one, at) => ({ ...one, hash: at < 2 ? "same" : one.hash }));
  const how: Draw = { ...HOW, into: { train: 5, dev: 0, test: 5 } };
  expect(draw(all, how, { ...around(1), taken: new Set(["a/4"]) })).toHaveLength(3);
});

test("takes the best of a group first, and each group once where asked", () => {
  const all = [...eligible("a", 5), ...eligible("b", 5)];
  const best = draw(
    all,
    { ...HOW, groups: "once", pick: "best", into: { train: 0, dev: 0, test: 9 } },
    around(1),
  );
  expect(best.map(({ one }) => one.id).sort()).toEqual(["a/4", "b/4"]);
});

test("fills splits by chance, not by score", () => {
  const drawn = draw(
    eligible("a", 100),
    { ...HOW, pick: "best", into: { train: 50, dev: 0, test: 50 } },
    around(3),
  );
  const mean = (split: string) => {
    const scores = drawn.flatMap((one) => (one.split === split ? [one.one.score ?? 0] : []));
    return scores.reduce((a, b) => a + b, 0) / scores.length;
  };
  expect(Math.abs(mean("train") - mean("test"))).toBeLessThan(20);
});
