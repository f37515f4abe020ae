import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alternativeAnnotatorTest } from "../../../../server/statistics/agreement/alternative-annotator.ts";
import { alternativeVerdict } from "../../../../server/statistics/agreement/alternative-verdict.ts";
import { benjaminiYekutieli } from "../../../../server/statistics/tests/benjamini-yekutieli.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { studentTCdf } from "../../../../server/statistics/special/student-t-cdf.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import {
  type Compared,
  columns,
  studyWith,
  uniforms,
} from "../../../support/statistics/models-and-people.ts";

function tested(compared: readonly Compared[], epsilon = 0.1) {
  const random = seededRandom("power");
  return alternativeAnnotatorTest({ ...columns(compared), epsilonFor: () => epsilon, random });
}

type Worth = (apart: number) => number;
const EQUAL: Worth = (apart) => (apart === 0 ? 1 : 0);
const DISCOUNTED: Worth = (apart) => 1 - apart / 2;

/** Straight from the paper's definitions, with lists; scored by equality, as there, or by another worth of being apart. */
function naiveTest(compared: readonly Compared[], epsilon: number, worth: Worth = EQUAL) {
  const score = (said: number, others: readonly number[]) =>
    others.reduce((sum, other) => sum + worth(Math.abs(said - other)), 0) / others.length;
  const count = Math.max(0, ...compared.map(({ people }) => people.length));
  const results = [];
  for (let j = 0; j < count; j++) {
    const contests = compared.flatMap(({ people, model }) => {
      const others = people.filter((said, k): said is number => k !== j && said !== null);
      const own = people[j];
      if (own === null || own === undefined || others.length === 0 || model.length === 0) return [];
      const [human, machine] = [score(own, others), score(model[0]!, others)];
      return [{ f: Number(machine > human - 1e-9), h: Number(human > machine - 1e-9) }];
    });
    if (contests.length < 30) continue;
    const d = contests.map(({ f, h }) => h - f);
    const mean = d.reduce((sum, one) => sum + one, 0) / d.length;
    const variance = d.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (d.length - 1);
    const p = studentTCdf((mean - epsilon) / Math.sqrt(variance / d.length), d.length - 1);
    results.push({ p, rho: contests.reduce((sum, { f }) => sum + f, 0) / contests.length });
  }
  return results;
}

describe("the alternative-annotator test", () => {
  it("is that of its definition", () => {
    for (const [i, model] of [0.2, 0.5, 0.6, 0.8].entries()) {
      const full = studyWith({ seed: `twin ${i}`, comparisons: 150, people: 5, seen: 0.5, model });
      const uniform = uniforms(`gaps ${i}`);
      const study = full.map((one) => ({
        people: one.people.map((said) => (uniform() < 0.4 ? null : said)),
        model: uniform() < 0.1 ? [] : one.model,
      }));
      const made = tested(study, 0.15);
      const expected = naiveTest(study, 0.15);
      if ("notEstimable" in made) throw new Error(made.notEstimable);
      const rejected = benjaminiYekutieli(
        expected.map(({ p }) => p),
        0.05,
      ).filter(Boolean).length;
      expect(made.annotators).toBe(expected.length);
      expect(made.winningRate).toBeCloseTo(rejected / expected.length, 12);
      const rho = expected.reduce((sum, one) => sum + one.rho, 0) / expected.length;
      expect(made.advantageProbability.value).toBeCloseTo(rho, 12);
      expect(made.passes).toBe(rejected / expected.length >= 0.5);
      const sorted = expected.map(({ p }) => p).sort((a, b) => a - b);
      made.pValues.forEach((p, k) => expect(p).toBeCloseTo(sorted[k]!, 12));
      const discounted = naiveTest(study, 0.15, DISCOUNTED);
      expect(made.tieDiscounted.advantageProbability.value).toBeCloseTo(
        discounted.reduce((sum, one) => sum + one.rho, 0) / discounted.length,
        12,
      );
    }
  });

  it("lets a model pass that sees more than people, and not one that guesses", () => {
    const common = { comparisons: 200, people: 4, seen: 0.5 };
    expect(tested(studyWith({ seed: "better", ...common, model: 0.95 }))).toMatchObject({
      passes: true,
      winningRate: 1,
      annotators: 4,
      epsilon: 0.1,
    });
    expect(tested(studyWith({ seed: "guesses", ...common, model: 0 }))).toMatchObject({
      passes: false,
      winningRate: 0,
    });
  });

  it("rarely lets a model win that is worse by just ε", () => {
    let passed = 0;
    const studies = times(100);
    for (let i = FIRST; i < FIRST + studies; i++) {
      // the mean of d is 0.096 here
      const study = studyWith({ seed: `null ${i}`, comparisons: 100, people: 3, seen: 0.7, model: 0.5 });
      const made = tested(study, 0.09);
      if (!("notEstimable" in made) && made.passes) passed++;
    }
    keepFigure("alternative annotator: passes though worse by ε", passed, studies);
    expect(passed / studies).toBeLessThan(0.05);
  });

  it("says beforehand how often an equal would pass", () => {
    const common = { people: 3, seen: 0.5, model: 0.5 };
    for (const [comparisons, studies] of [
      [60, 60],
      [150, 60],
      [500, 30],
    ] as const) {
      let [passed, foreseen] = [0, 0];
      for (let i = 0; i < studies; i++) {
        const made = tested(studyWith({ seed: `equal ${i}`, comparisons, ...common }));
        if ("notEstimable" in made) throw new Error(made.notEstimable);
        passed += Number(made.passes) / studies;
        foreseen += made.power / studies;
      }
      expect(Math.abs(passed - foreseen)).toBeLessThan(0.17);
    }
  });

  it("has hardly any power with few comparisons of each of many annotators", () => {
    const many = studyWith({ seed: "many", comparisons: 400, people: 20, seen: 0.6, model: 0.6 });
    const thin = many.map((one, i) => ({
      ...one,
      people: one.people.map((said, j) => (j % 10 === i % 10 ? said : null)),
    }));
    expect(tested(thin)).toMatchObject({ annotators: 20, passes: false });
    expect((tested(thin) as { power: number }).power).toBeLessThan(0.05);
  });

  it("counts several judgments of a model by their mean", () => {
    const once = studyWith({ seed: "several", comparisons: 80, people: 3, seen: 0.6, model: 0.6 });
    const thrice = once.map((one) => ({ ...one, model: [one.model[0]!, one.model[0]!, one.model[0]!] }));
    expect(tested(thrice)).toEqual(tested(once));
  });

  it("does not call it certain where model and person always do alike", () => {
    const alike = Array.from({ length: 40 }, () => ({ people: [0, 0], model: [0] }));
    // (1 − 0.1)^40 = 0.0148 against 0.05 · 2/2 / (1 + ½) = 0.033, and 0.9^30 = 0.042
    expect(tested(alike)).toMatchObject({ winningRate: 1, advantageProbability: { value: 1, high: 1 } });
    expect(tested(alike.slice(0, 30))).toMatchObject({ winningRate: 0 });
    const against = Array.from({ length: 40 }, () => ({ people: [0, 0], model: [2] }));
    expect(tested(against)).toMatchObject({ winningRate: 0, advantageProbability: { value: 0, low: 0 } });
  });

  it("is refused where fewer than two annotators have 30 comparisons", () => {
    const few = studyWith({ seed: "few", comparisons: 29, people: 3, seen: 0.5, model: 0.5 });
    expect(tested(few)).toEqual({
      notEstimable: "no annotator has 30 comparisons that the model and another person judged too",
    });
    const alone = Array.from({ length: 40 }, (_, i) => ({
      people: [0, i % 2 ? 1 : null, i % 2 ? null : 2],
      model: [0],
    }));
    expect(tested(alone)).toEqual({
      notEstimable: "only one annotator has 30 comparisons that the model and another person judged too",
    });
    expect(tested([])).toHaveProperty("notEstimable");
  });
});

