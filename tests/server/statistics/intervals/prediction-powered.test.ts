import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { predictionPowered } from "../../../../server/statistics/intervals/prediction-powered.ts";
import { studentTQuantile } from "../../../../server/statistics/special/student-t-quantile.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { normal, uniform } from "../../../support/statistics/ranking-support.ts";

const HALVES = [0, 0.5, 1];

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const squares = (values: readonly number[]) => values.reduce((sum, x) => sum + (x - mean(values)) ** 2, 0);

/** The estimate as its paper has it, a sum at a time. */
function written(people: readonly number[], model: readonly number[], others: readonly number[]) {
  const [n, rest] = [people.length, others.length];
  let cov = 0;
  for (let p = 0; p < n; p++) cov += (people[p]! - mean(people)) * (model[p]! - mean(model));
  const all = squares([...model, ...others]) / (n + rest - 1);
  const best = cov / (n - 1) / ((1 + n / rest) * all);
  const lambda = best < 0 ? 0 : best > 1 ? 1 : best;
  const value = lambda * mean(others) + mean(people.map((y, p) => y - lambda * model[p]!));
  const left = squares(people.map((y, p) => y - lambda * model[p]!)) / (n - 2) / n;
  const variance = left + (lambda * lambda * squares(others)) / (rest - 1) / rest;
  return { lambda, value, half: studentTQuantile(0.975, n - 2) * Math.sqrt(variance), variance };
}

const given = (people: readonly number[], model: readonly number[], others: readonly number[]) => ({
  people: Float64Array.from(people),
  model: Float64Array.from(model),
  others: Float64Array.from(others),
});

function made(...of: Parameters<typeof written>) {
  const result = predictionPowered(given(...of));
  if ("notEstimable" in result) throw new Error(result.notEstimable);
  return result;
}

/** Prompts with some taste each: people's mean score, and a model's that follows it as far as `skill`, leaning by `lean`. */
function drawn(
  random: () => number,
  { n, rest, skill, lean }: Record<"n" | "rest" | "skill" | "lean", number>,
) {
  const cut = (latent: number) => (latent > 0.3 ? 1 : latent < -0.3 ? 0 : 0.5);
  const prompts = Array.from({ length: n + rest }, () => {
    const taste = normal(random);
    const people = [0, 1, 2].map(() => cut(0.3 + 0.7 * taste + normal(random)));
    const model = cut(lean + skill * taste + Math.sqrt(1.49 - skill ** 2) * normal(random));
    return { people: mean(people), model };
  });
  const own = prompts.slice(0, n);
  return [
    own.map(({ people }) => people),
    own.map(({ model }) => model),
    prompts.slice(n).map(({ model }) => model),
  ] as const;
}

describe("people and a model together", () => {
  it("agree with the estimate written out", () => {
    const score = fc.constantFrom(...HALVES);
    const two = fc.array(fc.tuple(score, score), { minLength: 30, maxLength: 50 });
    fc.assert(
      fc.property(two, fc.array(score, { minLength: 10, maxLength: 60 }), (pairs, others) => {
        const [people, model] = [pairs.map(([y]) => y), pairs.map(([, f]) => f)];
        const result = predictionPowered(given(people, model, others));
        if ("notEstimable" in result) return;
        const twin = written(people, model, others);
        expect(result.lambda).toBeCloseTo(twin.lambda, 12);
        expect(result.value).toBeCloseTo(Math.min(1, Math.max(0, twin.value)), 12);
        expect(result.low).toBeCloseTo(Math.max(0, twin.value - twin.half), 12);
        expect(result.high).toBeCloseTo(Math.min(1, twin.value + twin.half), 12);
        expect(result.gain).toBeCloseTo(
          squares(people) / (people.length - 1) / people.length / twin.variance,
          9,
        );
      }),
    );
  });

  it("are the mean of all where the model is equal to people, and people alone where it goes against them", () => {
    const people = Array.from({ length: 40 }, (_, p) => HALVES[(p * p) % 3]!);
    const others = Array.from({ length: 80 }, (_, p) => HALVES[(p * p) % 3]!);
    expect(made(people, people, others).value).toBeCloseTo(mean([...people, ...others]), 2);
    const against = made(
      people,
      people.map((y) => 1 - y),
      others.map((f) => 1 - f),
    );
    expect([against.lambda, against.value]).toEqual([0, expect.closeTo(mean(people), 12)]);
  });

  it("refuse by name what would not hold", () => {
    const people = Array.from({ length: 40 }, (_, p) => HALVES[p % 3]!);
    const refusal = (...of: Parameters<typeof given>) => predictionPowered(given(...of));
    const few = people.slice(0, 29);
    expect(refusal(few, few, people)).toEqual({ notEstimable: "fewer than 30 prompts judged by people" });
    expect(refusal(people, people, few.slice(0, 9))).toEqual({
      notEstimable: "fewer than 10 prompts judged by the model alone",
    });
    const ties = people.map(() => 0.5);
    expect(refusal(people, ties, ties)).toEqual({
      notEstimable: "the model gives every prompt the same mean",
    });
    expect(refusal(ties, people, people)).toEqual({ notEstimable: "every prompt has the same mean" });
    expect(
      refusal(
        people,
        people,
        people.map((f) => 0.5 + f / 2),
      ),
    ).toEqual({
      notEstimable:
        "the model differs between prompts of people and others, so those of people are hardly a random part",
    });
    expect(() => predictionPowered(given([1], [], []))).toThrow(RangeError);
  });

  it("cover the truth as often as an interval should, also with a model that leans, and are narrower with a good one", () => {
    const studies = times(200);
    const truth = mean(drawn(uniform(1), { n: 60_000, rest: 0, skill: 1, lean: 0 })[0]);
    let [covered, told, gain] = [0, 0, 0];
    for (let seed = FIRST; seed < FIRST + studies; seed++) {
      const result = predictionPowered(
        given(...drawn(uniform(seed + 7), { n: 80, rest: 320, skill: 1, lean: 1 })),
      );
      if ("notEstimable" in result) continue;
      told++;
      gain += result.gain;
      if (result.low <= truth && truth <= result.high) covered++;
    }
    keepFigure("people and a model together: covered", covered, told);
    expect(covered / told).toBeGreaterThan(0.9);
    expect(gain / told).toBeGreaterThan(1.1);
  });
});
