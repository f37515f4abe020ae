import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DealtAnswers, dealtAnswers } from "../../../../server/statistics/tests/dealt-answers.ts";
import { randomBelow, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { everyDeal } from "../../../support/statistics/every-deal.ts";

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function dealt(said: readonly number[], worth: readonly (readonly number[])[], seed = "deals"): DealtAnswers {
  const made = dealtAnswers({
    ...{ said: Uint8Array.from(said), worth: Float64Array.from(worth.flat()) },
    random: seededRandom(seed),
  });
  if ("notEstimable" in made) throw new Error(made.notEstimable);
  return made;
}

const deviationOf = (values: readonly number[]) =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

const answer = fc.integer({ min: 0, max: 2 });
const worths = fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(0, 0.25, 0.5, 1)));
const judged = fc.array(fc.tuple(answer, worths), { minLength: 2, maxLength: 6 });

describe("an annotator's answers dealt anew", () => {
  it("are those of every deal counted one by one", () => {
    fc.assert(
      fc.property(judged, (both) => {
        const [said, worth] = [both.map(([one]) => one), both.map(([, of]) => of)];
        const agreementOf = (deal: readonly number[]) => mean(deal.map((k, i) => worth[i]![k]!));
        const ways = everyDeal(said).map(agreementOf);
        if (deviationOf(ways) < 1e-9) {
          expect(() => dealt(said, worth)).toThrow("shuffling them changes nothing");
          return;
        }
        const made = dealt(said, worth);
        expect(made.agreement).toBeCloseTo(agreementOf(said), 12);
        expect(made.chance).toBeCloseTo(mean(ways), 12);
        const share = mean(ways.map((way) => Number(way >= agreementOf(said) - 1e-9)));
        expect(Math.abs(made.p - share)).toBeLessThan(0.06);
      }),
      { numRuns: 60 },
    );
  });

  it("give an even p to those who answer by lot, and a small one to those who read", () => {
    const random = seededRandom("annotators");
    const truth = () => randomBelow(random, 3);
    const worthOf = (right: number) => [0, 1, 2].map((k) => 1 - Math.abs(k - right) / 2);
    let [small, found] = [0, 0];
    for (let i = 0; i < 200; i++) {
      const right = Array.from({ length: 60 }, truth);
      const worth = right.map(worthOf);
      if (dealt(right.map(truth), worth, `blind ${i}`).p < 0.2) small++;
      const reads = right.map((one) => (randomBelow(random, 2) === 0 ? one : truth()));
      if (dealt(reads, worth, `reads ${i}`).p < 0.05) found++;
    }
    expect(small / 200).toBeGreaterThan(0.08); // equal deals count, so p is a little too large
    expect(small / 200).toBeLessThan(0.28);
    expect(found / 200).toBeGreaterThan(0.95);
  });

  it("have the same p by the normal distribution as by deals, where there are many", () => {
    const random = seededRandom("many");
    const right = Array.from({ length: 200 }, () => randomBelow(random, 3));
    const said = right.map((one) => (randomBelow(random, 10) === 0 ? one : randomBelow(random, 3)));
    const worth = right.map((one) => [0, 1, 2].map((k) => 1 - Math.abs(k - one) / 2));
    const drawn = dealt(said, worth);
    const normal = dealt([...said, 1], [...worth, [0.5, 0.5, 0.5]]);
    expect([drawn.method, normal.method].map((method) => method.includes("normal"))).toEqual([false, true]);
    expect(Math.abs(drawn.p - normal.p)).toBeLessThan(0.03);
  });

  it("are refused where nothing can be dealt, and the same seed deals the same", () => {
    const none = { said: new Uint8Array(0), worth: new Float64Array(0), random: seededRandom("x") };
    expect(dealtAnswers(none)).toEqual({ notEstimable: "nobody else judged the same comparisons" });
    const worth = [1, 0.5, 0, 0, 0.5, 1];
    const same = { ...none, said: Uint8Array.of(1, 1), worth: Float64Array.from(worth) };
    expect(dealtAnswers(same)).toEqual({
      notEstimable: "all answers are the same, so shuffling them changes nothing",
    });
    const made = () => dealt([0, 2], [worth.slice(0, 3), worth.slice(3)]);
    expect(made()).toEqual(made());
    expect(made().p).toBeCloseTo(0.5, 1);
  });
});
