import { describe, expect, it } from "vitest";
import { hideInterimP } from "../../../server/reports/interim-p.ts";

describe("p values before the planned judgments are there", () => {
  const block = {
    pairs: [{ p: 0.01, pHolm: 0.02, method: "exact", wins: 3 }, { notEstimable: "few" }],
    judge: { positionP: 0.2, length: { p: null }, name: "p" },
    systems: ["p"],
  };

  it("are null wherever they stand, and nothing else is changed", () => {
    expect(hideInterimP(block, true)).toEqual({
      pairs: [{ p: null, pHolm: null, method: "exact", wins: 3 }, { notEstimable: "few" }],
      judge: { positionP: null, length: { p: null }, name: "p" },
      systems: ["p"],
    });
  });

  it("stay where they may be read", () => {
    expect(hideInterimP(block, false)).toBe(block);
  });
});
