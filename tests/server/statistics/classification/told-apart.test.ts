import { describe, expect, it } from "vitest";
import { accuracyInterval, toldApart } from "../../../../server/statistics/classification/told-apart.ts";
import { type Random, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { FIRST, times } from "../../../support/effort.ts";

const normal = (random: Random) => {
  let sum = 0;
  for (let k = 0; k < 6; k++) sum += random() / 2 ** 32 - 0.5;
  return sum * Math.SQRT2;
};

/** `shift`: how far the first feature of the first source stands from that of the second, in deviations. */
function sample(seed: string, { prompts = 60, features = 20, shift = 0 } = {}) {
  const random = seededRandom(seed);
  const differences = Float64Array.from(
    { length: prompts * features },
    (_, at) => normal(random) + (at % features === 0 ? shift : 0),
  );
  return toldApart({ differences, prompts, features }, random);
}

describe("telling two sources apart", () => {
  it("is right on every prompt where one feature is always larger", () => {
    const differences = Float64Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 1 : Math.sin(at)));
    expect(toldApart({ differences, prompts: 10, features: 2 }, seededRandom("a")).accuracy).toBe(1);
  });

  it("is right on half where nothing differs", () => {
    const none = { differences: new Float64Array(20), prompts: 10, features: 2 };
    expect(toldApart(none, seededRandom("a")).accuracy).toBe(0.5);
  });

  it("comes near what the best rule can do", () => {
    // a shift of 1 deviation: Φ(1) = .841 of the prompts have the sign of their source
    const { accuracy } = sample("shifted", { prompts: 2000, shift: 1 });
    expect(accuracy).toBeGreaterThan(0.81);
    expect(accuracy).toBeLessThan(0.87);
  });

  it("does not depend on which source is called the first", () => {
    const differences = Float64Array.from({ length: 300 }, (_, at) => Math.sin(at * at));
    const turned = differences.map((one) => -one);
    const of = (given: Float64Array) =>
      toldApart({ differences: given, prompts: 30, features: 10 }, seededRandom("b")).accuracy;
    expect(of(turned)).toBe(of(differences));
  });

  it("claims no more than its error where there is nothing to find", () => {
    const studies = times(60);
    let [rejected, covered] = [0, 0];
    for (let k = FIRST; k < FIRST + studies; k++) {
      const { accuracy, byChance } = sample(`nothing ${k}`);
      const asGood = Array.from({ length: 19 }, byChance).filter((one) => one >= accuracy).length;
      if (asGood === 0) rejected++; // p = 1/20
      const { low, high } = accuracyInterval(accuracy, 60);
      if (low <= 0.5 && high >= 0.5) covered++;
    }
    const error = 3 * Math.sqrt((0.05 * 0.95) / studies);
    expect(rejected / studies).toBeLessThanOrEqual(0.05 + error);
    expect(covered / studies).toBeGreaterThanOrEqual(0.95 - error);
  });

  it("refuses what is no table", () => {
    const short = { differences: new Float64Array(3), prompts: 10, features: 2 };
    expect(() => toldApart(short, seededRandom("a"))).toThrow(RangeError);
  });
});
