import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byPromptInterval } from "../../../../server/statistics/intervals/by-prompt-mean.ts";
import {
  powerToDetect,
  promptsNeeded,
  smallestDetectable,
} from "../../../../server/statistics/planning/planning.ts";
import { type Random, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { expectNear } from "../../../support/statistics/closeness.ts";
import { columnsOf, type Row } from "../../../support/statistics/judgments.ts";

const single = { judgmentsPerPrompt: 1, correlation: 0 };
const prompts = (given: Parameters<typeof promptsNeeded>[0]) =>
  (promptsNeeded(given) as { prompts: number }).prompts;

const designs = fc.record({
  ties: fc.double({ min: 0, max: 0.9, noNaN: true }),
  judgmentsPerPrompt: fc.integer({ min: 1, max: 9 }),
  correlation: fc.double({ min: 0, max: 1, noNaN: true }),
});
const powers = fc.double({ min: 0.3, max: 0.99, noNaN: true });

describe("prompts needed", () => {
  it.each([
    [0.55, [778, 605, 503]],
    [0.6, [189, 146, 120]],
    [0.65, [80, 61, 49]],
  ])("to detect %f are as published, by ties", (rate, expected) => {
    const found = [0, 0.22, 0.35].map((ties) => prompts({ ...single, rate, power: 0.8, ties }));
    expect(found).toEqual(expected);
    const below = [0, 0.22, 0.35].map((ties) => prompts({ ...single, rate: 1 - rate, power: 0.8, ties }));
    expect(below).toEqual(expected);
  });

  it("shrink with judgments of a prompt as far as those differ", () => {
    const given = { rate: 0.55, power: 0.8, ties: 0.22, judgmentsPerPrompt: 3 };
    expect(promptsNeeded({ ...given, correlation: 0 })).toMatchObject({ prompts: 202, judgments: 606 });
    expect(promptsNeeded({ ...given, correlation: 1 })).toMatchObject({ prompts: 605, judgments: 1815 });
    expect(promptsNeeded({ ...given, correlation: 0.5 })).toEqual({
      prompts: 403, // 604.36 (1 + 2 · 0.5) / 3 = 402.9
      judgments: 1209,
      effectiveJudgments: 604.5,
    });
  });

  it("are fewest that reach the power", () => {
    fc.assert(
      fc.property(designs, powers, fc.double({ min: 0.01, max: 1, noNaN: true }), (design, power, share) => {
        const rate = 0.5 + (share * (1 - design.ties)) / 2;
        const least = prompts({ ...design, rate, power });
        const reached = (n: number) =>
          (powerToDetect({ ...design, rate, prompts: n }) as { power: number }).power;
        expect(reached(least)).toBeGreaterThanOrEqual(power - 1e-7);
        if (least > 1) expect(reached(least - 1)).toBeLessThan(power + 1e-7);
      }),
    );
  });

  it("give the power that is planned, simulated", () => {
    const random = seededRandom(`power ${FIRST}`);
    for (const plan of [
      { rate: 0.55, power: 0.8, ties: 0.22, judgmentsPerPrompt: 1, correlation: 0 },
      { rate: 0.58, power: 0.8, ties: 0.35, judgmentsPerPrompt: 3, correlation: 0.5 },
      { rate: 0.4, power: 0.6, ties: 0, judgmentsPerPrompt: 4, correlation: 0.2 },
      { rate: 0.6, power: 0.9, ties: 0.22, judgmentsPerPrompt: 2, correlation: 0.9 },
    ]) {
      const needed = prompts(plan);
      let found = 0;
      const studies = times(800);
      for (let study = 0; study < studies; study++) {
        const columns = columnsOf(judged(random, { ...plan, prompts: needed }));
        const interval = byPromptInterval(columns);
        if ("notEstimable" in interval) continue;
        if (plan.rate > 0.5 ? interval.low > 0.5 : interval.high < 0.5) found++;
      }
      keepFigure(`planning: power ${plan.power} with ${needed} prompts`, found, studies);
      expect(Math.abs(found / studies - plan.power), JSON.stringify({ plan, needed, found })).toBeLessThan(
        0.015 + 2.5 * Math.sqrt((plan.power * (1 - plan.power)) / studies),
      );
    }
  });
});

describe("the smallest detectable rate", () => {
  it.each([
    [50, 0.3253],
    [100, 0.2383],
    [300, 0.141],
    [500, 0.1098],
    [1000, 0.0779],
  ])("of %i prompts is as published", (n, net) => {
    const found = smallestDetectable({ ...single, prompts: n, power: 0.8, ties: 0.22 });
    expect(2 * (found as { rate: number }).rate - 1).toBeCloseTo(net, 4);
  });

  it("turns round to the same number of prompts", () => {
    fc.assert(
      fc.property(designs, powers, fc.integer({ min: 1, max: 100_000 }), (design, power, n) => {
        const found = smallestDetectable({ ...design, prompts: n, power });
        if ("notEstimable" in found) return;
        expect(found.judgments).toBe(n * design.judgmentsPerPrompt);
        expect(prompts({ ...design, rate: found.rate, power })).toBe(n);
        expectNear(
          (powerToDetect({ ...design, prompts: n, rate: found.rate }) as { power: number }).power,
          power,
          1e-9,
        );
      }),
    );
  });

  it("is no larger than the rate that was planned for", () => {
    fc.assert(
      fc.property(
        designs,
        powers,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (design, power, share) => {
          const rate = 0.5 + (share * (1 - design.ties)) / 2;
          const found = smallestDetectable({
            ...design,
            power,
            prompts: prompts({ ...design, rate, power }),
          });
          if (!("notEstimable" in found)) expect(found.rate).toBeLessThanOrEqual(rate + 1e-9);
        },
      ),
    );
  });
});

describe("what cannot be planned", () => {
  it("is refused by name", () => {
    expect(promptsNeeded({ ...single, ties: 0.2, power: 0.8, rate: 0.5 })).toEqual({
      notEstimable: "a rate of one half is no difference",
    });
    const beyond = { notEstimable: "with ties as frequent as 0.5 no half-tie rate is beyond 0.75" };
    expect(promptsNeeded({ ...single, ties: 0.5, power: 0.8, rate: 0.8 })).toEqual(beyond);
    expect(powerToDetect({ ...single, ties: 0.5, prompts: 9, rate: 0.2 })).toEqual(beyond);
    const never = { notEstimable: "even a target that never loses would not be detected with this power" };
    expect(smallestDetectable({ ...single, ties: 0.9, prompts: 5, power: 0.8 })).toEqual(never);
    expect(smallestDetectable({ ...single, ties: 1, prompts: 5000, power: 0.8 })).toEqual(never);
  });

  it("takes a target that never loses as certain to be found", () => {
    expect(powerToDetect({ ...single, ties: 0, prompts: 3, rate: 1 })).toMatchObject({ power: 1 });
    expect(prompts({ ...single, ties: 0, power: 0.8, rate: 1 })).toBe(1);
  });

  it("throws at shares out of range", () => {
    const good = { ...single, ties: 0.2, power: 0.8, rate: 0.6 };
    for (const bad of [
      { ties: 1.1 },
      { ties: NaN },
      { correlation: -0.1 },
      { correlation: 1.1 },
      { judgmentsPerPrompt: 1.5 },
      { judgmentsPerPrompt: 0 },
      { power: 1 },
      { power: 0 },
      { rate: 1.5 },
      { rate: NaN },
    ]) {
      expect(() => promptsNeeded({ ...good, ...bad }), JSON.stringify(bad)).toThrow(RangeError);
    }
    for (const n of [0, 1.5, NaN]) {
      expect(() => smallestDetectable({ ...good, prompts: n })).toThrow(RangeError);
      expect(() => powerToDetect({ ...good, prompts: n })).toThrow(RangeError);
    }
  });
});

/** With chance `correlation` all judgments of a prompt are one and the same, else each is its own. */
function judged(
  random: Random,
  plan: { prompts: number; rate: number; ties: number; judgmentsPerPrompt: number; correlation: number },
): Row[] {
  const uniform = () => random() / 2 ** 32;
  const win = plan.rate - plan.ties / 2;
  const outcome = () => {
    const at = uniform();
    return at < win ? 2 : at < win + plan.ties ? 1 : 0;
  };
  const rows: Row[] = [];
  for (let prompt = 0; prompt < plan.prompts; prompt++) {
    const shared = uniform() < plan.correlation ? outcome() : null;
    for (let k = 0; k < plan.judgmentsPerPrompt; k++) {
      rows.push({ prompt, annotator: rows.length, outcome: shared ?? outcome() });
    }
  }
  return rows;
}
