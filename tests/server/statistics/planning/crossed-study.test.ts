import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byPromptInterval } from "../../../../server/statistics/intervals/by-prompt-mean.ts";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import {
  powerToDetect,
  promptsNeeded,
  smallestDetectable,
} from "../../../../server/statistics/planning/planning.ts";
import { type Random, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { halfTieScores } from "../../../../server/statistics/judgments/half-tie.ts";
import { describeSampling } from "../../../../server/statistics/judgments/sampling.ts";
import { componentsOf, studiesOf } from "../../../../scripts/simulations/draw-study.ts";
import { columnsOf, type Row } from "../../../support/statistics/judgments.ts";

const design = { ties: 0.22, judgmentsPerPrompt: 3, correlation: 0.5 };
type Given = Parameters<typeof powerToDetect>[0];

const power = (given: Given): number => {
  const found = powerToDetect(given);
  if (isRefused(found)) throw new Error(found.notEstimable);
  return found.power;
};

describe("a plan for few annotators", () => {
  it.each([
    { annotators: 2, judgmentsPerPrompt: 1, prompts: 200 },
    { annotators: 3, judgmentsPerPrompt: 3, prompts: 97 },
    { annotators: 5, judgmentsPerPrompt: 3, prompts: 97 },
    { annotators: 2, judgmentsPerPrompt: 2, prompts: 97 },
  ])("promises what the report's interval finds: $annotators, $judgmentsPerPrompt each", (given) => {
    const plan = { ...design, ...given, rate: 0.6 };
    const random = seededRandom(JSON.stringify(given));
    const studies = 700;
    let found = 0;
    for (let study = 0; study < studies; study++) {
      const interval = byPromptInterval(columnsOf(judged(random, plan)));
      if (!isRefused(interval) && interval.low > 0.5) found++;
    }
    expect(Math.abs(found / studies - power(plan)), String(found / studies)).toBeLessThan(0.05);
  });

  it("takes more prompts the fewer they are, and never fewer than for many", () => {
    const rate = { ...design, rate: 0.6, power: 0.8 };
    const needed = [3, 4, 5, 8, 20, 1000, null].map((annotators) => {
      const size = promptsNeeded({ ...rate, annotators });
      return isRefused(size) ? NaN : size.prompts;
    });
    expect(needed).toEqual([...needed].sort((a, b) => b - a));
    expect(needed[0]).toBeGreaterThan(100);
    expect(needed.at(-1)).toBe(97);
  });

  it("has less power the more they differ, and a limit that no number of prompts passes", () => {
    const given = { ...design, annotators: 5, rate: 0.6 };
    const at = (annotatorCorrelation: number, prompts: number) =>
      power({ ...given, annotatorCorrelation, prompts });
    const powers = [0, 0.01, 0.02, 0.05, 0.2].map((one) => at(one, 200));
    expect(powers).toEqual([...powers].sort((a, b) => b - a));
    expect(at(0.02, 1e9)).toBeLessThan(0.8);
    expect(at(0, 1e6)).toBeGreaterThan(0.999);
    expect(at(0.02, 1e9)).toBeGreaterThan(at(0.02, 1000));
    expect(promptsNeeded({ ...given, annotatorCorrelation: 0.02, power: 0.8 })).toMatchObject({
      notEstimable: expect.stringMatching(/no number of prompts is enough.*takes 6 annotators/) as string,
    });
    expect(promptsNeeded({ ...given, annotatorCorrelation: 0.6, power: 0.8 })).toMatchObject({
      notEstimable: "the two correlations are together above 1",
    });
  });

  it.each([
    { prompts: 97, annotators: 5, votes: 3, spread: 0.2 },
    { prompts: 200, annotators: 8, votes: 3, spread: 0.2 },
  ])("finds as often as planned where annotators differ: $annotators", (given) => {
    const truth = componentsOf({ rate: 0.6, spread: given.spread });
    const whole = truth.annotators + truth.prompts + truth.residual;
    const plan = {
      ...{ rate: 0.6, prompts: given.prompts, judgmentsPerPrompt: given.votes },
      ...{ ties: 1 - 4 * whole - 0.04, correlation: truth.prompts / whole },
      ...{ annotators: given.annotators, annotatorCorrelation: truth.annotators / whole },
    };
    const random = seededRandom(JSON.stringify(given));
    const draw = studiesOf({ name: "", ...given }, { rate: 0.6, spread: given.spread });
    const studies = 600;
    let found = 0;
    for (let study = 0; study < studies; study++) {
      const drawn = draw(random);
      const sampling = describeSampling({ ...drawn, fixedAnnotators: false });
      const interval = byPromptInterval({ scores: halfTieScores(drawn.outcomes), sampling });
      if (!isRefused(interval) && interval.low > 0.5) found++;
    }
    expect(Math.abs(found / studies - power(plan)), String(found / studies)).toBeLessThan(0.06);
  });

  it("gives the fewest prompts that reach the power, and turns round", () => {
    const annotators = fc.integer({ min: 3, max: 30 });
    const rates = fc.double({ min: 0.53, max: 0.75, noNaN: true });
    fc.assert(
      fc.property(annotators, rates, fc.constantFrom(0.5, 0.8, 0.9), (count, rate, wanted) => {
        const given = { ...design, annotators: count };
        const size = promptsNeeded({ ...given, rate, power: wanted });
        if (isRefused(size)) throw new Error(size.notEstimable);
        expect(power({ ...given, rate, prompts: size.prompts })).toBeGreaterThanOrEqual(wanted);
        if (size.prompts > 2)
          expect(power({ ...given, rate, prompts: size.prompts - 1 })).toBeLessThan(wanted);
        const smallest = smallestDetectable({ ...given, prompts: size.prompts, power: wanted });
        if (isRefused(smallest)) throw new Error(smallest.notEstimable);
        expect(smallest.rate).toBeLessThanOrEqual(rate + 1e-9);
      }),
      { numRuns: 25 },
    );
  });

  it("takes six prompts for a target that never loses, as fewer wins show nothing", () => {
    const given = { ties: 0, judgmentsPerPrompt: 3, correlation: 0.5, annotators: 5 };
    expect([2, 5, 6].map((prompts) => power({ ...given, prompts, rate: 1 }))).toEqual([0, 0, 1]);
    expect(promptsNeeded({ ...given, rate: 1, power: 0.8 })).toMatchObject({ prompts: 6 });
    expect(smallestDetectable({ ...given, prompts: 5, power: 0.8 })).toEqual({
      notEstimable: "even a target that never loses would not be detected with this power",
    });
    const wins = columnsOf(
      [0, 1, 2, 3, 4, 5].flatMap((prompt) => [0, 1, 2].map((k) => ({ prompt, annotator: k, outcome: 2 }))),
    );
    expect(byPromptInterval(wins)).toMatchObject({ low: expect.closeTo(0.541, 3) as number });
  });

  it("is refused where they cannot judge so", () => {
    const given = { ...design, rate: 0.6, power: 0.8 };
    expect(promptsNeeded({ ...given, annotators: 2 })).toEqual({
      notEstimable: "3 judgments per prompt take as many annotators",
    });
    expect(smallestDetectable({ ...given, prompts: 50, judgmentsPerPrompt: 1, annotators: 1 })).toEqual({
      notEstimable: "one annotator is no sample of others",
    });
    expect(() => powerToDetect({ ...given, prompts: 50, annotators: 2.5 })).toThrow(RangeError);
  });
});

/** With chance `correlation` a judgment is the prompt's own, shared with those that are its own too: they correlate so. */
function judged(random: Random, plan: Given & { annotators: number }): Row[] {
  const uniform = () => random() / 2 ** 32;
  const win = plan.rate - plan.ties / 2;
  const outcome = () => {
    const at = uniform();
    return at < win ? 2 : at < win + plan.ties ? 1 : 0;
  };
  const rows: Row[] = [];
  for (let prompt = 0; prompt < plan.prompts; prompt++) {
    const shared = outcome();
    const order = Array.from({ length: plan.annotators }, (_, annotator) => ({ annotator, at: uniform() }));
    order.sort((a, b) => a.at - b.at);
    for (const { annotator } of order.slice(0, plan.judgmentsPerPrompt)) {
      const isShared = uniform() < Math.sqrt(plan.correlation);
      rows.push({ prompt, annotator, outcome: isShared ? shared : outcome() });
    }
  }
  return rows;
}
