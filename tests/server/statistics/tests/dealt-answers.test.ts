import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DealtAnswers,
  dealtAnswers,
  expectedAbove,
  isBelowOthers,
  powerOfDeals,
} from "../../../../server/statistics/tests/dealt-answers.ts";
import { randomBelow, seededRandom } from "../../../../server/statistics/resampling/random.ts";

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

/** Every way to deal the answers over the comparisons, one by one. */
function everyDeal(said: readonly number[]): number[][] {
  if (said.length === 0) return [[]];
  return said.flatMap((one, i) => everyDeal(said.filter((_, j) => j !== i)).map((rest) => [one, ...rest]));
}

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
        const sumOf = (deal: readonly number[]) =>
          deal.reduce((sum, k, i) => sum + (k - 1) * (worth[i]![2]! - worth[i]![0]!), 0);
        const sums = everyDeal(said).map(sumOf);
        expect(made.net.spread).toBeCloseTo(deviationOf(sums), 9);
        expect(made.net.above * made.net.spread).toBeCloseTo(
          deviationOf(sums) < 1e-9 ? 0 : sumOf(said) - mean(sums),
          9,
        );
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

  it("are expected as far above chance as the other people lean to what the others say", () => {
    const of = (above: number, spread: number, isPerson = true) => ({ net: { above, spread }, isPerson });
    expect(expectedAbove([of(2, 4), of(3, 4), of(0, 2), of(9, 4, false)])).toEqual([
      (4 * 12) / (16 + 4), // β = 12 / 20 over the two others
      (4 * 8) / (16 + 4),
      (2 * 20) / (16 + 16),
      (4 * 20) / (16 + 16 + 4), // no person: none of the others to anybody
    ]);
    expect(expectedAbove([of(2, 4), of(9, 4, false)])[0]).toBe(0);
    expect(expectedAbove([of(0, 0), of(3, 4)])).toEqual([0, 0]);
  });

  it("show who is below the others, the lowest of all in one study of twenty", () => {
    expect(powerOfDeals(0, 1)).toBeCloseTo(0.05, 9);
    expect(powerOfDeals(1.6448536269514722, 1)).toBeCloseTo(0.5, 9);
    expect(isBelowOthers(0, 1.65, 1)).toBe(true);
    expect(isBelowOthers(0, 1.64, 1)).toBe(false);
    // the lowest of ten lies 2.568 deviations below the others in one study of twenty: .95^(1/10) = .99488
    expect(isBelowOthers(-0.1, 2.469, 10)).toBe(true);
    expect(isBelowOthers(-0.1, 2.467, 10)).toBe(false);
    expect(powerOfDeals(2.5678, 10)).toBeCloseTo(0.5, 3);
  });
});
