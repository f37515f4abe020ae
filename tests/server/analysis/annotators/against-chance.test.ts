import { describe, expect, it } from "vitest";
import { againstChanceOf } from "../../../../server/analysis/annotators/against-chance.ts";

/** Ten people, of whom the first lies `below` under chance and the others `above` it, in standard deviations of 4. */
const found = ({ below, above, looks = 1 }: { below: number; above: number; looks?: number }) => {
  const all = Array.from({ length: 10 }, (_, i) => ({
    isPerson: true,
    made: {
      ...{ judgments: 30, agreement: 0.5, chance: 0.5, p: 0.5, method: "by hand" },
      net: { above: i === 0 ? -below : above, spread: 4 },
    },
  }));
  const [first, ...others] = againstChanceOf(all, looks).map((one) => ("found" in one ? one.found : null));
  expect(new Set(others)).toEqual(new Set(["cannot tell"]));
  return first;
};

describe("an annotator below the others", () => {
  it.each([
    // 2.57 deviations below: beyond what the lowest of ten honest ones reaches in one study of twenty
    [{ above: 2, below: 0.5 }, "cannot tell"],
    [{ above: 2, below: 0.6 }, "not shown"],
    // the lowest of ten at two looks: 2.80
    [{ above: 2, below: 0.6, looks: 2 }, "cannot tell"],
    [{ above: 2.1, below: 0.8, looks: 2 }, "not shown"],
    // one who answers by lot would be found too seldom: Φ(1.7 − 2.57) is below a fifth, Φ(1.8 − 2.57) above
    [{ above: 1.7, below: 9 }, "cannot tell"],
    [{ above: 1.8, below: 9 }, "not shown"],
  ] as const)("%o: %s", (given, expected) => {
    expect(found(given)).toBe(expected);
  });
});
