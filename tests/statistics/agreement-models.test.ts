import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countOutcomes } from "../../server/statistics/agreement-counts.ts";
import { modelAndHuman } from "../../server/statistics/agreement-model.ts";
import { alternativeAnnotatorTest } from "../../server/statistics/alternative-annotator.ts";
import { benjaminiYekutieli } from "../../server/statistics/benjamini-yekutieli.ts";
import { promptDraws } from "../../server/statistics/prompt-draws.ts";
import { seededRandom } from "../../server/statistics/random.ts";
import { studentTCdf } from "../../server/statistics/special/student-t-cdf.ts";

const draws = promptDraws("seed");

/** What each person (by place; null: did not judge) and the model said of each comparison. */
interface Compared {
  people: readonly (number | null)[];
  model: readonly number[];
}

function columns(compared: readonly Compared[]) {
  const judged = compared.flatMap(({ people }, comparison) =>
    people.flatMap((outcome, annotator) => (outcome === null ? [] : [{ comparison, annotator, outcome }])),
  );
  const people = {
    comparison: Int32Array.from(judged, ({ comparison }) => comparison),
    annotator: Int32Array.from(judged, ({ annotator }) => annotator),
    outcome: Uint8Array.from(judged, ({ outcome }) => outcome),
    annotatorCount: Math.max(0, ...compared.map((one) => one.people.length)),
  };
  const byModel = compared.flatMap(({ model }, comparison) =>
    model.map((outcome) => ({ comparison, outcome })),
  );
  const model = countOutcomes(
    {
      comparison: Int32Array.from(byModel, ({ comparison }) => comparison),
      outcome: Uint8Array.from(byModel, ({ outcome }) => outcome),
    },
    () => true,
  );
  const promptOf = Int32Array.from(compared, (_, i) => Math.floor(i / 2));
  return { people, counts: countOutcomes(people, () => true), model, promptOf };
}

function tested(compared: readonly Compared[], epsilon = 0.1) {
  return alternativeAnnotatorTest({ ...columns(compared), epsilonFor: () => epsilon });
}

function differ(compared: readonly Compared[]) {
  const { counts, model, promptOf } = columns(compared);
  const prompts = { promptOf, promptCount: compared.length };
  return modelAndHuman({ model, people: counts, prompts, draws });
}

const uniforms = (seed: string) => {
  const random = seededRandom(seed);
  return () => random() / 2 ** 32;
};

/** People and a model who see the truth with some chance each, and else guess. */
function studyWith(given: {
  seed: string;
  comparisons: number;
  people: number;
  seen: number;
  model: number;
}) {
  const uniform = uniforms(given.seed);
  const guess = () => Math.floor(3 * uniform());
  return Array.from({ length: given.comparisons }, (): Compared => {
    const truth = guess();
    const judge = (seen: number) => (uniform() < seen ? truth : guess());
    return {
      people: Array.from({ length: given.people }, () => judge(given.seen)),
      model: [judge(given.model)],
    };
  });
}

describe("model with people, beside people with people", () => {
  it("is paired by comparison", () => {
    const made = differ([
      { people: [0, 0], model: [1] },
      { people: [0, 2, null], model: [0] },
      { people: [1], model: [1] },
      { people: [2, 2], model: [] },
    ]);
    expect(made.comparisons).toBe(2);
    expect(made.modelHuman.value).toBeCloseTo((0.5 + 0.5) / 2, 12);
    expect(made.humanHuman.value).toBeCloseTo((1 + 0) / 2, 12);
    expect(made.difference.value).toBeCloseTo(0, 12);
  });

  it("finds a model that is planted as worse, and none where it is one of the people", () => {
    const common = { comparisons: 240, people: 3, seen: 0.6 };
    const worse = differ(studyWith({ seed: "worse", ...common, model: 0.1 }));
    expect((worse.difference as { high: number }).high).toBeLessThan(0);
    let missed = 0;
    for (let i = 0; i < 200; i++) {
      const { difference } = differ(studyWith({ seed: `same ${i}`, ...common, model: 0.6 }));
      const { low, high } = difference as { low: number; high: number };
      if (low > 0 || high < 0) missed++;
    }
    expect(missed / 200).toBeLessThan(0.1);
    expect(missed).toBeGreaterThan(0);
  });

  it("is refused without a comparison that both rest on", () => {
    const refused = { notEstimable: "no comparison that the model and two people judged" };
    const nothing = { comparisons: 0, modelHuman: refused, humanHuman: refused, difference: refused };
    expect(differ([{ people: [0], model: [0] }])).toEqual(nothing);
    expect(differ([])).toEqual(nothing);
  });
});

/** Straight from the paper's definitions, with lists. */
function naiveTest(compared: readonly Compared[], epsilon: number) {
  const score = (said: number, others: readonly number[]) =>
    others.reduce((sum, other) => sum + 1 - Math.abs(said - other) / 2, 0) / others.length;
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
    for (let i = 0; i < 200; i++) {
      // the mean of d is 0.096 here
      const study = studyWith({ seed: `null ${i}`, comparisons: 100, people: 3, seen: 0.7, model: 0.5 });
      const made = tested(study, 0.09);
      if (!("notEstimable" in made) && made.passes) passed++;
    }
    expect(passed / 200).toBeLessThan(0.05);
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
