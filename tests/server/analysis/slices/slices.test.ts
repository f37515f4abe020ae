import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slicesSchema } from "../../../../server/contract/report-effects.ts";
import type { PromptFields } from "../../../../server/analysis/slices/read-prompt-fields.ts";
import { slicesOf } from "../../../../server/analysis/slices/slices.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";

/** A field by a function of the prompt; null: the prompt has no value. */
function fieldOf(name: string, prompts: number, of: (prompt: number) => string | null) {
  const given = Array.from({ length: prompts }, (_, prompt) => of(prompt));
  const values = [...new Set(given.filter((value) => value !== null))];
  return {
    name,
    values,
    codes: Int32Array.from(given, (value) => (value === null ? -1 : values.indexOf(value))),
  };
}

const fieldsOf = (prompts: number, ...fields: PromptFields["fields"]): PromptFields => ({
  lengths: Float64Array.from({ length: prompts }, (_, prompt) => prompt + 1),
  fields,
});

/** Each prompt judged by three of nine annotators; the target wins with the given chance. */
function simulated(seed: string, prompts: number, chance: (prompt: number) => number): Told[] {
  const random = seededRandom(seed);
  return Array.from({ length: prompts * 3 }, (_, i): Told => {
    const prompt = Math.floor(i / 3);
    const wins = random() / 2 ** 32 < chance(prompt);
    return { prompt, left: 0, right: 1, annotator: (i * 5 + prompt) % 9, choice: wins ? "left" : "right" };
  });
}

describe("slices", () => {
  it("have the rate of the pair on their part of the prompts, with their numbers", () => {
    const judgments = simulated("counted", 48, (prompt) => (prompt % 4 === 0 ? 0.9 : 0.4));
    const source = fieldOf("source", 48, (prompt) =>
      prompt === 47 ? null : prompt % 4 === 0 ? "wiki" : "forum",
    );
    const [bySource, byLength] = slicesOf(
      judgedData({ judgments, systems: 2, target: 0 }),
      fieldsOf(48, source),
    );
    expect(bySource).toMatchObject({ field: "source", values: 2, prompts: 47 });
    expect(bySource!.slices.map(({ value, prompts, judgments: n }) => [value, prompts, n])).toEqual([
      ["forum", 35, 105],
      ["wiki", 12, 36],
    ]);
    const wiki = judgments.filter(({ prompt }) => prompt % 4 === 0);
    const won = wiki.filter(({ choice }) => choice === "left").length / wiki.length;
    const rates = bySource!.slices.map(({ halfTieRateByPrompt }) => halfTieRateByPrompt);
    if (!("low" in rates[0]! && "low" in rates[1]!)) throw new Error("no interval");
    expect(rates[1].value).toBeCloseTo(won, 14);
    expect(rates[1].low).toBeGreaterThan(rates[0].high);
    expect(byLength!.slices.map(({ value, prompts }) => [value, prompts])).toEqual([
      ["1 to 12 characters", 12],
      ["13 to 24 characters", 12],
      ["25 to 36 characters", 12],
      ["37 to 48 characters", 12],
    ]);
  });

  it("cover the truth of a slice about as often as they say", () => {
    let covered = 0;
    const studies = times(100);
    const odd = fieldOf("split", 80, (prompt) => String(prompt % 2));
    for (let k = FIRST; k < FIRST + studies; k++) {
      const judgments = simulated(`none ${k}`, 80, () => 0.5);
      const [slices] = slicesOf(judgedData({ judgments, systems: 2 }), fieldsOf(80, odd));
      const rate = slices!.slices[1]!.halfTieRateByPrompt;
      if (!("low" in rate)) throw new Error("no interval");
      if (rate.low <= 0.5 && rate.high >= 0.5) covered++;
    }
    keepFigure("slices: covers", covered, studies);
    expect(covered / studies).toBeGreaterThan(0.9);
    expect(covered / studies).toBeLessThan(1);
  });

  it("have no interval over fewer than ten prompts", () => {
    const judgments = simulated("few", 12, () => 0.5);
    const field = fieldOf("topic", 12, (prompt) => (prompt < 3 ? "a" : "b"));
    const [topic] = slicesOf(judgedData({ judgments, systems: 2 }), fieldsOf(12, field));
    for (const { halfTieRateByPrompt } of topic!.slices) {
      expect(halfTieRateByPrompt).toMatchObject({
        ...{ value: expect.any(Number) as number, notEstimable: "fewer than 10 prompts" },
      });
    }
  });

  it("leave out fields with one value, and name those with too many", () => {
    const judgments = simulated("many", 60, () => 0.5);
    const fields = fieldsOf(
      60,
      fieldOf("same", 60, () => "x"),
      fieldOf("id", 60, (prompt) => `p${prompt}`),
    );
    const slices = slicesOf(judgedData({ judgments, systems: 2 }), fields);
    expect(slices.map(({ field }) => field)).toEqual(["id", "prompt length"]);
    expect(slices[0]).toEqual({
      ...{ field: "id", values: 60, prompts: 60, notSliced: "more than 50 values", slices: [] },
    });
    expect(slicesOf(judgedData({ judgments: [], systems: 2 }), fieldsOf(0))).toEqual([]);
  });

  it("refuse what rebuilt judgments do not tell", () => {
    const judgments = simulated("rebuilt", 40, () => 0.5).map((one) => ({ ...one, rebuilt: true }));
    const [lengths] = slicesOf(judgedData({ judgments, systems: 2 }), fieldsOf(40));
    const reasons = lengths!.slices.map(({ halfTieRateByPrompt }) => halfTieRateByPrompt);
    expect(reasons).toHaveLength(4);
    for (const reason of reasons) {
      expect(reason).toEqual({ notEstimable: expect.stringContaining("reconstructed") as string });
    }
  });

  it("hold each judgment of people once, and fit the contract, whatever was judged", () => {
    const told: fc.Arbitrary<Told> = fc.record({
      ...{ prompt: fc.nat(14), turn: fc.constantFrom(1, 2), annotator: fc.nat(3), group: fc.nat(1) },
      ...{ left: fc.constantFrom(0, 1), right: fc.constantFrom(2, 3) },
      choice: fc.constantFrom("left", "tie", "right", "both_bad"),
    });
    const value = fc.option(fc.constantFrom("a", "b", "c"));
    fc.assert(
      fc.property(
        fc.array(told, { maxLength: 60 }),
        fc.array(value, { minLength: 15, maxLength: 15 }),
        (judgments, values) => {
          const groups = [{ kind: "crowd" }, { kind: "model" }] as const;
          const data = judgedData({ judgments, systems: 4, groups });
          const slices = slicesOf(
            data,
            fieldsOf(
              15,
              fieldOf("f", 15, (prompt) => values[prompt]!),
            ),
          );
          slicesSchema.parse(slices);
          const people = judgments.filter(({ group }) => group === 0);
          for (const { field, slices: own } of slices) {
            const counted = own.reduce((sum, slice) => sum + slice.judgments, 0);
            const expected = people.filter(({ prompt }) => field !== "f" || values[prompt] !== null);
            expect(counted).toBe(expected.length);
          }
        },
      ),
    );
  });
});
