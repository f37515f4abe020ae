import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quarterOf, quartersOf } from "../../../server/statistics/quarters.ts";
import {
  lengthOf,
  relativeDifference,
  scaleOf,
  textFeatures,
} from "../../../server/statistics/judgments/text-features.ts";

const counts = (text: string) => {
  const { headers, lists, bold } = textFeatures(text);
  return [headers, lists, bold];
};

describe("features of a text", () => {
  it("are length, headings, list items and bold spans", () => {
    expect(textFeatures("# A\n- **b** 𝒄")).toEqual({ length: 13, headers: 1, lists: 1, bold: 1 });
    expect(textFeatures("")).toEqual({ length: 0, headers: 0, lists: 0, bold: 0 });
  });

  it.each([
    ["# one\n###### six\n####### seven\n#none\n   ## in", [3, 0, 0]],
    ["#", [0, 0, 0]],
    ["##\n##", [2, 0, 0]],
    ["- a\n* b\n+ c\n1. d\n20) e\n  - f", [0, 6, 0]],
    ["-a\n1.5 litres\n1234567890. no\n- - -\n* * *", [0, 0, 0]],
    ["**a** and __b__ and **c d**", [0, 0, 3]],
    ["** a** **b ** **** 2**3**4", [0, 0, 1]],
    ["a__b__c __init__ *i* _i_", [0, 0, 1]],
    ["**a\nb**", [0, 0, 0]],
    ["`**a**` **b**", [0, 0, 1]],
    ["```\n# a\n- **b**\n```\n# c", [1, 0, 0]],
    ["~~~~ js\n```\n- a\n~~~\n~~~~\n- b", [0, 1, 0]],
    ["```\n- never closed", [0, 0, 0]],
    ["# a\r\n- b\r\n", [1, 1, 0]],
  ])("are counted in %j", (text, expected) => {
    expect(counts(text)).toEqual(expected);
  });

  it("count characters as code points, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (a, b) => {
        expect(lengthOf(a + b)).toBe(Array.from(a + b).length);
        for (const count of Object.values(textFeatures(a + b))) expect(Number.isInteger(count)).toBe(true);
      }),
    );
    expect(lengthOf("\ud83d")).toBe(1); // half of a pair
  });

  it("do not take long over endless text", () => {
    for (const unit of ["*", "_", "`", "**a", "- ", "__a_", "#", "* * ", "``` "]) {
      const features = textFeatures(unit.repeat(20_000));
      expect(features.length).toBe(unit.length * 20_000);
    }
  });

  it("differ relatively, from −1 to 1, and the other way round with the other sign", () => {
    expect(relativeDifference(3, 1)).toBe(2 / 5);
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), (a, b) => {
        const difference = relativeDifference(a, b);
        expect(Math.abs(difference)).toBeLessThan(1);
        expect(Math.sign(difference)).toBe(Math.sign(a - b));
        expect(relativeDifference(b, a)).toBeCloseTo(-difference, 15);
      }),
    );
    expect(scaleOf(Float64Array.of(3, -4, 0, 0))).toBe(2.5);
    expect(scaleOf(new Float64Array(0))).toBe(0);
  });
});

describe("quarters", () => {
  it("cut a sample into four, equal values together", () => {
    expect(quartersOf(Float64Array.of(8, 1, 2, 7, 3, 6, 4, 5))).toEqual([
      { low: 1, high: 2 },
      { low: 3, high: 4 },
      { low: 5, high: 6 },
      { low: 7, high: 8 },
    ]);
    expect(quartersOf(Float64Array.of(5, 5, 5, 5, 9))).toEqual([
      { low: 5, high: 5 },
      { low: 9, high: 9 },
    ]);
    expect(quartersOf(new Float64Array(0))).toEqual([]);
  });

  it("hold every value in exactly one of them, in rising order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 50 }), (values) => {
        const quarters = quartersOf(Float64Array.from(values));
        expect(quarters.length).toBeLessThanOrEqual(4);
        quarters.slice(1).forEach(({ low }, k) => expect(low).toBeGreaterThan(quarters[k]!.high));
        const parts = values.map((value) => quarterOf(quarters, value));
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
        expect(new Set(parts).size).toBe(quarters.length);
        if (new Set(values).size === values.length && values.length % 4 === 0) {
          quarters.forEach((_, k) => {
            expect(parts.filter((part) => part === k)).toHaveLength(values.length / 4);
          });
        }
      }),
    );
    expect(quarterOf([{ low: 1, high: 2 }], NaN)).toBe(-1);
  });
});
