import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectsSchema, type StyleEffects } from "../../../../server/contract/report-effects.ts";
import { effectsOf } from "../../../../server/analysis/effects/effects.ts";
import type { ResponseTexts } from "../../../../server/analysis/effects/read-texts.ts";
import { styleOf } from "../../../../server/analysis/effects/style.ts";
import { controlledRate } from "../../../../server/statistics/regression/controlled-rate.ts";
import { type Random, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { judgedData, type Told, type ToldStudy } from "../../../support/statistics/judged-data.ts";

const everyone = { inGroups: () => true, isModel: false };

/** Texts by a function of prompt and system: length, headers, lists, bold; −1 for one that was never loaded. */
function textsOf(
  prompts: number,
  systems: number,
  of: (prompt: number, system: number) => number[],
): ResponseTexts {
  const all = Array.from({ length: prompts * systems }, (_, at) =>
    of(Math.floor(at / systems), at % systems),
  );
  return {
    columns: [0, 1, 2, 3].map((j) => Float64Array.from(all, (features) => features[j] ?? 0)),
    placeOf: ({ prompt, system }) => {
      const at = prompt * systems + system;
      return all[at]![0]! < 0 ? -1 : at;
    },
  };
}

function told(style: StyleEffects) {
  if ("notEstimable" in style) throw new Error(style.notEstimable);
  const length = style.features[0]!;
  if (!("low" in length.coefficient)) throw new Error("no interval");
  return { ...style, length: length.coefficient, first: length };
}

const share = (random: Random) => random() / 2 ** 32;

interface Planted {
  seed: string;
  /** Log odds for a relative difference of 1 in length. */
  pull: number;
  prompts?: number;
}

/** A target whose responses are mostly the longer ones and no better, against two baselines; 20 annotators. */
function planted({ seed, pull, prompts = 100 }: Planted): { study: ToldStudy; texts: ResponseTexts } {
  const random = seededRandom(seed);
  const lengths = Array.from(
    { length: prompts * 3 },
    (_, at) => 100 + 400 * share(random) + (at % 3 ? 0 : 200),
  );
  const judgments = Array.from({ length: prompts * 4 }, (_, i): Told => {
    const [prompt, baseline] = [Math.floor(i / 4), 1 + (i % 2)];
    const [a, b] = [lengths[prompt * 3]!, lengths[prompt * 3 + baseline]!];
    const odds = (pull * (a - b)) / (a + b + 1);
    const isLeft = share(random) < 0.5;
    const wins = share(random) < 1 / (1 + Math.exp(-odds));
    const choice = share(random) < 0.2 ? "tie" : wins === isLeft ? "left" : "right";
    const annotator = Math.floor(share(random) * 20);
    return { prompt, left: isLeft ? 0 : baseline, right: isLeft ? baseline : 0, annotator, choice };
  });
  const texts = textsOf(prompts, 3, (prompt, system) => [
    Math.round(lengths[prompt * 3 + system]!),
    (prompt + system) % 3,
  ]);
  return { study: { judgments, systems: 3, target: 0 }, texts };
}

const styleOfPlanted = (given: Planted) => {
  const { study, texts } = planted(given);
  return told(styleOf(judgedData(study), texts, everyone));
};

describe("what length does to the choice", () => {
  it("is found where annotators prefer the longer response, and taken out of the rate", () => {
    const style = styleOfPlanted({ seed: "longer", pull: 4, prompts: 200 });
    expect(style.length.low).toBeGreaterThan(0);
    expect("low" in style.first.morePreferred && style.first.morePreferred.low).toBeGreaterThan(0.5);
    expect(style.lengthControlled.map(({ system, against }) => [system, against])).toEqual([
      ["s0", "s1"],
      ["s0", "s2"],
    ]);
    for (const { raw, controlled } of style.lengthControlled) {
      if (!("low" in raw && "low" in controlled)) throw new Error("no interval");
      expect(raw.low).toBeGreaterThan(0.5);
      expect(Math.abs(controlled.value - 0.5)).toBeLessThan((raw.value - 0.5) / 2);
      expect([controlled.low <= 0.5, controlled.high >= 0.5]).toEqual([true, true]);
    }
    const lists = style.features[2]!.coefficient;
    expect(lists).toEqual({ notEstimable: "no two responses differ in it" });
  });

  it("is covered by its interval about as often as it says where there is none", () => {
    const studies = times(60);
    let covered = 0;
    for (let k = FIRST; k < FIRST + studies; k++) {
      const { length } = styleOfPlanted({ seed: `none ${k}`, pull: 0 });
      if (length.low <= 0 && length.high >= 0) covered++;
    }
    keepFigure("style: covers no pull of length", covered, studies);
    expect(covered / studies).toBeGreaterThan(0.9);
    expect(covered / studies).toBeLessThan(0.99);
  });

  it("has a controlled rate that its interval covers, where pairs differ in worth and length", () => {
    const studies = times(50);
    let covered = 0;
    for (let k = FIRST; k < FIRST + studies; k++) {
      const { lengthControlled } = styleOfPlanted({ seed: `rate ${k}`, pull: 3 });
      const { controlled } = lengthControlled[0]!;
      if (!("low" in controlled)) throw new Error("no interval");
      if (controlled.low <= 0.5 && controlled.high >= 0.5) covered++;
    }
    keepFigure("style: controlled rate covers", covered, studies);
    expect(covered / studies).toBeGreaterThan(0.89);
    expect(covered / studies).toBeLessThan(1);
  });

  it("leaves the rate as it was where length does nothing", () => {
    const { study, texts } = planted({ seed: "same", pull: 0 });
    const equal: ResponseTexts = {
      ...texts,
      columns: [texts.columns[0]!.map((_, i) => (i % 2) + 1), ...texts.columns.slice(1)],
    };
    const style = styleOf(judgedData(study), equal, everyone);
    if ("notEstimable" in style) throw new Error(style.notEstimable);
    for (const { raw, controlled } of style.lengthControlled) {
      if (!("value" in raw && "value" in controlled)) throw new Error("no value");
      expect(Math.abs(controlled.value - raw.value)).toBeLessThan(0.03);
    }
  });

  it("is the same seen from the other system, and whichever name comes first", () => {
    const { study, texts } = planted({ seed: "mirror", pull: 2 });
    const two = study.judgments.filter(({ left, right }) => left !== 2 && right !== 2);
    const [here, there] = [0, 1].map((target) =>
      told(
        styleOf(
          judgedData({ judgments: two, systems: 2, target }),
          { ...texts, placeOf: ({ prompt, system }) => prompt * 3 + system },
          everyone,
        ),
      ),
    );
    expect(there!.length).toEqual(here!.length);
    const [ours, theirs] = [here!, there!].map(({ lengthControlled }) => lengthControlled[0]!);
    for (const of of ["raw", "controlled"] as const) {
      const [one, other] = [ours![of], theirs![of]];
      if (!("low" in one && "low" in other)) throw new Error("no interval");
      expect(other.value).toBeCloseTo(1 - one.value, 12);
      expect(other.low).toBeCloseTo(1 - one.high, 12);
    }
  });

  it("tells a lean to the left apart from the systems", () => {
    const { study, texts } = planted({ seed: "left", pull: 0, prompts: 200 });
    const random = seededRandom("lean");
    const judgments = study.judgments.map((one) =>
      share(random) < 0.3 ? { ...one, choice: "left" as const } : one,
    );
    const { left } = told(styleOf(judgedData({ ...study, judgments }), texts, everyone));
    expect("low" in left && left.low).toBeGreaterThan(0.2);
    const noSides = study.judgments.map((one) => ({ ...one, sideKnown: false }));
    expect(told(styleOf(judgedData({ ...study, judgments: noSides }), texts, everyone)).left).toEqual({
      notEstimable: "the side is not known of any judgment",
    });
    const oneSide = study.judgments.map((one) =>
      one.left === 0 ? one : { ...one, left: 0, right: one.left },
    );
    expect(told(styleOf(judgedData({ ...study, judgments: oneSide }), texts, everyone)).left).toEqual({
      notEstimable: "cannot be told apart from the systems and what stands before it",
    });
  });

  it("has no interval for a feature that differs on few prompts", () => {
    const { study, texts } = planted({ seed: "few", pull: 1 });
    const bold = texts.columns[3]!.map((_, at) => (at < 27 && at % 3 === 0 ? 2 : 0)); // nine prompts of the target
    const columns = [...texts.columns.slice(0, 3), bold];
    const { features } = told(styleOf(judgedData(study), { ...texts, columns }, everyone));
    expect(features[3]!.coefficient).toMatchObject({
      ...{ value: expect.any(Number) as number, notEstimable: "differs on fewer than 10 prompts" },
    });
  });

  it("stays finite, and says so, where longer always wins", () => {
    const { study, texts } = planted({ seed: "always", pull: 0 });
    const at = (prompt: number, system: number) =>
      texts.columns[0]![texts.placeOf({ prompt, system, turn: 1 })]!;
    const judgments = study.judgments.map((one) => ({
      ...one,
      choice: at(one.prompt, one.left) > at(one.prompt, one.right) ? ("left" as const) : ("right" as const),
    }));
    const { length } = told(styleOf(judgedData({ ...study, judgments }), texts, everyone));
    expect(length.low).toBeGreaterThan(0);
    expect(length.method).toContain("ridge 0.1 on length, which separate the judgments");
  });
});

describe("effects", () => {
  const anyTold: fc.Arbitrary<Told> = fc.record({
    ...{ prompt: fc.nat(11), turn: fc.constantFrom(1, 2), annotator: fc.nat(4), group: fc.nat(2) },
    ...{ left: fc.constantFrom(0, 1), right: fc.constantFrom(2, 3) },
    choice: fc.constantFrom("left", "tie", "right", "both_bad"),
    sideKnown: fc.boolean(),
  });
  const groups = [{ kind: "crowd" }, { kind: "crowd", headline: false }, { kind: "model" }] as const;

  it("fit the contract whatever was judged and written", () => {
    const feature = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(anyTold, { maxLength: 60 }),
        fc.array(feature, { minLength: 48, maxLength: 48 }),
        fc.constantFrom(0, 2, undefined),
        (judgments, features, target) => {
          const texts = textsOf(12, 4, (prompt, system) =>
            features[prompt * 4 + system]!.map((f, j) => (j > 0 ? Math.abs(f) : f)),
          );
          const study = { judgments, systems: 4, groups, ...(target === undefined ? {} : { target }) };
          const effects = effectsOf(judgedData(study), texts);
          effectsSchema.parse(effects);
          expect(effects.styleByGroup.map(({ group }) => group)).toEqual(["g1", "g2"]);
          if ("notEstimable" in effects.style) return;
          for (const { raw, controlled } of effects.style.lengthControlled) {
            if (!("value" in controlled)) continue;
            expect(controlled.value).toBeGreaterThanOrEqual(0);
            expect(controlled.value).toBeLessThanOrEqual(1);
            expect(raw).toHaveProperty("value");
          }
        },
      ),
    );
  });

  it("are told of people and of a model apart, and refused where nothing can be told", () => {
    const { study, texts } = planted({ seed: "groups", pull: 3 });
    const judgments = study.judgments.map((one) => ({ ...one, group: one.annotator === 0 ? 2 : 0 }));
    const effects = effectsOf(judgedData({ ...study, judgments, groups }), texts);
    const people = judgments.filter(({ group }) => group === 0).length;
    expect(effects.style).toHaveProperty("judgments", people);
    expect(effects.styleByGroup[0]!.style).toEqual({ notEstimable: "no judgments yet" });
    expect(effects.styleByGroup[1]!.style).toHaveProperty("judgments", judgments.length - people);
    const none = textsOf(100, 3, () => [-1]);
    expect(effectsOf(judgedData(study), none).style).toEqual({
      notEstimable: "no judgments of responses that were loaded",
    });
    const rebuilt = study.judgments.map((one) => ({ ...one, rebuilt: true }));
    expect(effectsOf(judgedData({ ...study, judgments: rebuilt }), texts).style).toHaveProperty(
      "notEstimable",
      expect.stringContaining("reconstructed"),
    );
  });
});

