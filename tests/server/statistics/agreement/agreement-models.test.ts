import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreementBeyondChance } from "../../../../server/statistics/agreement/beyond-chance.ts";
import { modelAndHuman } from "../../../../server/statistics/agreement/model.ts";
import { cohenKappa } from "../../../../server/statistics/agreement/cohen-kappa.ts";
import { promptDraws } from "../../../../server/statistics/resampling/prompt-draws.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import {
  type Compared,
  columns,
  studyWith,
  uniforms,
} from "../../../support/statistics/models-and-people.ts";

const draws = promptDraws("seed");

function differ(compared: readonly Compared[]) {
  const { counts, model, promptOf } = columns(compared);
  const prompts = { promptOf, promptCount: compared.length };
  return modelAndHuman({ model, people: counts, prompts, draws });
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
    expect(made.tieDiscounted.modelHuman.value).toBeCloseTo((0.5 + 0.5) / 2, 12);
    expect(made.tieDiscounted.humanHuman.value).toBeCloseTo((1 + 0) / 2, 12);
    expect(made.tieDiscounted.difference.value).toBeCloseTo(0, 12);
    expect(made.exact.modelHuman.value).toBeCloseTo((0 + 0.5) / 2, 12);
    expect(made.nonTie.modelHuman).toMatchObject({ value: 0.5 });
    expect(made.decisivePairs).toBe(2);
  });

  it("finds a model that is planted as worse, and none where it is one of the people", () => {
    const common = { comparisons: 240, people: 3, seen: 0.6 };
    const worse = differ(studyWith({ seed: "worse", ...common, model: 0.1 }));
    expect((worse.tieDiscounted.difference as { high: number }).high).toBeLessThan(0);
    let missed = 0;
    const studies = times(80);
    for (let i = FIRST; i < FIRST + studies; i++) {
      const { difference } = differ(studyWith({ seed: `same ${i}`, ...common, model: 0.6 })).tieDiscounted;
      const { low, high } = difference as { low: number; high: number };
      if (low > 0 || high < 0) missed++;
    }
    keepFigure("model with people: interval misses no difference", missed, studies);
    expect(missed / studies).toBeLessThan(0.1);
    expect(missed).toBeGreaterThan(0);
  });

  it("is refused without a comparison that both rest on", () => {
    const why = { notEstimable: "no comparison that the model and two people judged" };
    const refused = { modelHuman: why, chance: null, kappa: why, humanHuman: why, difference: why };
    const measures = { tieDiscounted: refused, exact: refused, nonTie: refused };
    expect(differ([{ people: [0], model: [0] }])).toEqual({
      ...{ comparisons: 0, decisivePairs: 0, ...measures },
    });
    expect(differ([])).toEqual({ comparisons: 0, decisivePairs: 0, ...measures });
  });
});

/** Agreement, chance and kappa of model and people, with lists, from what they are defined as. */
function naive(compared: readonly Compared[]) {
  const points = { exact: [1, 0, 0], tieDiscounted: [1, 0.5, 0] };
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const both = compared.flatMap(({ people, model }) => {
    const those = people.filter((said): said is number => said !== null);
    return those.length < 2 || model.length === 0 ? [] : [{ those, model }];
  });
  const shares = (of: (one: (typeof both)[number]) => readonly number[]) =>
    [0, 1, 2].map((k) => mean(both.map((one) => mean(of(one).map((said) => Number(said === k))))));
  const [byModel, byPeople] = [shares(({ model }) => model), shares(({ those }) => those)];
  return Object.entries(points).map(([, worth]) => {
    const agreement = mean(
      both.map(({ those, model }) =>
        mean(model.flatMap((m) => those.map((said) => worth[Math.abs(m - said)]!))),
      ),
    );
    const chance = byModel
      .flatMap((p, c) => byPeople.map((q, k) => p * q * worth[Math.abs(c - k)]!))
      .reduce((a, b) => a + b, 0);
    return { agreement, chance, kappa: (agreement - chance) / (1 - chance) };
  });
}

const outcome = fc.integer({ min: 0, max: 2 });
const crowd = fc.array(fc.array(outcome, { minLength: 2, maxLength: 6 }), { minLength: 3, maxLength: 25 });

describe("agreement beyond chance", () => {
  it("is that of its definition, however many judged", () => {
    for (const seed of ["a", "b", "c"]) {
      const uniform = uniforms(seed);
      const full = studyWith({ seed, comparisons: 70, people: 5, seen: 0.4, model: 0.6 });
      const study = full.map(({ people, model }) => ({
        people: people.map((said) => (uniform() < 0.4 ? null : said)),
        model: uniform() < 0.2 ? [] : uniform() < 0.2 ? [model[0]!, 1] : model,
      }));
      const made = differ(study);
      const [exact, tieDiscounted] = naive(study);
      for (const [told, expected] of [
        [made.exact, exact],
        [made.tieDiscounted, tieDiscounted],
      ] as const) {
        expect(told.modelHuman.value).toBeCloseTo(expected!.agreement, 12);
        expect(told.chance).toBeCloseTo(expected!.chance, 12);
        expect(told.kappa.value).toBeCloseTo(expected!.kappa, 12);
      }
    }
  });

  it("is nothing for whoever always says the same, whatever people say", () => {
    fc.assert(
      fc.property(crowd, outcome, (people, said) => {
        const made = differ(people.map((those) => ({ people: those, model: [said] })));
        for (const { modelHuman, chance, kappa } of [made.exact, made.tieDiscounted]) {
          expect(modelHuman.value).toBeCloseTo(chance!, 12);
          if ("value" in kappa) expect(kappa.value).toBeCloseTo(0, 9);
          else expect(kappa.notEstimable).toBe("both always choose the same");
        }
      }),
    );
  });

  it("of one verdict and another is Cohen's kappa, linear where ties count half", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(counts, (table) => {
        const { exact, tieDiscounted } = agreementBeyondChance(table);
        for (const [told, weighting] of [
          [exact, "unweighted"],
          [tieDiscounted, "linear"],
        ] as const) {
          const kappa = cohenKappa(table, { categories: 3, weighting });
          if ("notEstimable" in kappa) expect(told.kappa).toBeNull();
          else expect(told.kappa).toBeCloseTo(kappa.value, 9);
        }
      }),
    );
    expect(agreementBeyondChance([0, 4, 1, 0, 8, 0, 0, 1, 5]).nonTie).toMatchObject({ n: 6, value: 5 / 6 });
    expect(agreementBeyondChance(new Int32Array(9))).toEqual({
      tieDiscounted: { value: null, chance: null, kappa: null },
      exact: { value: null, chance: null, kappa: null },
      nonTie: { n: 0, value: null, chance: null, kappa: null },
    });
  });
});
