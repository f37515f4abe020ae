import { describe, expect, test } from "vitest";
import { chance } from "../../../server/prompt-sets/chance.ts";
import { draw, type Eligible } from "../../../server/prompt-sets/draw/draw.ts";
import { largestRemainder, stratumOf } from "../../../server/prompt-sets/draw/strata.ts";
import { candidate } from "../../../server/prompt-sets/candidate.ts";
import type { Draw } from "../../../server/contract/prompt-recipes.ts";

const HOW: Draw = {
  ...{ groups: "none", temperature: 3, size: "held", pick: "chance", fill: ["test", "dev", "train"] },
  ...{ strata: [], shares: "proportional", lengths: [100, 500] },
  into: { train: 0, dev: 0, test: 1 },
};

const eligible = (group: string, count: number): Eligible[] =>
  Array.from({ length: count }, (_one, at) => ({
    ...{ id: `${group}/${at}`, group, score: at, stratum: group },
  }));

const around = (seed: number, held = new Map<string, number>()) => ({
  chance: (...key: readonly (string | number)[]) => chance(seed, ...key),
  ...{ held, take: () => true },
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
    const hits = seeds.filter((seed) => draw(all, how, around(seed, held)).drawn[0]?.one.group === group);
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
    expect(draw(all, how, around(1, held)).drawn).toHaveLength(6);
  });
});

test("draws the same whatever the order of candidates", () => {
  const all = [...eligible("a", 40), ...eligible("b", 7)];
  for (const groups of ["none", "temperature", "evenly", "once"] as const)
    for (const pick of ["best", "chance"] as const) {
      const how: Draw = { ...HOW, groups, pick, into: { train: 3, dev: 2, test: 4 } };
      const ids = (ones: readonly Eligible[]) =>
        draw(ones, how, around(5)).drawn.map(({ one, split }) => `${split} ${one.id}`);
      expect(ids([...all].reverse())).toEqual(ids(all));
    }
});

test("passes over what may not be taken, and goes on with the next", () => {
  const how: Draw = { ...HOW, into: { train: 5, dev: 0, test: 5 } };
  const take = ({ id }: Eligible): boolean => id !== "a/4" && id !== "a/1";
  expect(draw(eligible("a", 5), how, { ...around(1), take }).drawn).toHaveLength(3);
});

test.each([
  [["test", "dev", "train"], { train: 1, dev: 2, test: 3 }],
  [["train", "test", "dev"], { train: 4, dev: 0, test: 2 }],
] as const)("fills the splits %j in turn where there are too few", (fill, expected) => {
  const how: Draw = { ...HOW, fill: [...fill], into: { train: 4, dev: 2, test: 3 } };
  const splits = draw(eligible("a", 6), how, around(1)).drawn.map(({ split }) => split);
  const counts = { train: 0, dev: 0, test: 0 };
  for (const split of splits) counts[split]++;
  expect(counts).toEqual(expected);
});

test("takes the best of a group first, and each group once where asked", () => {
  const all = [...eligible("a", 5), ...eligible("b", 5)];
  const best = draw(
    all,
    { ...HOW, groups: "once", pick: "best", into: { train: 0, dev: 0, test: 9 } },
    around(1),
  );
  expect(best.drawn.map(({ one }) => one.id).sort()).toEqual(["a/4", "b/4"]);
});

test("fills splits by chance, not by score", () => {
  const drawn = draw(
    eligible("a", 100),
    { ...HOW, pick: "best", into: { train: 50, dev: 0, test: 50 } },
    around(3),
  );
  const mean = (split: string) => {
    const scores = drawn.drawn.flatMap((one) => (one.split === split ? [one.one.score ?? 0] : []));
    return scores.reduce((a, b) => a + b, 0) / scores.length;
  };
  expect(Math.abs(mean("train") - mean("test"))).toBeLessThan(20);
});

// Hamilton's method: whole shares, then one each by the largest remainder. The third row is the Alabama paradox's usual example.
test.each([
  [[1, 1, 1], 3, [1, 1, 1]],
  [[50, 30, 20], 10, [5, 3, 2]],
  [[6, 6, 2], 10, [4, 4, 2]],
  [[6, 6, 2], 11, [5, 5, 1]],
  [[1, 1], 1, [1, 0]],
  [[0.1, 0.2], 3, [1, 2]],
  [[0, 5], 2, [0, 2]],
  [[], 4, []],
])("divides by weights %j: %d as %j", (weights, count, quotas) => {
  expect(largestRemainder(weights, count, (at) => at / 10)).toEqual(quotas);
});

describe("with strata", () => {
  const all = [...eligible("en", 60), ...eligible("de", 30), ...eligible("fr", 10)];
  const how: Draw = { ...HOW, strata: ["language"], into: { train: 0, dev: 10, test: 20 } };
  const counted = (given: Draw, ones = all, take: (one: Eligible) => boolean = () => true) => {
    const { drawn, strata } = draw(ones, given, { ...around(2), take });
    return {
      strata,
      counts: Object.fromEntries(
        ["en", "de", "fr"].map((name) => [
          name,
          drawn.filter(({ one, split }) => split === "test" && one.stratum === name).length,
        ]),
      ),
      ids: drawn.map(({ one }) => one.id),
    };
  };

  test("gives each split its share of each, once", () => {
    const { counts, ids, strata } = counted(how);
    expect(counts).toEqual({ en: 12, de: 6, fr: 2 });
    expect(new Set(ids).size).toBe(30);
    expect(strata.find(({ name }) => name === "de")).toEqual({
      ...{ name: "de", eligible: 30 },
      ...{ quota: { train: 0, dev: 3, test: 6 }, drawn: { train: 0, dev: 3, test: 6 } },
    });
  });

  test("divides what one lacks among the others, and says so", () => {
    const { counts, strata } = counted({ ...how, shares: "equal", into: { train: 0, dev: 0, test: 60 } });
    expect(counts).toEqual({ en: 25, de: 25, fr: 10 });
    expect(strata.find(({ name }) => name === "fr")).toMatchObject({
      quota: { test: 20 },
      drawn: { test: 10 },
    });
    expect(counted({ ...how, into: { train: 0, dev: 0, test: 500 } }).ids).toHaveLength(100);
    const poor = [...eligible("en", 8), ...eligible("de", 2)];
    const twice = counted({ ...how, shares: "equal", into: { train: 0, dev: 4, test: 4 } }, poor);
    expect(twice.ids).toHaveLength(8);
    expect(twice.strata.find(({ name }) => name === "de")?.quota).toEqual({ train: 0, dev: 2, test: 2 });
    const only = counted(how, all, ({ stratum }) => stratum !== "de");
    expect(only.ids).toHaveLength(30);
    expect(only.counts.de).toBe(0);
  });

  test("does not depend on the order of candidates", () => {
    expect(counted(how, [...all].reverse()).ids.sort()).toEqual(counted(how).ids.sort());
  });
});

test.each([
  ["x".repeat(99), "under 100 characters"],
  ["x".repeat(100), "100 to 499 characters"],
  ["x".repeat(499), "100 to 499 characters"],
  ["x".repeat(500), "500 characters or more"],
])("of the length of %j is %s", (prompt, length) => {
  const one = candidate({ id: "a", group: "g", texts: { prompt }, language: "en", tags: ["t"] });
  const strata: Draw["strata"] = ["group", "tag", "language", "length", "difficulty"];
  expect(stratumOf(one, { ...HOW, strata })).toBe(`g, t, en, ${length}, none`);
});