describe("the controlled rate of a pair", () => {
  const pair = (successes: number[], coefficient: number) => ({
    features: [Float64Array.of(1, -1, 2, 0)],
    ...{ coefficients: Float64Array.of(coefficient), controlled: 0 },
    ...{ trials: Float64Array.of(2, 2, 2, 2), successes: Float64Array.from(successes), from: 0, to: 4 },
  });

  it("is the rate as it was without a coefficient, and not told at 0 and 1", () => {
    expect(controlledRate(pair([2, 1, 1, 0.5], 0))!.value).toBeCloseTo(4.5 / 8, 12);
    expect(controlledRate(pair([0, 0, 0, 0], 1))).toBeNull();
    expect(controlledRate(pair([2, 2, 2, 2], 1))).toBeNull();
  });

  it("solves for the constant that a search finds, and moves as its slopes say", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }),
        fc.double({ min: -8, max: 8, noNaN: true }),
        (halves, coefficient) => {
          const successes = halves.map((half) => half / 2);
          const won = successes.reduce((sum, one) => sum + one, 0);
          fc.pre(won > 0 && won < 8);
          const of = (by: number) => controlledRate(pair(successes, by))!;
          const found = of(coefficient);
          const sigma = (x: number) => 1 / (1 + Math.exp(-x));
          let [low, high] = [-60, 60];
          while (high - low > 1e-13 * 60) {
            const a = (low + high) / 2;
            const expected = [1, -1, 2, 0].reduce((sum, x) => sum + 2 * sigma(a + coefficient * x), 0);
            if (expected > won) high = a;
            else low = a;
          }
          expect(found.value).toBeCloseTo(sigma(low), 9);
          const slope = (of(coefficient + 1e-5).value - of(coefficient - 1e-5).value) / 2e-5;
          expect(found.slopes[0]).toBeCloseTo(slope, 5);
        },
      ),
    );
  });
});