const beyond = { value: 0.2, low: 0.1, high: 0.3, method: "", n: 9 };

describe("what the test may be read as", () => {
  const read = (test: { passes?: boolean; power?: number; isWorse?: boolean }, isConstant = false) =>
    alternativeVerdict({ passes: false, power: 0.9, isWorse: false, ...test }, { isConstant, kappa: beyond });

  it("is yes for a model that wins beyond chance, and never for one that is constant", () => {
    expect(read({ passes: true })).toEqual({ verdict: "yes", reason: "won" });
    for (const passes of [true, false])
      for (const power of [0, 1])
        expect(read({ passes, power }, true)).toEqual({ verdict: "no", reason: "constant" });
  });

  it("cannot be told where it has no power, unless the model is shown to be worse", () => {
    expect(read({ power: 0.79 })).toEqual({ verdict: "cannot tell", reason: "little power" });
    expect(read({ power: 0.8 })).toEqual({ verdict: "no", reason: "lost" });
    expect(read({ power: 0.1, isWorse: true })).toEqual({ verdict: "no", reason: "worse" });
  });

  it("cannot be told where agreement may be chance", () => {
    const test = { passes: true, power: 0.9, isWorse: false };
    for (const kappa of [
      { ...beyond, low: -0.01 },
      { value: 0.4, notEstimable: "only one prompt" },
    ]) {
      const verdict = alternativeVerdict(test, { isConstant: false, kappa });
      expect(verdict).toEqual({ verdict: "cannot tell", reason: "not beyond chance" });
    }
  });

  it("finds a model that guesses to be worse than people who see", () => {
    const made = tested(studyWith({ seed: "worse", comparisons: 200, people: 4, seen: 0.9, model: 0 }));
    expect(made).toMatchObject({ isWorse: true, passes: false });
    const equal = tested(studyWith({ seed: "equal", comparisons: 200, people: 4, seen: 0.9, model: 0.9 }));
    expect(equal).toMatchObject({ isWorse: false });
  });
});

describe("Benjamini and Yekutieli's correction", () => {
  it("rejects up to the largest value under its bound", () => {
    expect(benjaminiYekutieli([0.01, 0.02, 0.9], 0.05)).toEqual([false, false, false]);
    expect(benjaminiYekutieli([0.9, 0.009, 0.018], 0.05)).toEqual([false, true, true]);
    expect(benjaminiYekutieli([0.026, 0.02, 0.027], 0.05)).toEqual([true, true, true]);
    expect(benjaminiYekutieli([0.05], 0.05)).toEqual([true]);
    expect(benjaminiYekutieli([], 0.05)).toEqual([]);
    expect(() => benjaminiYekutieli([NaN], 0.05)).toThrow(RangeError);
  });

  it("rejects nothing that Bonferroni with the harmonic sum would not, and follows order", () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1, maxLength: 30 }), (values) => {
        const rejected = benjaminiYekutieli(values, 0.05);
        const harmonic = values.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
        values.forEach((value, i) => {
          if (value <= 0.05 / (values.length * harmonic)) expect(rejected[i]).toBe(true);
          if (value > 0.05 / harmonic) expect(rejected[i]).toBe(false);
          values.forEach((other, j) => {
            if (rejected[i] && other <= value) expect(rejected[j]).toBe(true);
          });
        });
      }),
    );
  });
});
