import { describe, expect, it } from "vitest";
import { againstChanceOf } from "../../../../server/analysis/annotators/against-chance.ts";

/** The first of ten people, who agrees with the others `beyond` chance where readers would be at `expected`; p is given. */
const found = ({ beyond, expected, p = 0.5, looks = 1 }: Record<string, number>) => {
  const made = { judgments: 30, agreement: 0.5, chance: 0.5, p: p, method: "by hand" };
  const ofReader = { ofDeals: 1, ofReader: 1, byLot: 1 };
  const all = Array.from({ length: 10 }, (_, i) => ({
    made,
    reader: { ...ofReader, beyond: i === 0 ? beyond! : expected!, expected: expected! },
  }));
  const [first] = againstChanceOf(all, looks);
  return "found" in first! ? first.found : null;
};

describe("an annotator below the others", () => {
  it.each([
    // 2.61 deviations below: beyond what the lowest of ten readers reaches in about one study of twenty
    [{ beyond: -0.6, expected: 2.2 }, "not shown"],
    [{ beyond: -0.4, expected: 2.2 }, "cannot tell"],
    // of ten at two looks: 2.84
    [{ beyond: -0.4, expected: 2.4, looks: 2 }, "cannot tell"],
    [{ beyond: -0.5, expected: 2.4, looks: 2 }, "not shown"],
    // one who answers by lot would be found too seldom: Φ(2.0 − 2.61) is below .3, Φ(2.2 − 2.61) above
    [{ beyond: -9, expected: 2 }, "cannot tell"],
    [{ beyond: -9, expected: 2.2 }, "not shown"],
    // far below readers, but higher than one who answers by lot comes in 98 of 100: 2.05, or p below .02
    [{ beyond: 2, expected: 9, p: 0.03 }, "below"],
    [{ beyond: 2, expected: 9, p: 0.01 }, "better"],
    [{ beyond: 2.1, expected: 9, p: 0.03 }, "better"],
    [{ beyond: 2, expected: 4, p: 0.04 }, "better"],
  ] as const)("%o: %s", (given, expected) => {
    expect(found(given)).toBe(expected);
  });
});
